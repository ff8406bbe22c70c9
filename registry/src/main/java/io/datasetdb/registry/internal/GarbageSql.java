// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.FunctionJars;
import io.datasetdb.registry.Garbage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SQL about versions and folders that are of no use any more. */
public final class GarbageSql {
    /** A version that may go, and what it alone, or with others that may go, holds. */
    public record Version(Garbage.Kind kind, VersionRow row, List<String> files, long bytes) {}

    private record File(long id, long bytes, String path) {}

    /** Replaced before a time, and nothing that can be read was made from it. */
    private static final String LISTINGS = """
        SELECT v.version_id
        FROM datasets d JOIN versions v ON v.dataset_id = d.dataset_id
        WHERE d.kind = 'LISTING' AND v.state = 'COMPLETE' AND v.version_id <> d.latest_version_id
            AND (SELECT min(w.created_at) FROM versions w
                 WHERE w.dataset_id = d.dataset_id AND w.number > v.number) < ?
            AND NOT EXISTS (SELECT 1 FROM dependencies x JOIN versions c ON c.version_id = x.version_id
                            WHERE x.parent_version_id = v.version_id AND c.state = 'COMPLETE')\
        """;

    private static final String FILES = """
        SELECT f.file_id, f.byte_size, f.path
        FROM version_files vf JOIN data_files f ON f.file_id = vf.file_id WHERE vf.version_id = ?\
        """;
    private static final String OWNERS = "SELECT count(*) FROM version_files WHERE file_id = ?";
    private static final String LIVING_DRAFT = "SELECT 1 FROM drafts WHERE uuid = ? AND lease_until >= ?";

    private static final String USED_JARS = """
        SELECT jar_sha256 FROM functions WHERE jar_sha256 IS NOT NULL
        UNION SELECT u.function_hash FROM function_uses u JOIN versions v ON v.version_id = u.version_id
        WHERE v.state = 'COMPLETE'\
        """;

    private GarbageSql() {}

    /** Everything of versions that may go now. */
    public static List<Version> versions(Sql sql, Instant before) throws SQLException {
        List<Long> purged = new ArrayList<>(FileSql.purgeable(sql, before));
        int dropped = purged.size();
        purged.addAll(ids(sql, LISTINGS, Times.micros(before)));
        Map<Long, Long> owners = new HashMap<>();
        var versions = new ArrayList<Version>();
        for (int i = 0; i < purged.size(); i++) {
            versions.add(freed(sql, i < dropped ? Garbage.Kind.DROPPED : Garbage.Kind.LISTING, purged.get(i), owners));
        }
        for (long id : RetentionSql.excess(sql)) {
            versions.add(new Version(Garbage.Kind.EXCESS, VersionSql.byId(sql, id), List.of(), 0));
        }
        return versions;
    }

    /** A file goes with the last of its versions; {@code owners} counts how many each has left. */
    private static Version freed(Sql sql, Garbage.Kind kind, long id, Map<Long, Long> owners) throws SQLException {
        List<String> files = new ArrayList<>();
        long bytes = 0;
        for (File file : sql.list(FILES, row -> new File(row.getLong(1), row.getLong(2), row.getString(3)), id)) {
            Long known = owners.get(file.id);
            long left = (known == null ? sql.number(OWNERS, file.id) : known) - 1;
            owners.put(file.id, left);
            if (left == 0) {
                files.add(file.path);
                bytes += file.bytes;
            }
        }
        return new Version(kind, VersionSql.byId(sql, id), files, bytes);
    }

    private static List<Long> ids(Sql sql, String query, Object... arguments) throws SQLException {
        return sql.list(query, row -> row.getLong(1), arguments);
    }

    /** Drops what is in excess, gives up the files of all else that may go, and answers what is to be deleted. */
    public static List<String> giveUp(Sql sql, Instant before) throws SQLException {
        List<Long> purged = new ArrayList<>(FileSql.purgeable(sql, before));
        for (long id : ids(sql, LISTINGS, Times.micros(before))) {
            VersionSql.drop(sql, id);
            purged.add(id);
        }
        for (long id : RetentionSql.excess(sql)) {
            VersionSql.drop(sql, id);
        }
        return FileSql.purge(sql, purged);
    }

    /** Those of the jars of which there is neither a function nor a readable version that called one. */
    public static List<String> unusedJars(Sql sql, List<String> jars) throws SQLException {
        if (jars.isEmpty()) {
            return List.of();
        }
        FunctionJars kept = new FunctionJars(Path.of(""));
        Set<String> used = new HashSet<>(sql.list(USED_JARS, row -> kept.path(row.getString(1))));
        return jars.stream().filter(jar -> !used.contains(jar)).toList();
    }

    /** Those of the folders that belong to no draft that is alive, to no version and to none of the removals. */
    public static List<String> unowned(Sql sql, List<String> folders, Set<String> removals) throws SQLException {
        Set<String> given = new LinkedHashSet<>();
        for (String path : removals) {
            given.add(DataFolders.folder(path));
        }
        long now = Times.now();
        var unowned = new ArrayList<String>();
        for (String folder : folders) {
            String uuid = folder.substring(folder.lastIndexOf('/') + 1);
            if (!given.contains(folder)
                    && sql.first(LIVING_DRAFT, row -> true, uuid, now).isEmpty()
                    && !FileSql.holdsFiles(sql, folder)) {
                unowned.add(folder);
            }
        }
        return unowned;
    }
}
