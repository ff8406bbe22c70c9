// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import io.datasetdb.it.Pieces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table {@code big} with so many rows and keys that threads share the work of one operator: tables are merged in pieces by
 * the hash of their keys, joins fan out, sorts have several runs.
 */
final class LargeTable {
    private static final int ROWS = 30_000;

    private LargeTable() {}

    /** Makes it in DuckDB and deposits the same rows with us, in row groups of 1 024 rows and several files. */
    static void create(Peer duckDb, Peer ours, Path warehouse, Path exchange, long seed) throws SQLException {
        String rows = """
            SELECT CAST(i AS INTEGER) AS id,
              CASE WHEN i %% 17 = 3 THEN NULL ELSE (i * 7919 + %1$d) %% 20011 END AS k,
              CASE WHEN i %% 11 = 5 THEN NULL ELSE 'word ' || ((i * 104729 + %1$d) %% 15013) END AS s,
              CASE WHEN i %% 13 = 1 THEN NULL ELSE ((i * 15485863 + %1$d) %% 80021) / 8.0 - 3000 END::DOUBLE AS d,
              CASE WHEN i %% 19 = 2 THEN NULL ELSE CAST(((i * 32452843 + %1$d) %% 900001) AS DECIMAL(12, 2)) END AS m,
              DATE '1995-01-01' + CAST((i * 613 + %1$d) %% 4000 AS INTEGER) AS dt,
              CASE (i * 31 + %1$d) %% 5 WHEN 0 THEN 'red' WHEN 1 THEN 'green' WHEN 2 THEN NULL ELSE 'blue' END AS c,
              i %% 3 = 0 AS b
            FROM range(%2$d) r(i)\
            """.formatted(seed % 1_000, ROWS);
        execute(duckDb.connection(), "CREATE TABLE big AS " + rows);
        execute(duckDb.connection(), "COPY big TO '" + exchange + "' (FORMAT parquet)");
        execute(ours.connection(), "CREATE DATASET big AS SELECT * FROM TABLE(read_parquet('" + exchange + "'))");
        Pieces.rewrite(warehouse, "big", 1_024, 100_000);
        try {
            Files.delete(exchange);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Queries whose operators have much to do; with seeded constants. */
    static List<String> queries(long seed) {
        Random random = new Random(seed);
        List<String> queries = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            int low = random.nextInt(10_000);
            String where = " WHERE a.id > " + random.nextInt(8_000);
            for (String key : List.of("a.k", "a.s", "a.k, a.s", "a.k, a.c, a.b", "a.dt", "a.d", "a.m")) {
                queries.add("SELECT " + key + ", count(*) AS n, sum(a.m) AS m, min(a.s) AS s, avg(a.d) AS v FROM big a"
                        + where + " GROUP BY " + key);
                queries.add("SELECT DISTINCT " + key + " FROM big a" + where);
            }
            for (String kind : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
                queries.add("SELECT a.id, b.id AS i2, b.s FROM (SELECT * FROM big WHERE b) a " + kind
                        + " (SELECT * FROM big WHERE id > " + low + ") b ON a.k = b.k");
                queries.add("SELECT a.s, count(*) AS n, sum(b.m) AS m FROM big a " + kind
                        + " big b ON a.s = b.s AND b.c = 'red' GROUP BY a.s");
                queries.add("SELECT a.id, b.id AS i2 FROM (SELECT * FROM big WHERE c = 'green') a " + kind
                        + " (SELECT * FROM big WHERE id < " + low + ") b ON a.k = b.k AND a.id < b.id");
            }
            for (String in : List.of("IN", "NOT IN")) {
                queries.add("SELECT a.id FROM big a WHERE a.k " + in
                        + " (SELECT b.k FROM big b WHERE b.c = 'red' AND b.id > " + low + ")");
                queries.add("SELECT a.id FROM big a WHERE a.k " + in
                        + " (SELECT b.k FROM big b WHERE b.c = 'red' AND b.k IS NOT NULL AND b.id > " + low + ")");
            }
            queries.add("SELECT a.id FROM big a WHERE EXISTS (SELECT 1 FROM big b WHERE b.k = a.k AND b.id < a.id)");
            queries.add(
                    "SELECT a.id FROM big a WHERE NOT EXISTS (SELECT 1 FROM big b WHERE b.k = a.k AND b.id < a.id)");
            queries.add("SELECT a.id, a.m FROM big a WHERE a.m > (SELECT avg(b.m) FROM big b WHERE b.k = a.k)");
            for (String operation :
                    List.of("UNION", "INTERSECT", "EXCEPT", "UNION ALL", "INTERSECT ALL", "EXCEPT ALL")) {
                queries.add("SELECT a.k, a.c FROM big a" + where + " " + operation
                        + " SELECT b.k, b.c FROM big b WHERE b.id < " + low);
            }
            queries.add("SELECT * FROM big a" + where + " ORDER BY a.d DESC NULLS LAST, a.id LIMIT 50");
            queries.add("SELECT a.id, a.s FROM big a ORDER BY a.s NULLS LAST, a.id LIMIT 400 OFFSET 12000");
            queries.add("SELECT a.id, row_number() OVER (PARTITION BY a.k ORDER BY a.id) AS r,"
                    + " sum(a.m) OVER (PARTITION BY a.c ORDER BY a.id) AS w FROM big a" + where);
            queries.add("SELECT a.c, a.b, a.k, count(*) AS n, sum(a.m) AS m FROM big a" + where
                    + " GROUP BY ROLLUP(a.c, a.b, a.k)");
            queries.add("SELECT count(DISTINCT a.k) AS k, count(DISTINCT a.s) AS s, sum(DISTINCT a.m) AS m FROM big a"
                    + where);
            queries.add("SELECT a.c, count(DISTINCT a.k) AS k, count(DISTINCT a.s) AS s, median(a.d) AS d FROM big a"
                    + " GROUP BY a.c");
            queries.add("WITH q AS (SELECT a.k, sum(a.m) AS m FROM big a GROUP BY a.k)"
                    + " SELECT x.k, x.m, y.m AS m2 FROM q x JOIN q y ON x.k = y.k + 1 WHERE x.m > y.m");
        }
        return queries;
    }
}
