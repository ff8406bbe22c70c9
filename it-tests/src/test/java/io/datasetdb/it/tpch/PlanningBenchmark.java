// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the 22 queries take from text to plan, in a process that is warm: parse, validate, convert, optimise, choose
 * operators. Every text is new, so that no plan is kept for it.
 *
 * <p>System properties: {@code tpch.scale} (0.01), {@code tpch.folder} (where the data stays; else a temporary one), {@code
 * tpch.rounds} (30).
 */
@Tag("bench")
class PlanningBenchmark {
    @TempDir
    Path temporary;

    @Test
    void milliseconds() throws Exception {
        double scale = Double.parseDouble(System.getProperty("tpch.scale", "0.01"));
        int rounds = Integer.getInteger("tpch.rounds", 30);
        Path folder = Path.of(System.getProperty("tpch.folder", temporary.toString()));
        double[] least = new double[23];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        try (Connection connection = DriverManager.getConnection(TpchData.deposit(folder, scale))) {
            for (int round = 0; round < rounds; round++) {
                for (int query = 1; query <= 22; query++) {
                    String sql = TpchData.query(query, scale) + " -- " + round;
                    long start = System.nanoTime();
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        least[query] = Math.min(least[query], (System.nanoTime() - start) / 1e6);
                    }
                }
            }
        }
        for (int query = 1; query <= 22; query++) {
            System.out.printf("BENCH planning q%d: %.1f ms%n", query, least[query]);
        }
    }
}
