// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.math.BigInteger;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Whole numbers in forms that standard SQL got late: {@code 1_000_000} and {@code 0xFF}. */
public final class Numbers {
    private Numbers() {}

    /** How many of something, by digits; what a BIGINT cannot hold is refused. */
    public static SqlNumericLiteral count(String digits, SqlParserPos pos) {
        if (new BigInteger(digits).bitLength() >= Long.SIZE) {
            throw SyntaxErrors.at(pos, "the number is too large (" + digits + ")");
        }
        return SqlLiteral.createExactNumeric(digits, pos);
    }

    /** The number that a word of digits means. */
    public static SqlNumericLiteral literal(String image, SqlParserPos pos) {
        boolean hexadecimal = image.startsWith("0x") || image.startsWith("0X");
        BigInteger value =
                hexadecimal ? new BigInteger(image.substring(2), 16) : new BigInteger(image.replace("_", ""));
        return SqlLiteral.createExactNumeric(value.toString(), pos);
    }
}
