// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.VectorIndex;
import io.datasetdb.registry.VectorIndexFile;
import io.datasetdb.store.DataFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SQL about vector indexes and their files. */
public final class VectorIndexSql {
    private static final String OF_DATASET =
            "SELECT index_id, column_name FROM vector_indexes WHERE dataset_id = ? ORDER BY index_id";
    private static final String INSERT = """
        INSERT INTO vector_indexes (dataset_id, column_name, name_key, author, created_at) VALUES (?, ?, ?, ?, ?)
        RETURNING index_id\
        """;
    private static final String INSERT_FILE = """
        INSERT INTO vector_index_files (index_id, file_id, path, row_count, byte_size, checksum)
        SELECT CAST(? AS BIGINT), file_id, ?, CAST(? AS BIGINT), CAST(? AS BIGINT), ? FROM data_files WHERE path = ?
        ON CONFLICT (index_id, file_id) DO NOTHING\
        """;
    private static final String INDEXED = """
        SELECT f.path FROM vector_index_files x JOIN data_files f ON f.file_id = x.file_id WHERE x.index_id = ?\
        """;
    private static final String OF_VERSION = """
        SELECT f.path, x.path
        FROM vector_indexes i
        JOIN vector_index_files x ON x.index_id = i.index_id
        JOIN data_files f ON f.file_id = x.file_id
        WHERE i.dataset_id = ? AND i.name_key = ? AND x.path IS NOT NULL
            AND x.file_id IN (SELECT vf.file_id FROM version_files vf WHERE vf.version_id = ?)\
        """;
    private static final String PATHS = "SELECT path FROM vector_index_files WHERE index_id = ? AND path IS NOT NULL";
    private static final String DELETE_FILES = "DELETE FROM vector_index_files WHERE index_id = ?";
    private static final String DELETE = "DELETE FROM vector_indexes WHERE index_id = ?";
    private static final String OF_DATA_FILE = """
        SELECT x.path FROM vector_index_files x JOIN data_files f ON f.file_id = x.file_id
        WHERE f.path = ? AND x.path IS NOT NULL\
        """;
    private static final String UNINDEX =
            "DELETE FROM vector_index_files WHERE file_id = (SELECT file_id FROM data_files WHERE path = ?)";
    private static final String DATA_FILES =
            "SELECT f.path FROM version_files vf JOIN data_files f ON f.file_id = vf.file_id WHERE vf.version_id = ?";
    private static final String IN_FOLDER = "SELECT 1 FROM vector_index_files WHERE path > ? AND path < ?";
    private static final String READABLE = """
        SELECT i.index_id, i.column_name, f.path, x.row_count, x.path, x.byte_size, x.checksum
        FROM vector_index_files x
        JOIN vector_indexes i ON i.index_id = x.index_id
        JOIN data_files f ON f.file_id = x.file_id
        WHERE x.path IS NOT NULL
            AND EXISTS (SELECT 1 FROM version_files vf JOIN versions v ON v.version_id = vf.version_id
                        WHERE vf.file_id = x.file_id AND v.state = 'COMPLETE')
        ORDER BY x.index_id, x.file_id\
        """;

    private VectorIndexSql() {}

    /** The indexes of a dataset. */
    public static List<VectorIndex> ofDataset(Sql sql, long datasetId) throws SQLException {
        return sql.list(OF_DATASET, row -> new VectorIndex(row.getLong(1), row.getString(2)), datasetId);
    }

    /** The index of a column. */
    public static Optional<VectorIndex> find(Sql sql, long datasetId, String column) throws SQLException {
        String key = DatasetName.key(column);
        return ofDataset(sql, datasetId).stream()
                .filter(index -> DatasetName.key(index.column()).equals(key))
                .findFirst();
    }

    public static VectorIndex insert(Sql sql, long datasetId, String column, String author) throws SQLException {
        long id = sql.number(INSERT, datasetId, column, DatasetName.key(column), author, Times.now());
        return new VectorIndex(id, column);
    }

    /** Data files whose vectors an index has, or of which it is known that it has no use for them. */
    public static Set<String> indexed(Sql sql, VectorIndex index) throws SQLException {
        return new HashSet<>(sql.list(INDEXED, row -> row.getString(1), index.id()));
    }

    /** The paths of the index files of a version's column, by those of the data files. */
    public static Map<String, String> ofVersion(Sql sql, long datasetId, long versionId, String column)
            throws SQLException {
        Map<String, String> paths = new HashMap<>();
        sql.list(
                OF_VERSION,
                row -> paths.put(row.getString(1), row.getString(2)),
                datasetId,
                DatasetName.key(column),
                versionId);
        return paths;
    }

    /** Makes index files known; those of data files that were given up, or have an index by now, are given up themselves. */
    public static void insertFiles(Sql sql, List<VectorIndexFile> files) throws SQLException {
        List<String> unused = new ArrayList<>();
        for (VectorIndexFile one : files) {
            DataFile file = one.file();
            int inserted = sql.update(
                    INSERT_FILE,
                    one.index().id(),
                    file == null ? null : file.path(),
                    one.rowCount(),
                    file == null ? 0 : file.byteSize(),
                    file == null ? "" : file.checksum(),
                    one.dataPath());
            if (inserted == 0 && file != null) {
                unused.add(file.path());
            }
        }
        FileSql.giveUp(sql, unused);
    }

    /** Ends an index; answers what is to be deleted. */
    public static List<String> drop(Sql sql, VectorIndex index) throws SQLException {
        List<String> paths = sql.list(PATHS, row -> row.getString(1), index.id());
        sql.update(DELETE_FILES, index.id());
        sql.update(DELETE, index.id());
        return FileSql.giveUp(sql, paths);
    }

    /** Ends all indexes of a dataset; answers what is to be deleted. */
    static List<String> dropAll(Sql sql, long datasetId) throws SQLException {
        List<String> removals = new ArrayList<>();
        for (VectorIndex index : ofDataset(sql, datasetId)) {
            removals.addAll(drop(sql, index));
        }
        return removals;
    }

    /** Forgets the indexes of a data file; answers their paths. */
    static List<String> unindex(Sql sql, String dataPath) throws SQLException {
        List<String> paths = sql.list(OF_DATA_FILE, row -> row.getString(1), dataPath);
        sql.update(UNINDEX, dataPath);
        return paths;
    }

    /** The paths of a version's data files. */
    public static List<String> dataFiles(Sql sql, long versionId) throws SQLException {
        return sql.list(DATA_FILES, row -> row.getString(1), versionId);
    }

    /** Whether a known index file is in this folder. */
    public static boolean holdsFiles(Sql sql, String folder) throws SQLException {
        return sql.first(IN_FOLDER, row -> true, folder + "/", folder + "0").isPresent();
    }

    /** The index files of all versions that can be read. */
    static List<VectorIndexFile> readable(Sql sql) throws SQLException {
        return sql.list(
                READABLE,
                row -> new VectorIndexFile(
                        new VectorIndex(row.getLong(1), row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        new DataFile(row.getString(5), 0, row.getLong(6), row.getString(7), List.of())));
    }
}
