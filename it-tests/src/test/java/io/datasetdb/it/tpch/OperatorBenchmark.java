// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import io.datasetdb.it.bench.Contest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One operator at a time over the tables of TPC-H, against DuckDB on the same Parquet files, and the two simplest of its
 * queries against Calcite's own Enumerable engine on rows in memory.
 *
 * <p>System properties: {@code tpch.folder} (where the data stays; else a temporary one) and {@code tpch.rounds} (7).
 */
@Tag("bench")
class OperatorBenchmark {
    /** Of the rows that Calcite gets, for which it needs objects. */
    private static final double SMALL = 0.1;

    @TempDir
    Path temporary;

    private static Map<String, String> queries() throws Exception {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("q1", TpchData.query(1, 1));
        queries.put("q6", TpchData.query(6, 1));
        queries.put("sum", "SELECT sum(l_extendedprice) FROM lineitem");
        queries.put("count distinct", "SELECT count(DISTINCT l_partkey) FROM lineitem");
        queries.put(
                "group by, 1 500 000 groups",
                "SELECT count(*), max(q) FROM (SELECT l_orderkey, sum(l_quantity) AS q FROM lineitem GROUP BY"
                        + " l_orderkey) t");
        queries.put(
                "group by, 200 000 groups",
                "SELECT count(*), max(q) FROM (SELECT l_partkey, sum(l_quantity) AS q FROM lineitem GROUP BY"
                        + " l_partkey) t");
        queries.put("join, 6 M x 1.5 M", """
            SELECT count(*), sum(l_extendedprice), max(o_totalprice) FROM lineitem
            JOIN orders ON l_orderkey = o_orderkey\
            """);
        queries.put(
                "top 10", "SELECT * FROM lineitem ORDER BY l_extendedprice DESC, l_orderkey, l_linenumber LIMIT 10");
        return queries;
    }

    @Test
    void againstDuckDb() throws Exception {
        String url = TpchData.deposit(Path.of(System.getProperty("tpch.folder", temporary.toString())), 1);
        int threads = Runtime.getRuntime().availableProcessors();
        try (Connection ours = DriverManager.getConnection(url);
                Connection duck = TpchData.duckDb(url, threads);
                Contest contest = new Contest("operators, TPC-H scale 1", "DuckDB", rounds())) {
            for (Map.Entry<String, String> query : queries().entrySet()) {
                String sql = query.getValue();
                contest.ask(query.getKey(), () -> Answers.of(ours, sql), () -> Answers.of(duck, sql));
            }
        }
    }

    @Test
    void againstCalcite() throws Exception {
        String url = TpchData.deposit(Path.of(System.getProperty("tpch.folder", temporary.toString())), 1);
        String small = TpchData.deposit(temporary.resolve("small"), SMALL);
        try (Connection ours = DriverManager.getConnection(url);
                Connection tenth = DriverManager.getConnection(small);
                Connection calcite = MemoryLineItems.calcite(small);
                Contest contest = new Contest("Enumerable on a tenth of the rows, times 10", "Calcite", rounds())) {
            double factor = count(ours) / count(tenth);
            for (int query : new int[] {1, 6}) {
                String sql = TpchData.query(query, 1);
                contest.ask("q" + query, () -> Answers.of(ours, sql), () -> Answers.of(calcite, sql), factor);
            }
        }
    }

    private static int rounds() {
        return Integer.getInteger("tpch.rounds", 7);
    }

    private static double count(Connection connection) throws SQLException {
        return Double.parseDouble(
                Answers.of(connection, "SELECT count(*) FROM lineitem").get(0));
    }
}
