// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code FROM generate_series(…)} and {@code FROM range(…)}, which become an UNNEST of the array that the function yields. The
 * column is named after the function, or as PostgreSQL has it, for {@code generate_series(…) AS g}, after the alias.
 */
final class SeriesSyntax {
    private static final Set<String> FUNCTIONS = Set.of("GENERATE_SERIES", "RANGE");

    private SeriesSyntax() {}

    /** The item of a FROM clause to put in its place, which may be the item itself. */
    static SqlNode rewrite(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall named = (SqlCall) item;
            SqlNode lateral = named.operand(0);
            SqlCall series = series(lateral);
            if (series == null) {
                return item;
            }
            SqlIdentifier alias = named.operand(1);
            boolean hasColumn = named.operandCount() > 2;
            String column = name(series).equals("RANGE") ? "range" : alias.getSimple();
            return unnest(series, alias, hasColumn ? named.operand(2) : identifier(column, series));
        }
        SqlCall series = series(item);
        if (series == null) {
            return item;
        }
        SqlIdentifier name = identifier(name(series).toLowerCase(Locale.ROOT), series);
        return unnest(series, name, name);
    }

    private static SqlNode unnest(SqlCall series, SqlIdentifier alias, SqlNode column) {
        SqlParserPos position = series.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(
                position, SqlStdOperatorTable.UNNEST.createCall(position, series), alias, column);
    }

    private static @Nullable SqlCall series(SqlNode item) {
        SqlNode inner = item;
        while (inner.getKind() == SqlKind.LATERAL || inner.getKind() == SqlKind.COLLECTION_TABLE) {
            inner = ((SqlCall) inner).operand(0);
        }
        return inner != item
                        && inner instanceof SqlBasicCall call
                        && call.getOperator() instanceof SqlUnresolvedFunction
                        && FUNCTIONS.contains(name(call))
                ? call
                : null;
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }

    private static SqlIdentifier identifier(String name, SqlCall call) {
        return new SqlIdentifier(List.of(name), call.getParserPosition());
    }
}
