// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.bench;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listing of a million files, a registry of ten thousand datasets and a folder of a hundred thousand files take. */
@Tag("bench")
class FirstFloorBenchmark {
    private static final int ROUNDS = 41;

    private static final String LISTING = """
        CREATE DATASET listing AS
        SELECT CAST(ROW('file://', path, size, '', etag, TRUE, modified) AS ROW(source VARCHAR, path VARCHAR,
          size BIGINT, version VARCHAR, etag VARCHAR, is_latest BOOLEAN, last_modified TIMESTAMP)) AS file
        FROM (SELECT 'home/data/project' || CAST(mod(a.i, 50) AS VARCHAR) || '/folder' || CAST(a.i AS VARCHAR)
            || '/file-' || CAST(b.i AS VARCHAR) || CASE mod(b.i, 7) WHEN 0 THEN '.jpg' WHEN 1 THEN '.png'
            WHEN 2 THEN '.txt' WHEN 3 THEN '.parquet' WHEN 4 THEN '.json' WHEN 5 THEN '.csv' ELSE '' END AS path,
          CAST(mod(a.i * 7919 + b.i * 104729, 1000003) AS BIGINT) AS size,
          CAST(a.i * 1000 + b.i AS VARCHAR) AS etag,
          TIMESTAMP '2024-01-01 00:00:00' + INTERVAL '1' SECOND * (a.i * 1000 + b.i) AS modified
          FROM numbers a, numbers b) q\
        """;

    private static final String SEED_QUERY = """
        SELECT file_ext(l.file.path) AS ext, count(*) AS files, sum(l.file.size) AS total FROM listing l
        WHERE l.file.size > 0 GROUP BY file_ext(l.file.path) ORDER BY total DESC\
        """;

    @TempDir
    Path folder;

    @Test
    void tenMillionFiles() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + folder.resolve("warehouse"))) {
            numbers(connection);
            run(connection, LISTING);
            run(
                    connection,
                    "CREATE DATASET ten AS SELECT l.file FROM listing l, (SELECT i FROM numbers WHERE i < 10) n");
            String query = SEED_QUERY.replace("FROM listing l", "FROM ten l");
            time("seed query over 10 000 000 rows", () -> run(connection, query));
        }
    }

    private static void numbers(Connection connection) throws SQLException {
        run(
                connection,
                "CREATE DATASET numbers AS WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM r"
                        + " WHERE i < 999) SELECT i FROM r");
    }

    @Test
    void listings() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + folder.resolve("warehouse"))) {
            numbers(connection);
            run(connection, LISTING);
            time(
                    "deposit of 1 000 000 listing rows",
                    () -> run(connection, "CREATE OR REPLACE DATASET copy AS SELECT file FROM listing"));
            time("seed query over 1 000 000 rows", () -> run(connection, SEED_QUERY));
        }
    }

    @Test
    void hundredThousandFiles() throws Exception {
        Path files = folder.resolve("files");
        for (int i = 0; i < 100_000; i++) {
            Path parent = files.resolve("d" + i / 1_000);
            if (i % 1_000 == 0) {
                Files.createDirectories(parent);
            }
            Files.writeString(parent.resolve("f" + i + ".txt"), "x");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + folder.resolve("warehouse"))) {
            time(
                    "list a folder of 100 000 files",
                    () -> run(connection, "SELECT count(*) FROM TABLE(list_storage('" + files + "'))"));
        }
    }

    @Test
    void registryOfTenThousandDatasets() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        Schema schema = Schema.of(Field.of("x", DataType.BIGINT), Field.of("y", DataType.VARCHAR));
        try (Registry registry = Registry.open(warehouse)) {
            for (int i = 0; i < 50_000; i++) {
                DatasetName name = DatasetName.of("dataset_" + i % 10_000);
                try (VersionDraft draft = registry.begin(DraftRequest.replace(name, schema))) {
                    Instant now = Instant.now();
                    draft.commit(Provenance.of("SELECT " + i, "bench", now, now, "0"));
                }
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse)) {
            time(
                    "registry.versions by name, 10 000 datasets of 5 versions",
                    () -> run(connection, "SELECT * FROM registry.versions WHERE name = 'dataset_5000'"));
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void time(String what, Work work) throws SQLException {
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "BENCH %s: first %.1f ms, median %.1f ms, min %.1f ms%n",
                what,
                first,
                millis[ROUNDS / 2],
                millis[0]);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        rows.getObject(1);
                    }
                }
            }
        }
    }
}
