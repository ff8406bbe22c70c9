// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operations on two inputs, as text. Inputs are what may stand behind FROM; columns are given by name. */
public final class Joins {
    private static final String LEFT = "l";
    private static final String RIGHT = "r";

    private Joins() {}

    /**
     * A join on equal keys. Columns of the right side whose names the left side has too get a prefix, then a number.
     *
     * @param join the words of the join: {@code LEFT JOIN}
     */
    public static SqlText merge(
            SqlText left,
            List<String> leftColumns,
            SqlText right,
            List<String> rightColumns,
            String join,
            List<String> on,
            List<String> rightOn,
            String prefix) {
        Set<String> taken = new HashSet<>();
        List<String> items = new ArrayList<>();
        for (String column : leftColumns) {
            taken.add(Names.key(column));
            items.add(of(LEFT, column));
        }
        Set<String> before = Set.copyOf(taken);
        rightColumns.stream()
                .filter(column -> !before.contains(Names.key(column)))
                .forEach(column -> taken.add(Names.key(column)));
        for (String column : rightColumns) {
            String name = before.contains(Names.key(column)) ? free(prefix + column, taken) : column;
            items.add(of(RIGHT, column) + (name.equals(column) ? "" : " AS " + Names.quoted(name)));
        }
        return SqlText.of("SELECT " + String.join(", ", items) + " FROM ")
                .and(left)
                .and(" AS " + LEFT + " " + join + " ")
                .and(right)
                .and(" AS " + RIGHT + " ON " + pairs(on, rightOn, "="));
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 1; !taken.add(Names.key(name)); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static String of(String side, String column) {
        return side + "." + Names.quoted(column);
    }

    private static String pairs(List<String> on, List<String> rightOn, String comparison) {
        return IntStream.range(0, on.size())
                .mapToObj(i -> of(LEFT, on.get(i)) + " " + comparison + " " + of(RIGHT, rightOn.get(i)))
                .collect(Collectors.joining(" AND "));
    }

    /** All rows of both, columns matched by name; a row that is in both counts twice. */
    public static SqlText union(SqlText left, SqlText right, List<String> columns) {
        String list = Names.quoted(columns);
        return SqlText.of("SELECT " + list + " FROM ")
                .and(left)
                .and(" UNION ALL SELECT " + list + " FROM ")
                .and(right);
    }

    /** Rows of the left side whose key the right side does not have; NULL equals NULL. */
    public static SqlText subtract(SqlText left, SqlText right, List<String> on, List<String> rightOn) {
        return SqlText.of("SELECT * FROM ")
                .and(left)
                .and(" AS " + LEFT + " WHERE NOT EXISTS (SELECT 1 FROM ")
                .and(right)
                .and(" AS " + RIGHT + " WHERE " + pairs(on, rightOn, "IS NOT DISTINCT FROM") + ")");
    }

    /**
     * Rows that differ, by key; NULL equals NULL.
     *
     * @param status the name of the first column: A only left, D only right, M changed, S same
     * @param compare pairs of columns that make a row changed; {@code null} if all rows in both are
     * @param wanted the letters to yield
     */
    public static SqlText diff(
            SqlText left,
            List<String> leftColumns,
            SqlText right,
            List<String> rightColumns,
            List<String> on,
            List<String> rightOn,
            boolean always,
            List<String> compare,
            List<String> rightCompare,
            String status,
            String wanted) {
        String changed = always
                ? "TRUE"
                : IntStream.range(0, compare.size())
                        .mapToObj(i -> of(LEFT, compare.get(i)) + " IS DISTINCT FROM " + of(RIGHT, rightCompare.get(i)))
                        .collect(Collectors.joining(" OR "));
        Set<String> taken = new HashSet<>();
        leftColumns.forEach(column -> taken.add(Names.key(column)));
        rightColumns.forEach(column -> taken.add(Names.key(column)));
        String mark = free("present", taken);
        List<String> items = new ArrayList<>();
        for (String column : leftColumns) {
            int key = on.indexOf(column);
            items.add(
                    key < 0
                            ? of(LEFT, column)
                            : "CASE WHEN " + of(LEFT, mark) + " IS NULL THEN " + of(RIGHT, rightOn.get(key)) + " ELSE "
                                    + of(LEFT, column) + " END AS " + Names.quoted(column));
        }
        String letter = "CASE WHEN " + of(RIGHT, mark) + " IS NULL THEN 'A' WHEN " + of(LEFT, mark)
                + " IS NULL THEN 'D'" + (changed.isEmpty() ? "" : " WHEN " + changed + " THEN 'M'") + " ELSE 'S' END";
        String letters = wanted.chars().mapToObj(c -> "'" + (char) c + "'").collect(Collectors.joining(", "));
        String marked = "(SELECT *, TRUE AS " + Names.quoted(mark) + " FROM ";
        SqlText joined = SqlText.of("SELECT " + letter + " AS " + Names.quoted(status) + ", " + String.join(", ", items)
                        + " FROM " + marked)
                .and(left)
                .and(") AS " + LEFT + " FULL JOIN " + marked)
                .and(right)
                .and(") AS " + RIGHT + " ON " + pairs(on, rightOn, "IS NOT DISTINCT FROM"));
        return SqlText.of("SELECT * FROM (")
                .and(joined)
                .and(") WHERE " + Names.quoted(status) + " IN (" + letters + ")");
    }
}
