// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import io.datasetdb.sql.exec.Optimization;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/**
 * Settings of a session under which every query has the same rows: one optimization or all of them switched off, one thread or
 * several, little memory. What does not fit into the memory may fail, but with the error that says so.
 */
final class Variations {
    private static final String OUT_OF_MEMORY = "53200";
    private static final List<String> MEMORY = List.of("64KB", "256KB", "1MB", "4MB", "1GB");

    private final Random random;
    private int refused;

    Variations(long seed) {
        this.random = new Random(seed);
    }

    /** Chooses settings and gives them to a session; answers them for messages. */
    String choose(Connection session) throws SQLException {
        List<String> optimizations = Optimization.keys();
        int off = random.nextInt(optimizations.size() + 2);
        String disabled = off < optimizations.size()
                ? optimizations.get(off)
                : off == optimizations.size() ? String.join(",", optimizations) : "";
        List<String> settings = List.of(
                "SET disabled_optimizers = '" + disabled + "'",
                "SET threads = " + (1 + random.nextInt(3)),
                "SET memory_limit = '" + (random.nextInt(3) == 0 ? MEMORY.get(random.nextInt(MEMORY.size())) : "1GB")
                        + "'");
        try (Statement statement = session.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
        }
        return String.join("; ", settings);
    }

    /** The rows of a query under the settings of the session, or what is expected if they do not fit into its memory. */
    List<String> rows(Peer session, String sql, List<String> expected) throws SQLException {
        try {
            return session.rows(sql);
        } catch (SQLException e) {
            excuse(e);
            return expected;
        }
    }

    /** Counts that something did not fit into its memory; any other failure is thrown on. */
    void excuse(SQLException failure) throws SQLException {
        if (!failure.getSQLState().equals(OUT_OF_MEMORY)) {
            throw failure;
        }
        refused++;
    }

    /** How many queries did not fit into their memory. */
    int refused() {
        return refused;
    }
}
