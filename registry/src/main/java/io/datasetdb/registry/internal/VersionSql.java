// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL about versions. */
public final class VersionSql {
    /** What a version's files add up to. */
    record Size(long rows, long bytes, long files) {}

    private static final String SELECT = """
        SELECT v.version_id, v.dataset_id, n.name, p.name, d.name, v.number, v.uuid, v.state, v.row_count, v.byte_size,
            v.file_count, v.author, v.client, v.created_at, v.started_at, v.duration_ms, v.statement, v.script_id,
            v.script_name, v.job_id, v.content_hash, v.engine_version, v.dropped_at, v.purged_at
        FROM datasets d
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        """;
    private static final String NAMED = " WHERE d.name_key = ? AND p.name_key = ? AND n.name_key = ?";
    private static final String LATEST = SELECT + "JOIN versions v ON v.version_id = d.latest_version_id" + NAMED;
    private static final String EXACT =
            SELECT + "JOIN versions v ON v.dataset_id = d.dataset_id" + NAMED + " AND v.number = ?";
    private static final String BY_ID =
            SELECT + "JOIN versions v ON v.dataset_id = d.dataset_id WHERE v.version_id = ?";
    private static final String ALL =
            SELECT + "JOIN versions v ON v.dataset_id = d.dataset_id" + NAMED + " ORDER BY v.number DESC";
    /** What stood highest at a time; since then it may have been dropped. */
    private static final String AS_OF = SELECT + "JOIN versions v ON v.dataset_id = d.dataset_id" + NAMED
            + " AND v.created_at <= ? AND (v.state = 'COMPLETE' OR v.dropped_at > ?) ORDER BY v.number DESC LIMIT 1";

    private static final String NUMBERS = """
        SELECT v.number, v.state
        FROM datasets d
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        JOIN versions v ON v.dataset_id = d.dataset_id\
        """ + NAMED + " ORDER BY v.number DESC";
    private static final String LAST_TIME =
            "SELECT created_at FROM versions WHERE dataset_id = ? ORDER BY number DESC LIMIT 1";
    private static final String INSERT = """
        INSERT INTO versions (dataset_id, number, version, uuid, state, row_count, byte_size, file_count, author, client,
            created_at, started_at, duration_ms, statement, script_id, script_name, job_id, content_hash, engine_version)
        VALUES (?, ?, ?, ?, 'COMPLETE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING version_id\
        """;
    private static final String INSERT_SCRIPT =
            "INSERT INTO scripts (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING";
    private static final String FIND_SCRIPT = "SELECT script_id FROM scripts WHERE sha256 = ?";
    private static final String SCRIPT = "SELECT body FROM scripts WHERE script_id = ?";
    private static final String ID_BY_UUID = "SELECT version_id FROM versions WHERE uuid = ?";
    private static final String DROP =
            "UPDATE versions SET state = 'DROPPED', dropped_at = ? WHERE version_id = ? AND state = 'COMPLETE'";

    private VersionSql() {}

    private static @Nullable Object[] key(DatasetName name, @Nullable Object... more) {
        var arguments = new @Nullable Object[3 + more.length];
        arguments[0] = DatasetName.key(name.name());
        arguments[1] = DatasetName.key(name.project());
        arguments[2] = DatasetName.key(name.namespace());
        System.arraycopy(more, 0, arguments, 3, more.length);
        return arguments;
    }

    public static Optional<VersionRow> latest(Sql sql, DatasetName name) throws SQLException {
        return sql.first(LATEST, VersionSql::row, key(name));
    }

    /** In whatever state. */
    public static Optional<VersionRow> exact(Sql sql, DatasetName name, SemanticVersion version) throws SQLException {
        return sql.first(EXACT, VersionSql::row, key(name, version.number()));
    }

    /** In whatever state. */
    public static Optional<VersionRow> asOf(Sql sql, DatasetName name, long micros) throws SQLException {
        return sql.first(AS_OF, VersionSql::row, key(name, micros, micros));
    }

    public static VersionRow byId(Sql sql, long versionId) throws SQLException {
        return sql.first(BY_ID, VersionSql::row, versionId).orElseThrow();
    }

    /** All versions in whatever state, the highest first. */
    public static List<VersionRow> all(Sql sql, DatasetName name) throws SQLException {
        return sql.list(ALL, VersionSql::row, key(name));
    }

    /** Numbers of the versions in this state, the highest first. */
    public static List<SemanticVersion> numbers(Sql sql, DatasetName name, VersionState state) throws SQLException {
        return sql
                .list(NUMBERS, row -> state.name().equals(row.getString(2)) ? row.getLong(1) : -1L, key(name))
                .stream()
                .filter(number -> number >= 0)
                .map(SemanticVersion::ofNumber)
                .toList();
    }

    /** When the version with the highest number was made. */
    static Optional<Long> lastTime(Sql sql, long datasetId) throws SQLException {
        return sql.first(LAST_TIME, row -> row.getLong(1), datasetId);
    }

    static long insert(
            Sql sql,
            long datasetId,
            SemanticVersion version,
            UUID uuid,
            Size size,
            Provenance provenance,
            long createdAt)
            throws SQLException {
        return sql.number(
                INSERT,
                datasetId,
                version.number(),
                version.toString(),
                uuid.toString(),
                size.rows,
                size.bytes,
                size.files,
                provenance.author(),
                provenance.client(),
                createdAt,
                Times.micros(provenance.startedAt()),
                Math.max(
                        Duration.between(provenance.startedAt(), provenance.finishedAt())
                                .toMillis(),
                        0),
                provenance.statement(),
                script(sql, provenance.script()),
                provenance.scriptName(),
                provenance.jobId(),
                provenance.contentHash(),
                provenance.engineVersion());
    }

    /** Keeps the text of a script unless it is known already. */
    public static @Nullable Long script(Sql sql, @Nullable String body) throws SQLException {
        if (body == null) {
            return null;
        }
        String hash;
        try {
            hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        sql.update(INSERT_SCRIPT, hash, body);
        return sql.number(FIND_SCRIPT, hash);
    }

    static @Nullable String scriptBody(Sql sql, @Nullable Long scriptId) throws SQLException {
        return scriptId == null
                ? null
                : sql.first(SCRIPT, row -> row.getString(1), scriptId).orElseThrow();
    }

    public static Optional<Long> idOf(Sql sql, UUID uuid) throws SQLException {
        return sql.first(ID_BY_UUID, row -> row.getLong(1), uuid.toString());
    }

    static void drop(Sql sql, long versionId) throws SQLException {
        sql.update(DROP, Times.now(), versionId);
    }

    private static VersionRow row(ResultSet row) throws SQLException {
        return new VersionRow(
                row.getLong(1),
                row.getLong(2),
                new DatasetName(row.getString(3), row.getString(4), row.getString(5)),
                SemanticVersion.ofNumber(row.getLong(6)),
                UUID.fromString(row.getString(7)),
                VersionState.valueOf(row.getString(8)),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getString(12),
                row.getString(13),
                Times.instant(row.getLong(14)),
                Times.instant(row.getLong(15)),
                row.getLong(16),
                row.getString(17),
                Sql.nullableLong(row, 18),
                row.getString(19),
                row.getString(20),
                row.getString(21),
                row.getString(22),
                Times.instant(Sql.nullableLong(row, 23)),
                Times.instant(Sql.nullableLong(row, 24)));
    }
}
