// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.StatementCatalog;
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
 * The query that compares two versions row by row. Rows belong together by their keys, of which NULL is a value like any
 * other; without keys whole rows are compared. A column that only one version has reads as NULL in the other, and the result
 * has the columns of the newer version {@code b}.
 */
final class VersionDiff {
    /** Names that no column of a user can be mistaken for. */
    private static final String STATUS = "\"$status\"";

    private static final String PRESENT = "\"$present\"";
    private static final String A = "\"$a\".";
    private static final String B = "\"$b\".";

    private final StatementCatalog.Named a;
    private final StatementCatalog.Named b;
    private final Set<String> keys = new LinkedHashSet<>();
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
            column(this.a.schema(), field.name()).ifPresent(other -> checkTypes(other, field));
        }
        keys.forEach(key -> addKeys(key));
    }

    private static Optional<Field> column(Schema schema, String name) {
        return schema.fields().stream()
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
        boolean single = column(b.schema(), text).isPresent();
        for (String part : single ? List.of(text) : Arrays.asList(text.split(","))) {
            String name = part.strip();
            Field key = column(b.schema(), name).orElseThrow(() -> noKey(b, name));
            if (column(a.schema(), name).isEmpty()) {
                throw noKey(a, name);
            }
            keys.add(key.name());
        }
    }

    private DatasetDbException noKey(StatementCatalog.Named version, String name) {
        return error.apply("Cannot compare " + a.display() + " with " + b.display() + ": " + version.display()
                + " has no column " + name + " to be the key");
    }

    SqlNode query() {
        return StatementParser.parse(keys.isEmpty() ? wholeRows() : byKey());
    }

    private String byKey() {
        List<String> columns = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (Field field : b.schema().fields()) {
            String right = B + quoted(field.name());
            Optional<String> left = column(a.schema(), field.name()).map(other -> A + quoted(other.name()));
            columns.add(
                    left.map(other -> "CASE WHEN " + B + PRESENT + " IS NULL THEN " + other + " ELSE " + right + " END")
                                    .orElse(right)
                            + " AS " + quoted(field.name()));
            if (!keys.contains(field.name())) {
                changes.add(
                        left.map(other -> other + " IS DISTINCT FROM " + right).orElse(right + " IS NOT NULL"));
            }
        }
        for (Field field : a.schema().fields()) {
            if (column(b.schema(), field.name()).isEmpty()) {
                changes.add(A + quoted(field.name()) + " IS NOT NULL");
            }
        }
        String modified = changes.isEmpty() ? "" : " WHEN " + String.join(" OR ", changes) + " THEN 'M'";
        String status = "CASE WHEN " + A + PRESENT + " IS NULL THEN 'A' WHEN " + B + PRESENT + " IS NULL THEN 'D'"
                + modified + " ELSE 'S' END AS " + STATUS;
        String on = keys.stream()
                .map(key -> A + quoted(column(a.schema(), key).orElseThrow().name()) + " IS NOT DISTINCT FROM " + B
                        + quoted(key))
                .collect(Collectors.joining(" AND "));
        return "SELECT " + STATUS + " AS status, " + renamed(b.schema()) + " FROM (SELECT " + status + ", "
                + String.join(", ", columns) + " FROM (SELECT *, TRUE AS " + PRESENT + " FROM " + a.sql()
                + ") AS \"$a\" FULL JOIN (SELECT *, TRUE AS " + PRESENT + " FROM " + b.sql() + ") AS \"$b\" ON " + on
                + ") AS \"$d\"" + (same ? "" : " WHERE " + STATUS + " <> 'S'");
    }

    private String wholeRows() {
        String left = "SELECT "
                + b.schema().fields().stream()
                        .map(field -> column(a.schema(), field.name())
                                        .map(other -> quoted(other.name()))
                                        .orElse("NULL") + " AS " + quoted(field.name()))
                        .collect(Collectors.joining(", "))
                + " FROM " + a.sql();
        String right = "SELECT " + list(b.schema()) + " FROM " + b.sql();
        String rows =
                status("A", right + " EXCEPT ALL " + left) + " UNION ALL " + status("D", left + " EXCEPT ALL " + right);
        String all = same ? rows + " UNION ALL " + status("S", right + " INTERSECT ALL " + left) : rows;
        return "SELECT * FROM (" + all + ") AS \"$d\"";
    }

    private String status(String status, String query) {
        return "SELECT '" + status + "' AS status, " + renamed(b.schema()) + " FROM (" + query + ") AS \"$s\"";
    }

    private static String list(Schema schema) {
        return schema.fields().stream().map(field -> quoted(field.name())).collect(Collectors.joining(", "));
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
