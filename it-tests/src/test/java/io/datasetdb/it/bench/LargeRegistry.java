// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.bench;

import io.datasetdb.registry.Registry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.UUID;

/**
 * Writes a registry of many datasets straight into its database, many times faster than by deposits. Each version has two
 * columns with lineage and one file that is not there. Of a hundred datasets one is called {@code img_…}, the others {@code
 * set_…}; each version is made from one of the fifty datasets before it, the newest from three of them, which makes about
 * 1.2 edges a version.
 */
final class LargeRegistry {
    static final int VERSIONS = 10;
    private static final int WINDOW = 50;
    private static final int COMMIT = 10_000;
    private static final long SEED = 17;
    private static final String STATEMENT = "CREATE OR REPLACE DATASET x AS SELECT id, upper(name) AS name FROM parent"
            + " WHERE name IS NOT NULL AND id IN (SELECT id FROM other) ORDER BY id";

    private final Connection connection;
    private final int datasets;
    private final Random random = new Random(SEED);

    private LargeRegistry(Connection connection, int datasets) {
        this.connection = connection;
        this.datasets = datasets;
    }

    static void write(Path warehouse, int datasets) throws SQLException {
        Registry.open(warehouse).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + warehouse.resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            connection.setAutoCommit(false);
            new LargeRegistry(connection, datasets).write();
            connection.commit();
        }
    }

    static String name(int dataset) {
        return (dataset % 100 == 0 ? "img_" : "set_") + String.format("%06d", dataset);
    }

    private interface Row {
        void add(Object... values) throws SQLException;
    }

    private void write() throws SQLException {
        insert(
                "datasets (dataset_id, project_id, name, name_key, kind, labels, highest_number, latest_version_id,"
                        + " created_at, updated_at) VALUES (?, 1, ?, ?, 'DATASET', '', ?, ?, ?, ?)",
                1,
                (d, v, row) ->
                        row.add(d, name(d), name(d), number(VERSIONS), id(d, VERSIONS), time(d, 1), time(d, VERSIONS)));
        insert(
                "versions (version_id, dataset_id, number, version, uuid, state, row_count, byte_size, file_count,"
                        + " author, created_at, started_at, duration_ms, statement, engine_version) VALUES (?, ?, ?, ?, ?,"
                        + " 'COMPLETE', 1000, 50000, 1, 'bench', ?, ?, 12, ?, '1')",
                VERSIONS,
                (d, v, row) -> row.add(
                        id(d, v), d, number(v), "1.0." + (v - 1), uuid(d, v), time(d, v), time(d, v), STATEMENT));
        insert(
                "version_columns (version_id, ordinal, name, name_key, data_type, nullable, null_count, min_value,"
                        + " max_value, distinct_estimate) VALUES (?, ?, ?, ?, ?, TRUE, 0, '1', '9', 9)",
                VERSIONS,
                (d, v, row) -> {
                    row.add(id(d, v), 1, "id", "id", "BIGINT");
                    row.add(id(d, v), 2, "name", "name", "VARCHAR");
                });
        insert(
                "data_files (file_id, path, row_count, byte_size, checksum, statistics) VALUES (?, ?, 1000, 50000, ?,"
                        + " '')",
                VERSIONS,
                (d, v, row) -> row.add(id(d, v), "data/" + uuid(d, v) + "/part-0.parquet", uuid(d, v)));
        insert(
                "version_files (version_id, ordinal, file_id) VALUES (?, 1, ?)",
                VERSIONS,
                (d, v, row) -> row.add(id(d, v), id(d, v)));
        insert(
                "dependencies (version_id, ordinal, kind, parent_version_id) VALUES (?, ?, 'DATASET', ?)",
                VERSIONS,
                this::edges);
        insert(
                "column_lineage (version_id, ordinal, column_name, column_key, parent_version_id, parent_column,"
                        + " derivation) VALUES (?, ?, ?, ?, ?, ?, 'IDENTITY')",
                VERSIONS,
                (d, v, row) -> {
                    if (d > 1) {
                        row.add(id(d, v), 1, "id", "id", id(d - 1, v), "id");
                    }
                });
    }

    private void edges(int dataset, int version, Row row) throws SQLException {
        int parents = version == VERSIONS ? 3 : 1;
        for (int i = 1; i <= parents && dataset > WINDOW; i++) {
            row.add(id(dataset, version), i, id(dataset - 1 - random.nextInt(WINDOW), VERSIONS));
        }
    }

    private interface Rows {
        void of(int dataset, int version, Row row) throws SQLException;
    }

    private void insert(String into, int versions, Rows rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + into)) {
            Row row = values -> {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.addBatch();
            };
            for (int d = 1; d <= datasets; d++) {
                for (int v = 1; v <= versions; v++) {
                    rows.of(d, v, row);
                }
                if (d % COMMIT == 0 || d == datasets) {
                    statement.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static long id(int dataset, int version) {
        return (dataset - 1L) * VERSIONS + version;
    }

    /** 1.0.0 comes first. */
    private static long number(int version) {
        return 1_000_000_000_000L + version - 1;
    }

    private static long time(int dataset, int version) {
        return 1_700_000_000_000_000L + id(dataset, version) * 1_000_000;
    }

    private static String uuid(int dataset, int version) {
        return new UUID(0x7000L, id(dataset, version)).toString();
    }
}
