// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements on a registry of a hundred thousand datasets take, with those on one of ten beside them. */
@Tag("bench")
class RegistryBenchmark {
    private static final int ROUNDS = 21;

    @TempDir
    Path folder;

    @Test
    void ten() throws Exception {
        measure(100);
    }

    @Test
    void hundredThousand() throws Exception {
        measure(100_000);
    }

    private void measure(int datasets) throws Exception {
        String kept = System.getProperty("datasetdb.bench.registry");
        Path warehouse = (kept == null ? folder : Path.of(kept)).resolve("registry-" + datasets);
        if (!Files.exists(warehouse)) {
            LargeRegistry.write(warehouse, datasets);
        }
        String last = LargeRegistry.name(datasets - 1);
        String label = String.format(Locale.ROOT, "%,d datasets: ", datasets);
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse)) {
            System.out.printf(Locale.ROOT, "BENCH %sopen: %.1f ms%n", label, (System.nanoTime() - start) / 1e6);
            for (String query : queries(last)) {
                time(label + query, () -> run(connection, query));
            }
            time(label + "getTables img%", () -> read(connection.getMetaData().getTables(null, null, "img%", null)));
            time(
                    label + "getColumns of one",
                    () -> read(connection.getMetaData().getColumns(null, null, last, null)));
            time(label + "deposit of one row", () -> run(connection, "CREATE OR REPLACE DATASET one AS SELECT 1 AS x"));
            time(
                    label + "deposit from a dataset",
                    () -> run(connection, "CREATE OR REPLACE DATASET two AS SELECT x FROM one"));
            time(label + "one", () -> run(connection, "SELECT * FROM one"));
        }
    }

    private static String[] queries(String last) {
        return new String[] {
            "SELECT * FROM registry.datasets WHERE name LIKE 'img%'",
            "SELECT * FROM registry.datasets WHERE name ILIKE 'IMG%'",
            "SELECT * FROM registry.datasets WHERE name = '" + last + "'",
            "SELECT * FROM registry.datasets WHERE lower(name) = '" + last + "'",
            "SELECT * FROM registry.datasets LIMIT 10",
            "SELECT * FROM registry.versions LIMIT 10",
            "SELECT * FROM registry.files LIMIT 10",
            "SELECT count(*) FROM registry.datasets",
            "SELECT name, row_count FROM registry.datasets",
            "SELECT * FROM registry.versions WHERE name = '" + last + "'",
            "SELECT * FROM registry.versions ORDER BY created_at DESC LIMIT 10",
            "SELECT * FROM registry.versions WHERE state = 'COMPLETE' ORDER BY created_at DESC LIMIT 10",
            "SELECT * FROM registry.versions WHERE namespace = 'main' AND project = 'public' ORDER BY created_at DESC"
                    + " LIMIT 10",
            "SELECT * FROM registry.datasets ORDER BY updated_at DESC LIMIT 10",
            "SELECT * FROM registry.datasets ORDER BY name LIMIT 10 OFFSET 50",
            "SELECT count(*) FROM registry.versions",
            "SELECT count(*) FROM registry.versions WHERE state = 'COMPLETE'",
            "SELECT count(*) FROM registry.datasets WHERE name LIKE 'img%'",
            "SELECT name, version FROM registry.versions WHERE name = '" + last + "' ORDER BY created_at DESC LIMIT 1",
            "SELECT * FROM registry.versions WHERE created_at > TIMESTAMP '2055-01-01 00:00:00'",
            "SELECT * FROM registry.columns WHERE name = '" + last + "'",
            "SELECT * FROM registry.columns WHERE column_name = 'nosuch'",
            "SELECT * FROM registry.dependencies WHERE parent_name = '" + last + "'",
            "SELECT * FROM registry.column_lineage WHERE parent_name = '" + last + "'",
            "SELECT * FROM registry.files WHERE name = '" + last + "' AND version = '1.0.9'",
            "SELECT * FROM registry.metrics WHERE name = '" + last + "'",
            "SELECT * FROM registry.params WHERE name = '" + last + "'",
            "SELECT * FROM registry.column_lineage WHERE name = '" + last + "'",
            "SELECT * FROM registry.dependencies WHERE lower(name) = '" + last + "'",
            "SELECT * FROM registry.columns WHERE namespace = 'main' AND project = 'public' AND name = '" + last + "'",
            "SELECT * FROM registry.files WHERE namespace = 'main' AND project = 'public' AND name = '" + last
                    + "' AND version = '1.0.9'",
            "SELECT * FROM registry.columns WHERE lower(namespace) = 'main' AND lower(name) = '" + last + "'",
            "SELECT markdown FROM registry.describe('" + last + "')",
            "SELECT * FROM registry.files f JOIN registry.datasets d ON f.name = d.name WHERE d.name = '" + last + "'",
            "SELECT * FROM registry.files f JOIN registry.datasets d ON f.name = d.name AND f.version ="
                    + " d.latest_version WHERE d.name = '" + last + "'",
            "SELECT * FROM registry.lineage('" + last + "', 'UP', 20)",
            "SELECT * FROM registry.lineage('set_000051', 'DOWN', 20)",
            "SHOW LINEAGE OF " + last,
            "SHOW VERSIONS OF " + last,
            "SHOW DATASETS LIKE 'img%'",
            "DESCRIBE " + last,
            "EXPLAIN SELECT * FROM " + last,
        };
    }

    private interface Work {
        long run() throws SQLException;
    }

    private static void time(String what, Work work) {
        double[] millis = new double[ROUNDS];
        long rows = 0;
        try {
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                rows = work.run();
                millis[i] = (System.nanoTime() - start) / 1e6;
                // What is slow beyond doubt needs no more rounds.
                if (millis[i] > 5_000) {
                    millis = Arrays.copyOf(millis, i + 1);
                    break;
                }
            }
        } catch (SQLException e) {
            System.out.printf(Locale.ROOT, "BENCH %s: %s%n", what, e.getMessage());
            return;
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "BENCH %s: first %.1f ms, median %.1f ms, min %.1f ms, %d rows%n",
                what,
                first,
                millis[millis.length / 2],
                millis[0],
                rows);
    }

    private static long run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? read(statement.getResultSet()) : 0;
        }
    }

    private static long read(ResultSet rows) throws SQLException {
        try (rows) {
            long count = 0;
            while (rows.next()) {
                rows.getObject(1);
                count++;
            }
            return count;
        }
    }
}
