// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random queries over the tables of {@link OracleData}, in the SQL that three engines understand alike. Each is either
 * without an order, to be compared as a bag of rows, or ordered by all its columns.
 */
final class QueryGenerator {
    private final Random random;

    QueryGenerator(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        return switch (random.nextInt(13)) {
            case 10 -> chained();
            case 11 -> derived();
            case 12 -> firstRows();
            case 0, 1 -> select();
            case 2, 3 -> grouped();
            case 4, 5 -> joined();
            case 6 -> setOperation();
            case 7, 8 -> withSubQuery();
            default -> window();
        };
    }

    private String select() {
        String query = "SELECT " + (random.nextInt(4) == 0 ? "DISTINCT " : "") + items("a") + " FROM t1 a" + where("a");
        return random.nextBoolean()
                ? query
                : "SELECT * FROM (" + query + ") q ORDER BY 1, 2 LIMIT " + random.nextInt(30);
    }

    /** Two columns, so that an order by all of them can be written. */
    private String items(String t) {
        return number(t, 2) + " AS c1, " + (random.nextBoolean() ? text(t, 2) : number(t, 1)) + " AS c2";
    }

    private String grouped() {
        String key = switch (random.nextInt(5)) {
            case 0 -> "a.g";
            case 1 -> "a.s";
            case 2 -> "a.b";
            case 3 -> "EXTRACT(YEAR FROM a.dt)";
            default -> "a.g, a.s";
        };
        String having = random.nextInt(3) == 0 ? " HAVING count(*) > " + random.nextInt(40) : "";
        return "SELECT " + key + ", " + aggregate("a") + " AS m1, " + aggregate("a") + " AS m2 FROM t1 a" + where("a")
                + " GROUP BY " + (random.nextInt(6) == 0 && !key.contains("EXTRACT") ? "ROLLUP(" + key + ")" : key)
                + having;
    }

    private String aggregate(String t) {
        String filter = random.nextInt(5) == 0 ? " FILTER (WHERE " + condition(t, 1) + ")" : "";
        return switch (random.nextInt(10)) {
            case 0 -> "count(*)" + filter;
            case 1 -> "count(" + t + ".x)" + filter;
            case 2 -> "count(DISTINCT " + t + ".s)" + filter;
            case 3 -> "sum(" + t + ".x)" + filter;
            case 4 -> "sum(" + t + ".m)" + filter;
            case 5 -> "min(" + (random.nextBoolean() ? t + ".s" : t + ".dt") + ")" + filter;
            case 6 -> "max(" + number(t, 1) + ")" + filter;
            case 7 -> "avg(" + t + ".d)" + filter;
            case 8 -> "stddev_pop(" + t + ".d)";
            default -> "sum(" + t + ".d)" + filter;
        };
    }

    private String joined() {
        String kind = pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        String on = random.nextInt(3) > 0
                ? pick("a.id = b.t1_id", "a.s = b.name")
                : pick(
                        "a.x = b.v",
                        "a.m = b.v",
                        "a.d = b.v",
                        "a.g + 1 = b.v",
                        "a.g = b.v * 2",
                        "upper(a.s) = lower(b.name)",
                        "a.s IS NOT DISTINCT FROM b.name AND a.g = b.v");
        String extra =
                random.nextInt(3) == 0 && !kind.equals("FULL JOIN") ? " AND b.v > " + (random.nextInt(10) - 5) : "";
        if (random.nextInt(3) == 0) {
            return "SELECT a.g, count(*) AS n, sum(b.v) AS v, min(b.name) AS nm FROM t1 a " + kind + " t2 b ON " + on
                    + extra + where("a") + " GROUP BY a.g";
        }
        return "SELECT a.id, b.k, " + number("a", 1) + " AS c1, coalesce(b.name, a.s, 'none') AS c2 FROM t1 a " + kind
                + " t2 b ON " + on + extra + (random.nextBoolean() ? where("a") : "");
    }

    private String kind() {
        return " " + pick("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN") + " ";
    }

    /** Three tables, and what the sides of an outer join must not lose. */
    private String chained() {
        String from = "t1 a" + kind() + "t2 b ON " + pick("a.id = b.t1_id", "a.id = b.k", "a.g = b.v AND a.s = b.name")
                + kind() + "t1 c ON "
                + pick("c.id = b.t1_id", "c.id = a.id", "c.id = b.k", "c.g = b.v AND c.s = a.s", "c.id = b.v + 10");
        String condition = random.nextInt(3) == 0
                ? ""
                : " WHERE "
                        + pick(
                                condition("a", 1),
                                condition("c", 1),
                                "b.v " + comparison() + " " + random.nextInt(8),
                                "a.g IN (SELECT e.v FROM t2 e WHERE e.k < 60)",
                                "c.id NOT IN (SELECT e.t1_id FROM t2 e WHERE e.t1_id > 90)",
                                "NOT EXISTS (SELECT 1 FROM t2 e WHERE e.t1_id = c.id AND e.v > 0)");
        return random.nextBoolean()
                ? "SELECT a.id, b.k, c.id AS i FROM " + from + condition
                : "SELECT b.v, count(*) AS n, sum(a.x) AS x, max(c.s) AS s FROM " + from + condition + " GROUP BY b.v";
    }

    /** Groups and unions below joins. */
    private String derived() {
        String groups = "(SELECT b.t1_id AS i, count(*) AS n, max(b.v) AS v FROM t2 b" + pick("", " WHERE b.k > 100")
                + " GROUP BY b.t1_id) q";
        String both = "(SELECT c.id AS i, c.g AS n, c.g AS v FROM t1 c WHERE " + condition("c", 0)
                + " UNION ALL SELECT e.t1_id AS i, e.v AS n, e.k AS v FROM t2 e) q";
        String derived = random.nextBoolean() ? groups : both;
        return "SELECT a.id, q.n, q.v FROM t1 a" + kind() + derived + " ON q.i = a.id"
                + pick("", " AND q.n = a.g", " AND q.v > a.g") + where("a");
    }

    private String firstRows() {
        String order = pick(" ASC", " DESC") + pick(" NULLS FIRST", " NULLS LAST");
        String key = pick("a.x", "a.d", "a.s", "a.dt", "a.m", "a.g", "b.v", "b.name");
        String from = "t1 a " + pick("JOIN", "LEFT JOIN") + " t2 b ON a.id = b.t1_id";
        return "SELECT * FROM (SELECT " + key + " AS c1, a.id AS c2, b.k AS c3 FROM " + from + where("a")
                + ") q ORDER BY 1" + order + ", 2, 3 LIMIT " + (1 + random.nextInt(40));
    }

    private String setOperation() {
        String operation = pick("UNION", "UNION ALL", "INTERSECT", "EXCEPT");
        return "SELECT a.s AS c1, a.g AS c2 FROM t1 a" + where("a") + " " + operation
                + " SELECT b.name AS c1, b.v AS c2 FROM t2 b WHERE b.v " + comparison() + " "
                + (random.nextInt(10) - 3);
    }

    private String withSubQuery() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "SELECT a.id, a.s FROM t1 a WHERE " + pick("EXISTS", "NOT EXISTS")
                        + " (SELECT 1 FROM t2 b WHERE b.t1_id = a.id AND b.v " + comparison() + " "
                        + random.nextInt(5) + ")";
            case 1 ->
                "SELECT a.id FROM t1 a WHERE a.s" + pick("", " || ''") + pick(" IN", " NOT IN")
                        + " (SELECT b.name FROM t2 b WHERE b.v > " + random.nextInt(9)
                        + (random.nextBoolean() ? " AND b.name IS NOT NULL" : "") + ")";
            case 2 -> "SELECT a.id, (SELECT max(b.v) FROM t2 b WHERE b.t1_id = a.id) AS m FROM t1 a" + where("a");
            case 3 ->
                "SELECT q.g, q.n FROM (SELECT a.g, count(*) AS n, avg(a.d) AS av FROM t1 a" + where("a")
                        + " GROUP BY a.g) q WHERE q.n > " + random.nextInt(30);
            case 4 ->
                "WITH q AS (SELECT b.t1_id AS i, sum(b.v) AS sv FROM t2 b GROUP BY b.t1_id) SELECT a.id, q.sv FROM t1 a"
                        + " JOIN q ON q.i = a.id WHERE q.sv " + comparison() + " " + random.nextInt(8);
            default ->
                "SELECT a.id, a.x FROM t1 a WHERE a.x > (SELECT avg(c.x) FROM t1 c WHERE c.g = a.g)" + " AND "
                        + condition("a", 1);
        };
    }

    private String window() {
        String over = "OVER (PARTITION BY a.g ORDER BY a.id"
                + pick("", " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW", " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING")
                + ")";
        String function = switch (random.nextInt(6)) {
            case 0 -> "sum(a.x) " + over;
            case 1 -> "count(a.s) " + over;
            case 2 -> "max(a.d) " + over;
            case 3 -> "min(a.s) OVER (PARTITION BY a.g)";
            case 4 -> "lag(a.x, 2) OVER (PARTITION BY a.g ORDER BY a.id)";
            default -> "rank() OVER (PARTITION BY a.g ORDER BY a.s NULLS LAST)";
        };
        return "SELECT a.id, " + function + " AS w, row_number() OVER (ORDER BY a.id) AS rn FROM t1 a" + where("a");
    }

    private String where(String t) {
        return random.nextInt(4) == 0 ? "" : " WHERE " + condition(t, 2);
    }

    private String condition(String t, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                parts.add("(" + condition(t, depth - 1) + ")");
            }
            return String.join(pick(" AND ", " OR "), parts);
        }
        return switch (random.nextInt(12)) {
            case 0 -> t + ".x " + comparison() + " " + (random.nextInt(1_000_000) - 500_000);
            case 1 -> t + ".d " + comparison() + " " + (random.nextInt(4_000) - 2_000) + ".5";
            case 2 -> t + ".s LIKE '" + pick("%a", "a%", "%ta%", "_e%", "%\u00d6", "") + "'";
            case 3 -> t + ".s IN ('alpha', 'delta', '50%')";
            case 4 -> t + ".dt " + comparison() + " DATE '" + (1995 + random.nextInt(30)) + "-06-15'";
            case 5 -> t + "." + pick("x", "s", "dt", "b", "d") + pick(" IS NULL", " IS NOT NULL");
            case 6 -> t + ".b";
            case 7 -> "NOT " + t + ".b";
            case 8 -> t + ".g BETWEEN " + random.nextInt(4) + " AND " + (2 + random.nextInt(5));
            case 9 -> t + ".g NOT IN (1, 3)";
            case 10 -> t + ".m " + comparison() + " " + (random.nextInt(8_000) - 4_000) + ".25";
            default -> t + ".s IS DISTINCT FROM 'beta'";
        };
    }

    private String comparison() {
        return pick("=", "<>", "<", "<=", ">", ">=");
    }

    private String number(String t, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> "(" + number(t, depth - 1) + " + " + number(t, depth - 1) + ")";
                case 1 -> "(" + number(t, depth - 1) + " - " + random.nextInt(100) + ")";
                case 2 -> "(" + number(t, depth - 1) + " * " + (1 + random.nextInt(5)) + ")";
                case 3 -> "abs(" + number(t, depth - 1) + ")";
                case 4 -> "CASE WHEN " + condition(t, 0) + " THEN " + number(t, depth - 1) + " ELSE " + t + ".g END";
                default -> "coalesce(" + number(t, depth - 1) + ", " + t + ".id)";
            };
        }
        return t + "." + pick("id", "g", "x", "d", "m");
    }

    private String text(String t, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> "upper(" + text(t, depth - 1) + ")";
                case 1 -> "lower(" + text(t, depth - 1) + ")";
                case 2 -> "substring(" + text(t, depth - 1) + ", 2, 3)";
                case 3 -> "(" + text(t, depth - 1) + " || '-' || " + t + ".s)";
                case 4 -> "coalesce(" + text(t, depth - 1) + ", 'none')";
                default -> "CASE WHEN " + condition(t, 0) + " THEN " + t + ".s ELSE 'other' END";
            };
        }
        return t + ".s";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
