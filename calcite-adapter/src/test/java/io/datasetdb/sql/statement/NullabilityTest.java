// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.vector.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result that is typed NOT NULL and is NULL makes COALESCE and IS NULL lie, because they are folded by the type. */
class NullabilityTest {
    /** Few, because a call that does not fit takes as long as one that does, and most do not. */
    private static final List<String> OPERANDS =
            List.of("s", "i", "ts", "a", "s, p", "s, s", "s, i", "i, i", "a, i", "s, p, s", "s, i, i");

    private static final List<String> FORMS = List.of(
            "JSON_VALUE(j, '$.q')",
            "JSON_VALUE(j, '$.k')",
            "JSON_QUERY(j, '$.q')",
            "JSON_QUERY(j, '$.k')",
            "JSON_EXISTS(s, '$.q')",
            "JSON_TYPE(j)",
            "JSON_DEPTH(s)",
            "JSON_LENGTH(j, '$.q')",
            "JSON_KEYS(j, '$.q')",
            "JSON_REMOVE(j, '$.q')",
            "a[i + 7]",
            "a[1]",
            "MAP[s, i]['zz']",
            "ROW(i, s)",
            "CASE WHEN i > 100 THEN 1 END",
            "TRY_CAST(s AS INTEGER)",
            "SAFE_CAST(s AS DATE)",
            "NULLIF(i, i)",
            "SUBSTRING(s FROM 10 FOR 1)",
            "EXTRACT(YEAR FROM ts)",
            "s SIMILAR TO 'a'",
            "(SELECT k FROM t WHERE k > 100)",
            "i IN (SELECT NULLIF(k, k) FROM t)",
            "i = ANY (SELECT NULLIF(k, k) FROM t)",
            "SPLIT_PART(s, ',', 9)",
            "REGEXP_EXTRACT(s, 'q')",
            "REGEXP_SUBSTR(s, 'q')",
            "REGEXP_SUBSTR(s, 'q', 1, 1)",
            "DECODE(i, 77, 1)",
            "FIELD(i)",
            "ELEMENT(a)",
            "GREATEST(NULLIF(i, i), NULLIF(k, k))",
            "PARSE_URL('http://a/b', 'QUERY')",
            "STR_TO_MAP(s)['zz']",
            "ARRAY_POSITION(a, 77)",
            "TRY_TO_DATE(s, 'YYYY')",
            "CONCAT_WS(NULLIF(s, s), s, s)");

    @Test
    void whatIsTypedNotNullIsNeverNull(@TempDir Path warehouse) {
        List<String> wrong = new ArrayList<>();
        int called = 0;
        try (Db db = Db.open(warehouse)) {
            db.rows("CREATE DATASET t AS SELECT * FROM (VALUES"
                    + " (1, 'abc', '{\"k\": [1]}', '$.k', 3, 1.5e0, 2.25, DATE '2024-01-31',"
                    + " TIMESTAMP '2024-01-31 12:34:56.123456', ARRAY[3, 1, 2], TRUE),"
                    + " (2, '', '[]', 'q', 0, 0e0, 0.00, DATE '1500-01-01',"
                    + " TIMESTAMP '1500-01-01 00:00:00', ARRAY[-1], FALSE),"
                    + " (3, '12', 'null', '[', -1, -1e0, -1.25, DATE '2024-02-29',"
                    + " TIMESTAMP '2024-02-29 00:00:00', ARRAY[0], FALSE)"
                    + ") AS v(k, s, j, p, i, x, m, d, ts, a, b)");
            for (String form : forms()) {
                called += check(db, form, wrong) ? 1 : 0;
            }
        }
        assertThat(called).isGreaterThan(200);
        assertThat(wrong).isEmpty();
    }

    private static List<String> forms() {
        List<String> forms = new ArrayList<>(FORMS);
        for (String name : names()) {
            OPERANDS.forEach(operands -> forms.add(name + "(" + operands + ")"));
        }
        return forms;
    }

    /** The names of all scalar functions, also of those that are refused: it costs nothing to try. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        List<SqlOperator> operators =
                new ArrayList<>(SqlStdOperatorTable.instance().getOperatorList());
        for (SqlLibrary library : SqlLibrary.values()) {
            if (library != SqlLibrary.ALL) {
                operators.addAll(SqlLibraryOperatorTableFactory.INSTANCE
                        .getOperatorTable(library)
                        .getOperatorList());
            }
        }
        for (SqlOperator operator : operators) {
            boolean named = operator instanceof SqlFunction && !(operator instanceof SqlAggFunction);
            if (named
                    && operator.getSyntax() == SqlSyntax.FUNCTION
                    && operator.getName().matches("\\w+")) {
                names.add(operator.getName().toLowerCase(java.util.Locale.ROOT));
            }
        }
        FunctionLibrary.builtin().allScalars().forEach(function -> names.add(function.name()));
        names.addAll(
                List.of("list_slice", "list_sum", "list_avg", "generate_series", "range", "hash", "printf", "format"));
        // It waits, or ends the query.
        names.removeAll(Set.of("sleep", "repeat", "space"));
        return names;
    }

    /** Whether the form is a call at all; one row each, because a value that fails ends the query. */
    private static boolean check(Db db, String form, List<String> wrong) {
        boolean called = false;
        for (int k = 1; k <= 3; k++) {
            try (StatementResult result = db.session().execute("SELECT " + form + " AS r FROM t WHERE k = " + k)) {
                called = true;
                boolean nullable = result.schema().fields().get(0).nullable();
                for (Batch batch = result.next(); batch != null; batch = result.next()) {
                    for (int i = 0; i < batch.size() && !nullable; i++) {
                        if (batch.columns().get(0).isNull(batch.selection().position(i))) {
                            wrong.add(form + " in row " + k);
                        }
                    }
                }
            } catch (DatasetDbException e) {
                if (!called) {
                    return false;
                }
            }
        }
        return called;
    }
}
