// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.math.BigDecimal;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A part of the rows of a table, taken by chance. The operands of a call: the table, how much, as a call of
 * {@link #PERCENT} or {@link #ROWS}, and the seed, a NULL literal if none is given.
 */
public final class SampleClause extends SqlSpecialOperator {
    /** So many of a hundred rows. */
    public static final SqlOperator PERCENT = new Unit("PERCENT");

    /** So many rows. */
    public static final SqlOperator ROWS = new Unit("ROWS");

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    SampleClause(String name) {
        super(name, SqlKind.OTHER);
    }

    private static final class Unit extends SqlSpecialOperator {
        Unit(String name) {
            super(name, SqlKind.OTHER);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            call.operand(0).unparse(writer, 0, 0);
            writer.keyword(getName());
        }
    }

    /**
     * The clause as it was written.
     *
     * @param size a number, or a number with its unit
     */
    public static SqlCall of(
            SqlOperator operator,
            SqlParserPos pos,
            @Nullable SqlNode table,
            @Nullable SqlIdentifier method,
            SqlNode size,
            @Nullable SqlNode seed) {
        if (table == null) {
            throw SyntaxErrors.at(size.getParserPosition(), "there are no rows to take a sample of");
        }
        boolean rows = method == null || isOfRows(method);
        SqlCall sized = size instanceof SqlCall known
                ? known
                : (rows ? ROWS : PERCENT).createCall(size.getParserPosition(), size);
        if (!rows && sized.getOperator().equals(ROWS)) {
            throw SyntaxErrors.at(size.getParserPosition(), "only RESERVOIR takes a number of rows");
        }
        check(sized);
        return operator.createCall(
                pos, table, sized, seed == null ? SqlLiteral.createNull(SqlParserPos.ZERO) : integer(seed, "a seed"));
    }

    private static boolean isOfRows(SqlIdentifier method) {
        return switch (method.getSimple().toUpperCase(Locale.ROOT)) {
            case "BERNOULLI", "SYSTEM" -> false;
            case "RESERVOIR" -> true;
            default ->
                throw SyntaxErrors.at(
                        method.getParserPosition(), "a sample is taken by BERNOULLI, SYSTEM or RESERVOIR");
        };
    }

    private static void check(SqlCall size) {
        if (size.getOperator().equals(ROWS)) {
            integer(size.operand(0), "a number of rows");
        } else if (size.<SqlNumericLiteral>operand(0).bigDecimalValue().compareTo(HUNDRED) > 0) {
            throw SyntaxErrors.at(size.getParserPosition(), "a sample has between 0 and 100 percent");
        }
    }

    private static SqlNode integer(SqlNode number, String what) {
        if (!((SqlNumericLiteral) number).isInteger()) {
            throw SyntaxErrors.at(number.getParserPosition(), what + " is a whole number");
        }
        return number;
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        call.operand(0).unparse(writer, leftPrec, 0);
        writer.keyword(getName());
        call.operand(1).unparse(writer, 0, 0);
        if (call.operand(2) instanceof SqlNumericLiteral seed) {
            writer.keyword("REPEATABLE");
            SqlWriter.Frame frame = writer.startList("(", ")");
            seed.unparse(writer, 0, 0);
            writer.endList(frame);
        }
    }
}
