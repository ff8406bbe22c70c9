// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.schema.StatementCatalog;
import java.time.Instant;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** {@code LIMIT 2 * 5}: what is not a number or a parameter is computed while the statement is planned. */
final class LimitSyntax {
    private LimitSyntax() {}

    /** The value of LIMIT, OFFSET or FETCH as the validator wants it. */
    static @Nullable SqlNode rewrite(@Nullable SqlNode value, StatementCatalog catalog, SqlOperatorTable functions) {
        if (value == null
                || value instanceof SqlNumericLiteral
                || value instanceof SqlDynamicParam
                || value instanceof SqlLiteral literal && literal.getValue() == null) {
            return value;
        }
        SqlParserPos position = value.getParserPosition();
        if (hasParameter(value)) {
            SqlDataTypeSpec number =
                    new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, position), position);
            return SqlStdOperatorTable.CAST.createCall(position, value, number);
        }
        Object number =
                ConstantValue.of(value, SqlTypeName.BIGINT, catalog, functions).evaluate(List.of(), Instant.now());
        return number == null
                ? SqlLiteral.createNull(position)
                : SqlLiteral.createExactNumeric(number.toString(), position);
    }

    private static boolean hasParameter(SqlNode value) {
        try {
            value.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlDynamicParam parameter) {
                    throw Util.FoundOne.NULL;
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }
}
