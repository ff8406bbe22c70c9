// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.VectorIndexFile;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL about what should be there. */
public final class VerificationSql {
    /**
     * What should be there.
     *
     * @param versions how many versions can be read
     * @param files theirs, each once, without statistics
     * @param incomplete versions of which files are missing here
     * @param indexes vector indexes of these files
     */
    public record Contents(
            long versions, List<DataFile> files, List<VersionRow> incomplete, List<VectorIndexFile> indexes) {}

    private static final String FILES = """
        SELECT f.path, f.row_count, f.byte_size, f.checksum FROM data_files f
        WHERE EXISTS (SELECT 1 FROM version_files vf JOIN versions v ON v.version_id = vf.version_id
                      WHERE vf.file_id = f.file_id AND v.state = 'COMPLETE')
        ORDER BY f.file_id\
        """;
    private static final String VERSIONS = "SELECT count(*) FROM versions WHERE state = 'COMPLETE'";
    private static final String INCOMPLETE = """
        SELECT v.version_id FROM versions v
        WHERE v.state = 'COMPLETE'
            AND v.file_count <> (SELECT count(*) FROM version_files vf WHERE vf.version_id = v.version_id)
        ORDER BY v.version_id\
        """;
    private static final String OWNERS = """
        SELECT v.version_id
        FROM data_files f
        JOIN version_files vf ON vf.file_id = f.file_id
        JOIN versions v ON v.version_id = vf.version_id
        WHERE f.path = ? AND v.state = 'COMPLETE' ORDER BY v.version_id\
        """;

    private static final String CALLERS = """
        SELECT DISTINCT v.version_id
        FROM function_uses u JOIN versions v ON v.version_id = u.version_id
        WHERE u.function_hash = ? AND v.state = 'COMPLETE' ORDER BY v.version_id\
        """;

    private VerificationSql() {}

    /** The readable versions that called a function with this hash. */
    public static List<VersionRef> callers(Sql sql, String functionHash) throws SQLException {
        var callers = new ArrayList<VersionRef>();
        for (long id : sql.list(CALLERS, row -> row.getLong(1), functionHash)) {
            callers.add(VersionSql.byId(sql, id).ref());
        }
        return callers;
    }

    public static Contents contents(Sql sql) throws SQLException {
        List<DataFile> files = sql.list(
                FILES,
                row -> new DataFile(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4), List.of()));
        var incomplete = new ArrayList<VersionRow>();
        for (long id : sql.list(INCOMPLETE, row -> row.getLong(1))) {
            incomplete.add(VersionSql.byId(sql, id));
        }
        return new Contents(sql.number(VERSIONS), files, incomplete, VectorIndexSql.readable(sql));
    }

    /** The columns of each readable version that has this file. */
    public static List<Schema> schemas(Sql sql, String path) throws SQLException {
        var schemas = new ArrayList<Schema>();
        for (long id : sql.list(OWNERS, row -> row.getLong(1), path)) {
            schemas.add(ColumnSql.schema(sql, id));
        }
        return schemas;
    }
}
