// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code PARAM('name' [, default])}: becomes the literal that SET PARAM gave, or else the default, before anything else sees
 * it, so that its type is that of the value and it may stand wherever a literal must.
 */
final class ParamSyntax {
    private ParamSyntax() {}

    static boolean matches(SqlCall call) {
        return call.getOperator() instanceof SqlUnresolvedFunction function
                && function.getName().equalsIgnoreCase("PARAM");
    }

    /** What stands for the call, still to be rewritten itself. */
    static SqlNode value(SqlCall call, StatementCatalog catalog) {
        SqlParserPos position = call.getParserPosition();
        String place = " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")";
        int count = call.operandCount();
        if (count < 1 || count > 2 || !(call.operand(0) instanceof SqlCharStringLiteral literal)) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot call PARAM: it takes a name in quotes and perhaps a default" + place);
        }
        String name = literal.getValueAs(String.class);
        Optional<String> set = catalog.param(name);
        if (set.isPresent()) {
            return ((SqlLiteral) StatementParser.parseExpression(set.get())).clone(position);
        }
        if (count == 1) {
            throw new DatasetDbException(
                    SqlError.UNDEFINED_PARAM,
                    "Cannot read parameter " + name + ": it is not set and has no default"
                            + catalog.nearestParam(name)
                                    .map(nearest -> "; did you mean " + nearest + "?")
                                    .orElse("") + place);
        }
        SqlNode byDefault = call.operand(1);
        catalog.useDefault(
                name, byDefault instanceof SqlLiteral constant ? constant.toValue() : StatementParser.toSql(byDefault));
        return byDefault;
    }
}
