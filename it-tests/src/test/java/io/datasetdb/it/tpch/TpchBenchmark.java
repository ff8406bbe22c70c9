// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 22 queries on our engine and on DuckDB, on the same Parquet files, alternating in one process, as many threads each
 * as there are processors. Says per query the median and minimum of both and their ratio, then the geometric mean.
 *
 * <p>System properties: {@code tpch.scale} (1), {@code tpch.folder} (where the data stays; else a temporary one), {@code
 * tpch.rounds} (7), {@code tpch.queries} (all; e.g. {@code 1,6}).
 */
@Tag("bench")
class TpchBenchmark {
    @TempDir
    Path temporary;

    @Test
    void againstDuckDb() throws Exception {
        double scale = Double.parseDouble(System.getProperty("tpch.scale", "1"));
        Path folder = Path.of(System.getProperty("tpch.folder", temporary.toString()));
        int rounds = Integer.getInteger("tpch.rounds", 7);
        String url = TpchData.deposit(folder, scale);
        int threads = Runtime.getRuntime().availableProcessors();
        System.out.printf("BENCH TPC-H scale %s, %d threads, %d rounds, ms%n", scale, threads, rounds);
        System.out.printf(
                "BENCH %5s %9s %9s %9s %9s %7s %s%n", "query", "ours", "min", "DuckDB", "min", "ratio", "same");
        double logs = 0;
        int[] queries = queries();
        try (Connection ours = DriverManager.getConnection(url);
                Connection duck = TpchData.duckDb(url, threads)) {
            for (int query : queries) {
                logs += Math.log(compare(query, TpchData.query(query, scale), ours, duck, rounds));
            }
        }
        System.out.printf(Locale.ROOT, "BENCH geometric mean of the ratios: %.2f%n", Math.exp(logs / queries.length));
    }

    private static int[] queries() {
        String chosen = System.getProperty("tpch.queries", "");
        return chosen.isEmpty()
                ? IntStream.rangeClosed(1, 22).toArray()
                : Arrays.stream(chosen.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private static double compare(int query, String sql, Connection ours, Connection duck, int rounds)
            throws SQLException, IOException {
        double[] mine = new double[rounds];
        double[] theirs = new double[rounds];
        boolean same = true;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            List<String> rows = Answers.of(ours, sql);
            mine[round] = (System.nanoTime() - start) / 1e6;
            start = System.nanoTime();
            List<String> expected = Answers.of(duck, sql);
            theirs[round] = (System.nanoTime() - start) / 1e6;
            same &= rows.equals(expected);
        }
        Arrays.sort(mine);
        Arrays.sort(theirs);
        double ratio = mine[rounds / 2] / theirs[rounds / 2];
        System.out.printf(
                Locale.ROOT,
                "BENCH %5d %9.1f %9.1f %9.1f %9.1f %7.2f %s%n",
                query,
                mine[rounds / 2],
                mine[0],
                theirs[rounds / 2],
                theirs[0],
                ratio,
                same ? "" : "DIFFERENT");
        return ratio;
    }
}
