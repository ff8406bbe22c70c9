// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** What a type may be declared as: Calcite quietly takes the widest DECIMAL for one that is wider. */
final class TypeLimits {
    private static final int DIGITS = 38;

    private TypeLimits() {}

    /** Fails for a DECIMAL of more than 38 digits, or of more fraction digits than digits. */
    static void check(SqlDataTypeSpec type) {
        if (!(type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)
                || !SqlTypeName.DECIMAL.getName().equals(basic.getTypeName().getSimple())) {
            return;
        }
        String reason = basic.getPrecision() > DIGITS
                ? "it has at most " + DIGITS + " digits"
                : basic.getPrecision() > 0 && basic.getScale() > basic.getPrecision()
                        ? "it has more fraction digits than digits"
                        : null;
        if (reason != null) {
            SqlParserPos position = type.getParserPosition();
            throw new DatasetDbException(
                    SqlError.INVALID_STATEMENT,
                    "Cannot use type DECIMAL(" + basic.getPrecision() + ", " + Math.max(0, basic.getScale()) + "): "
                            + reason + " (at line " + position.getLineNum() + ", column " + position.getColumnNum()
                            + ")");
        }
    }
}
