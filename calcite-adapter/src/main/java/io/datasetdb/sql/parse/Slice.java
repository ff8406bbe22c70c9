// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code l[a:b]} of DuckDB and PostgreSQL, which is {@code LIST_SLICE(l, a, b)}. */
public final class Slice extends SqlBinaryOperator {
    private static final int ITEM_PRECEDENCE = 100;
    private static final SqlOperator INSTANCE = new Slice();

    private Slice() {
        super("SLICE", SqlKind.OTHER, ITEM_PRECEDENCE, true, null, null, null);
    }

    /** The right operand: from and to, the first and the last element if they are absent. */
    public static SqlNode bounds(SqlParserPos pos, @Nullable SqlNode from, @Nullable SqlNode to) {
        return SqlNodeList.of(
                from == null ? SqlLiteral.createExactNumeric("1", pos) : from,
                to == null ? SqlLiteral.createExactNumeric("-1", pos) : to);
    }

    /** What stands between an expression and this subscript. */
    public static SqlOperator operator(SqlNode subscript) {
        return subscript instanceof SqlNodeList ? INSTANCE : SqlStdOperatorTable.ITEM;
    }

    @Override
    public SqlCall createCall(@Nullable SqlLiteral qualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
        SqlNodeList bounds = (SqlNodeList) Objects.requireNonNull(operands[1]);
        return Shorthands.call(
                "LIST_SLICE", pos, List.of(Objects.requireNonNull(operands[0]), bounds.get(0), bounds.get(1)));
    }
}
