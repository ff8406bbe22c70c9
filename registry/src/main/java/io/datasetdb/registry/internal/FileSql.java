// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** SQL about files, and about giving them up. */
public final class FileSql {
    private static final String INSERT =
            "INSERT INTO data_files (path, row_count, byte_size, checksum, statistics) VALUES (?, ?, ?, ?, ?)";
    private static final String LINK = """
        INSERT INTO version_files (version_id, ordinal, file_id)
        SELECT CAST(? AS BIGINT), CAST(? AS INTEGER), file_id FROM data_files WHERE path = ?\
        """;
    private static final String LINKED = "SELECT count(*) FROM version_files WHERE version_id = ?";
    private static final String SELECT = """
        SELECT f.path, f.row_count, f.byte_size, f.checksum, f.statistics
        FROM version_files vf JOIN data_files f ON f.file_id = vf.file_id
        WHERE vf.version_id = ? ORDER BY vf.ordinal\
        """;
    private static final String PURGEABLE =
            "SELECT version_id FROM versions WHERE state = 'DROPPED' AND purged_at IS NULL AND dropped_at < ?";
    private static final String PURGE = "UPDATE versions SET purged_at = ? WHERE version_id = ? AND purged_at IS NULL";
    private static final String PATHS =
            "SELECT f.path FROM version_files vf JOIN data_files f ON f.file_id = vf.file_id WHERE vf.version_id = ?";
    private static final String UNLINK = "DELETE FROM version_files WHERE version_id = ?";
    private static final String OWNER_COUNT =
            "SELECT count(*) FROM version_files vf JOIN data_files f ON f.file_id = vf.file_id WHERE f.path = ?";
    private static final String DELETE = "DELETE FROM data_files WHERE path = ?";
    /** Paths in a folder sort between the folder with a slash and the folder with the character after the slash. */
    private static final String IN_FOLDER = "SELECT 1 FROM data_files WHERE path > ? AND path < ?";

    private static final String REMOVE =
            "INSERT INTO removals (path, requested_at) VALUES (?, ?) ON CONFLICT (path) DO NOTHING";
    private static final String REMOVALS = "SELECT path FROM removals ORDER BY requested_at, path";
    private static final String FORGET_REMOVAL = "DELETE FROM removals WHERE path = ?";
    private static final String OWNER = """
        SELECT v.version_id
        FROM data_files f
        JOIN version_files vf ON vf.file_id = f.file_id
        JOIN versions v ON v.version_id = vf.version_id
        WHERE f.path = ? ORDER BY v.version_id\
        """;

    private FileSql() {}

    /** Makes files known that were not before. */
    static void insert(Sql sql, List<DataFile> files) throws SQLException {
        sql.batch(INSERT, files, (file, ordinal) -> new Object[] {
            file.path(), file.rowCount(), file.byteSize(), file.checksum(), StatisticsText.format(file.statistics())
        });
    }

    /** Gives a version its files in this order; answers false if one of them is not known. */
    static boolean link(Sql sql, long versionId, List<DataFile> files) throws SQLException {
        sql.batch(LINK, files, (file, ordinal) -> new Object[] {versionId, ordinal, file.path()});
        return sql.number(LINKED, versionId) == files.size();
    }

    static List<DataFile> files(Sql sql, long versionId, Schema schema) throws SQLException {
        return sql.list(
                SELECT,
                row -> new DataFile(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        StatisticsText.parse(row.getString(5), schema)),
                versionId);
    }

    /** Dropped versions whose files are still kept. */
    static List<Long> purgeable(Sql sql, Instant droppedBefore) throws SQLException {
        return sql.list(PURGEABLE, row -> row.getLong(1), Times.micros(droppedBefore));
    }

    /**
     * Gives up the files of dropped versions, except those that other versions share.
     *
     * @return what is to be deleted: folders that hold nothing else, or single files
     */
    static List<String> purge(Sql sql, List<Long> versionIds) throws SQLException {
        long now = Times.now();
        Set<String> paths = new LinkedHashSet<>();
        for (long versionId : versionIds) {
            sql.update(PURGE, now, versionId);
            paths.addAll(sql.list(PATHS, row -> row.getString(1), versionId));
            sql.update(UNLINK, versionId);
        }
        var orphans = new ArrayList<String>();
        for (String path : paths) {
            if (sql.number(OWNER_COUNT, path) == 0) {
                orphans.addAll(VectorIndexSql.unindex(sql, path));
                sql.update(DELETE, path);
                orphans.add(path);
            }
        }
        return giveUp(sql, orphans);
    }

    /**
     * Puts files that nothing in the registry refers to any more on the list of removals.
     *
     * @return what is to be deleted: folders that hold nothing else, or single files
     */
    static List<String> giveUp(Sql sql, List<String> paths) throws SQLException {
        long now = Times.now();
        Set<String> removals = new LinkedHashSet<>();
        for (String path : paths) {
            String folder = path.substring(0, path.lastIndexOf('/'));
            removals.add(holdsFiles(sql, folder) ? path : folder);
        }
        sql.batch(REMOVE, List.copyOf(removals), (path, ordinal) -> new Object[] {path, now});
        return List.copyOf(removals);
    }

    /** Whether a known file is in this folder. */
    static boolean holdsFiles(Sql sql, String folder) throws SQLException {
        return sql.first(IN_FOLDER, row -> true, folder + "/", folder + "0").isPresent()
                || VectorIndexSql.holdsFiles(sql, folder);
    }

    public static List<String> removals(Sql sql) throws SQLException {
        return sql.list(REMOVALS, row -> row.getString(1));
    }

    public static void forgetRemovals(Sql sql, List<String> paths) throws SQLException {
        sql.batch(FORGET_REMOVAL, paths, (path, ordinal) -> new Object[] {path});
    }

    /** The versions to which a file belongs. */
    public static List<VersionRow> owners(Sql sql, String path) throws SQLException {
        var owners = new ArrayList<VersionRow>();
        for (long id : sql.list(OWNER, row -> row.getLong(1), path)) {
            owners.add(VersionSql.byId(sql, id));
        }
        return owners;
    }
}
