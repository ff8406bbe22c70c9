// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import io.datasetdb.it.bench.Contest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 22 queries on our engine and on DuckDB, on the same Parquet files, as many threads each as there are processors.
 *
 * <p>System properties: {@code tpch.scale} (1), {@code tpch.folder} (where the data stays; else a temporary one), {@code
 * tpch.rounds} (7), {@code tpch.queries} (all; e.g. {@code 1,6}). Scale 10 takes 11 GB of disk while it is deposited.
 */
@Tag("bench")
class TpchBenchmark {
    @TempDir
    Path temporary;

    @Test
    void againstDuckDb() throws Exception {
        double scale = Double.parseDouble(System.getProperty("tpch.scale", "1"));
        Path folder = Path.of(System.getProperty("tpch.folder", temporary.toString()));
        long start = System.nanoTime();
        String url = TpchData.deposit(folder, scale);
        System.out.printf(
                "BENCH TPC-H scale %s is there after %d s%n", scale, (System.nanoTime() - start) / 1_000_000_000);
        int threads = Runtime.getRuntime().availableProcessors();
        try (Connection ours = DriverManager.getConnection(url);
                Connection duck = TpchData.duckDb(url, threads);
                Contest contest = new Contest("TPC-H scale " + scale, "DuckDB", Integer.getInteger("tpch.rounds", 7))) {
            for (int query : queries()) {
                String sql = TpchData.query(query, scale);
                contest.ask("q" + query, () -> Answers.of(ours, sql), () -> Answers.of(duck, sql));
            }
        }
    }

    private static int[] queries() {
        String chosen = System.getProperty("tpch.queries", "");
        return chosen.isEmpty()
                ? IntStream.rangeClosed(1, 22).toArray()
                : Arrays.stream(chosen.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
