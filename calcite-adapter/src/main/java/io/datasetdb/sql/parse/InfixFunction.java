// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** An operator between two operands that is another way to write a function: {@code a ^ b} is {@code POWER(a, b)}. */
public final class InfixFunction extends SqlBinaryOperator {
    /** {@code ^} of PostgreSQL and DuckDB; binds closer than multiplication. */
    public static final SqlBinaryOperator POWER = new InfixFunction("^", 70, SqlStdOperatorTable.POWER);

    /** {@code |}; binds as {@code &} does. */
    public static final SqlBinaryOperator BIT_OR = new InfixFunction("|", 50, SqlStdOperatorTable.BITOR);

    private final SqlFunction function;

    private InfixFunction(String name, int precedence, SqlFunction function) {
        super(name, SqlKind.OTHER, precedence, true, null, null, null);
        this.function = function;
    }

    @Override
    public SqlCall createCall(@Nullable SqlLiteral functionQualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
        return function.createCall(functionQualifier, pos, operands);
    }
}
