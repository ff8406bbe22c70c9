// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;

/**
 * The query that compares two versions row by row, each row as often as it comes. With keys, of which NULL is a value like
 * any other, a row that is another one is a changed one if there is one of its key left in the other version. A column that
 * only one version has reads as NULL in the other, and the result has the columns of the newer version {@code b}.
 */
final class VersionDiff {
    /** Names that no column of a user can be mistaken for. */
    private static final String SIDE = "\"$side\"";

    private static final String IN_A = "\"$inA\"";
    private static final String IN_B = "\"$inB\"";
    private static final String ROW = "\"$x\".";
    private static final String REPEATED = "\"$r\"";

    /** The way to a key in each version, as SQL. */
    private record Key(String ofA, String ofB) {}

    private final StatementCatalog.Named a;
    private final StatementCatalog.Named b;
    private final Set<Key> keys = new LinkedHashSet<>();

    private final boolean same;
    private final Function<String, DatasetDbException> error;

    /** @param error makes the exception of a sentence, to which it adds the position */
    VersionDiff(
            StatementCatalog catalog,
            String a,
            String b,
            List<String> keys,
            boolean same,
            Function<String, DatasetDbException> error) {
        this.a = catalog.named(a);
        this.b = catalog.named(b);
        this.same = same;
        this.error = error;
        for (Field field : this.b.schema().fields()) {
            column(this.a.schema().fields(), field.name()).ifPresent(other -> checkTypes(other, field));
        }
        keys.forEach(key -> addKeys(key));
    }

    private static Optional<Field> column(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private void checkTypes(Field left, Field right) {
        boolean comparable = Assignment.isNumeric(left.type())
                ? Assignment.isNumeric(right.type())
                : left.type().sql().equals(right.type().sql());
        if (!comparable) {
            throw error.apply("Cannot compare " + a.display() + " with " + b.display() + ": column " + right.name()
                    + " is " + left.type().sql() + " in the first and "
                    + right.type().sql() + " in the second");
        }
    }

    /** A text may name several columns, unless there is one of just this name. */
    private void addKeys(String text) {
        boolean single = path(b.schema().fields(), text).isPresent();
        for (String part : single ? List.of(text) : Arrays.asList(text.split(","))) {
            String name = part.strip();
            String ofB = path(b.schema().fields(), name).orElseThrow(() -> noKey(b, name));
            keys.add(new Key(path(a.schema().fields(), name).orElseThrow(() -> noKey(a, name)), ofB));
        }
    }

    /** A column, or the way to a field in it, as SQL. */
    private static Optional<String> path(List<Field> fields, String name) {
        Optional<Field> whole = column(fields, name);
        int dot = name.indexOf('.');
        if (whole.isPresent() || dot < 0) {
            return whole.map(field -> quoted(field.name()));
        }
        return column(fields, name.substring(0, dot))
                .filter(field -> field.type() instanceof DataType.Row)
                .flatMap(field -> path(((DataType.Row) field.type()).fields(), name.substring(dot + 1))
                        .map(rest -> quoted(field.name()) + "." + rest));
    }

    private DatasetDbException noKey(StatementCatalog.Named version, String name) {
        List<String> columns =
                version.schema().fields().stream().map(Field::name).toList();
        return error.apply("Cannot compare " + a.display() + " with " + b.display() + ": " + version.display()
                + " has no column " + name + " to be the key"
                + NearestName.of(name, columns)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse(""));
    }

    SqlNode query() {
        String rows = keys.isEmpty()
                ? "SELECT " + SIDE + " AS status, " + renamed(b.schema()) + " FROM (" + spread("", "") + ") AS \"$d\""
                : "WITH " + REPEATED + " AS (" + repeatedIn(a, Key::ofA) + " UNION ALL " + repeatedIn(b, Key::ofB)
                        + ") " + joined() + " UNION ALL " + paired();
        return StatementParser.parse(rows);
    }

    /** The keys of which a version has several rows. */
    private String repeatedIn(StatementCatalog.Named version, Function<Key, String> path) {
        List<String> names = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (Key key : keys) {
            String row = ROW + path.apply(key);
            names.add(row + " AS " + repeated(names.size()));
            paths.add(row);
        }
        return "SELECT " + String.join(", ", names) + " FROM " + version.sql() + " AS \"$x\" GROUP BY "
                + String.join(", ", paths) + " HAVING COUNT(*) > 1";
    }

    private static String repeated(int ordinal) {
        return "\"$k" + ordinal + "\"";
    }

    /** A condition on the rows of a version. */
    private String isRepeated(Function<Key, String> path) {
        List<String> equal = new ArrayList<>();
        for (Key key : keys) {
            equal.add(REPEATED + "." + repeated(equal.size()) + " IS NOT DISTINCT FROM " + ROW + path.apply(key));
        }
        return "EXISTS (SELECT 1 FROM " + REPEATED + " WHERE " + String.join(" AND ", equal) + ")";
    }

    /** Rows of keys that neither version repeats: a join finds the one that belongs to another, much faster than counting. */
    private String joined() {
        List<String> columns = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (Field field : b.schema().fields()) {
            String right = "\"$b\"." + quoted(field.name());
            Optional<String> left =
                    column(a.schema().fields(), field.name()).map(other -> "\"$a\"." + quoted(other.name()));
            columns.add(left.map(other -> "CASE WHEN " + IN_B + " IS NULL THEN " + other + " ELSE " + right + " END")
                            .orElse(right)
                    + " AS " + quoted(field.name()));
            if (!keysOfB().contains(quoted(field.name()))) {
                changes.add(
                        left.map(other -> other + " IS DISTINCT FROM " + right).orElse(right + " IS NOT NULL"));
            }
        }
        gone().forEach(field -> changes.add("\"$a\"." + quoted(field.name()) + " IS NOT NULL"));
        String on = keys.stream()
                .map(key -> "\"$a\"." + key.ofA + " IS NOT DISTINCT FROM \"$b\"." + key.ofB)
                .collect(Collectors.joining(" AND "));
        String side = "CASE WHEN " + IN_A + " IS NULL THEN 'A' WHEN " + IN_B + " IS NULL THEN 'D'"
                + (changes.isEmpty() ? "" : " WHEN " + String.join(" OR ", changes) + " THEN 'M'")
                + " ELSE 'S' END AS " + SIDE;
        return "SELECT " + SIDE + " AS status, " + renamed(b.schema()) + " FROM (SELECT " + side + ", "
                + String.join(", ", columns) + " FROM (" + unrepeated(a, Key::ofA, IN_A) + ") AS \"$a\" FULL JOIN ("
                + unrepeated(b, Key::ofB, IN_B) + ") AS \"$b\" ON " + on + ") AS \"$d\""
                + (same ? "" : " WHERE " + SIDE + " <> 'S'");
    }

    private Set<String> keysOfB() {
        return keys.stream().map(Key::ofB).collect(Collectors.toSet());
    }

    private String unrepeated(StatementCatalog.Named version, Function<Key, String> path, String flag) {
        return "SELECT *, TRUE AS " + flag + " FROM " + version.sql() + " AS \"$x\" WHERE NOT " + isRepeated(path);
    }

    /**
     * Rows of all other keys. Of those that are not the same, the first of {@code b} with a key belongs to the first of
     * {@code a} with that key, the second to the second; what is left has come or gone.
     */
    private String paired() {
        String columns = list(b.schema().fields());
        String key = keys.stream().map(path -> "\"$s\"." + path.ofB).collect(Collectors.joining(", "));
        String ordered = b.schema().fields().stream()
                .filter(field -> !keysOfB().contains(quoted(field.name()))
                        && !field.type().kind().isNested())
                .map(field -> quoted(field.name()))
                .collect(Collectors.joining(", "));
        String numbered = "SELECT " + columns + ", " + SIDE + ", ROW_NUMBER() OVER (PARTITION BY " + key + ", " + SIDE
                + (ordered.isEmpty() ? "" : " ORDER BY " + ordered) + ") AS \"$n\", " + count("A", key) + ", "
                + count("D", key) + " FROM ("
                + spread(" WHERE " + isRepeated(Key::ofA), " WHERE " + isRepeated(Key::ofB)) + ") AS \"$s\"";
        return "SELECT CASE WHEN " + SIDE + " = 'A' AND \"$n\" <= \"$countD\" THEN 'M' ELSE " + SIDE
                + " END AS status, "
                + renamed(b.schema()) + " FROM (" + numbered + ") AS \"$d\" WHERE NOT (" + SIDE
                + " = 'D' AND \"$n\" <= \"$countA\")";
    }

    private static String count(String side, String key) {
        return "SUM(CASE WHEN " + SIDE + " = '" + side + "' THEN 1 ELSE 0 END) OVER (PARTITION BY " + key
                + ") AS \"$count" + side + "\"";
    }

    /** Each row as often as it is in {@code b} only (A), in {@code a} only (D), and, if asked for, in both (S). */
    private String spread(String whereA, String whereB) {
        String columns = list(b.schema().fields());
        return "SELECT " + columns + ", " + SIDE + " FROM (" + counted(whereA, whereB)
                + ") AS \"$c\", (VALUES ('A'), ('D')" + (same ? ", ('S')" : "") + ") AS \"$p\"(" + SIDE
                + "), UNNEST(generate_series(1, CASE " + SIDE + " WHEN 'A' THEN " + IN_B + " - " + IN_A
                + " WHEN 'D' THEN " + IN_A + " - " + IN_B + " ELSE LEAST(" + IN_A + ", " + IN_B
                + ") END)) AS \"$t\"(\"$i\")";
    }

    /** The different rows of both versions with how often each of them has it. */
    private String counted(String whereA, String whereB) {
        List<Field> gone = gone();
        List<Field> all = new ArrayList<>(b.schema().fields());
        all.addAll(gone);
        String ofB = list(b.schema().fields())
                + gone.stream()
                        .map(field -> ", NULL AS " + quoted(field.name()))
                        .collect(Collectors.joining());
        String ofA = all.stream()
                .map(field ->
                        column(a.schema().fields(), field.name())
                                        .map(other -> quoted(other.name()))
                                        .orElse("NULL") + " AS " + quoted(field.name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + list(all) + ", SUM(" + IN_B + ") AS " + IN_B + ", SUM(" + IN_A + ") AS " + IN_A
                + " FROM (SELECT " + ofB + ", 1 AS " + IN_B + ", 0 AS " + IN_A + " FROM " + b.sql() + " AS \"$x\""
                + whereB
                + " UNION ALL SELECT " + ofA + ", 0, 1 FROM " + a.sql() + " AS \"$x\"" + whereA
                + ") AS \"$u\" GROUP BY " + list(all)
                + (same ? "" : " HAVING SUM(" + IN_B + ") <> SUM(" + IN_A + ")");
    }

    /** Columns that only {@code a} has. */
    private List<Field> gone() {
        return a.schema().fields().stream()
                .filter(field -> column(b.schema().fields(), field.name()).isEmpty())
                .toList();
    }

    private static String list(List<Field> fields) {
        return fields.stream().map(field -> quoted(field.name())).collect(Collectors.joining(", "));
    }

    /** The columns, of which one of the name status gives way as the second of two equal names does. */
    private static String renamed(Schema schema) {
        return schema.fields().stream()
                .map(Field::name)
                .map(name ->
                        name.equalsIgnoreCase("status") ? quoted(name) + " AS " + quoted(name + "0") : quoted(name))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
