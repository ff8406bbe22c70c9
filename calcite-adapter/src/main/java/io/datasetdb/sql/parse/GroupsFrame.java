// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The frame {@code GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW} of a window, which counts groups of peers. Calcite knows ROWS
 * and RANGE only, so it is written as one of ROWS whose offsets are larger than any table: by that much they are too large.
 * Without offsets it is one of RANGE.
 */
public final class GroupsFrame {
    private static final BigDecimal MARK = BigDecimal.valueOf(1L << 62);

    /** Of a window, the operand that says whether its frame is one of rows. */
    private static final int IS_ROWS = 4;

    private GroupsFrame() {}

    /** Stands for the unit until the bounds are known. */
    public static SqlLiteral unit(SqlParserPos pos) {
        return SqlLiteral.createNull(pos);
    }

    /** The window, if need be with its frame written otherwise. */
    public static SqlWindow resolved(SqlWindow window) {
        SqlLiteral unit = window.operand(IS_ROWS);
        if (unit.getValue() != null) {
            return unit.booleanValue() ? unmarked(window) : window;
        }
        SqlParserPos pos = unit.getParserPosition();
        SqlNodeList order = window.getOrderList();
        if (order.isEmpty() && window.getRefName() == null) {
            throw SyntaxErrors.at(pos, "a frame in GROUPS takes an ORDER BY");
        }
        SqlNode lower = window.getLowerBound();
        SqlNode upper = window.getUpperBound() == null ? SqlWindow.createCurrentRow(pos) : window.getUpperBound();
        boolean counts = isOffset(lower) || isOffset(upper);
        return framed(
                window,
                SqlLiteral.createBoolean(counts, pos),
                counts ? marked(lower, true) : lower,
                counts ? marked(upper, false) : upper);
    }

    private static SqlWindow framed(
            SqlWindow window, SqlLiteral isRows, @Nullable SqlNode lower, @Nullable SqlNode upper) {
        return SqlWindow.create(
                null,
                window.getRefName(),
                window.getPartitionList(),
                window.getOrderList(),
                isRows,
                lower,
                upper,
                null,
                window.getExclude(),
                window.getParserPosition());
    }

    /** A frame of ROWS so wide that its offsets would count groups gets the widest that do not: no table is larger. */
    private static SqlWindow unmarked(SqlWindow window) {
        SqlNode lower = window.getLowerBound();
        SqlNode upper = window.getUpperBound();
        return isMarked(lower) || isMarked(upper)
                ? framed(window, window.operand(IS_ROWS), unmarked(lower), unmarked(upper))
                : window;
    }

    private static @Nullable SqlNode unmarked(@Nullable SqlNode bound) {
        return bound instanceof SqlCall call && isMarked(bound)
                ? call.getOperator()
                        .createCall(
                                call.getParserPosition(),
                                SqlLiteral.createExactNumeric(
                                        MARK.subtract(BigDecimal.ONE).toString(),
                                        call.operand(0).getParserPosition()))
                : bound;
    }

    private static boolean isMarked(@Nullable SqlNode bound) {
        return bound instanceof SqlCall call
                && call.operand(0) instanceof SqlNumericLiteral number
                && counts(number.bigDecimalValue());
    }

    private static boolean isOffset(@Nullable SqlNode bound) {
        return bound instanceof SqlCall;
    }

    private static @Nullable SqlNode marked(@Nullable SqlNode bound, boolean isLower) {
        if (bound instanceof SqlCall call) {
            if (!(call.operand(0) instanceof SqlNumericLiteral number) || !number.isInteger()) {
                throw SyntaxErrors.at(call.getParserPosition(), "a frame in GROUPS has whole numbers");
            }
            return call.getOperator().createCall(call.getParserPosition(), marked(number.bigDecimalValue(), call));
        }
        if (bound == null || !SqlWindow.isCurrentRow(bound)) {
            return bound;
        }
        SqlNode zero = marked(BigDecimal.ZERO, bound);
        SqlParserPos pos = bound.getParserPosition();
        return isLower ? SqlWindow.createPreceding(zero, pos) : SqlWindow.createFollowing(zero, pos);
    }

    private static SqlNode marked(BigDecimal count, SqlNode place) {
        return SqlLiteral.createExactNumeric(MARK.add(count).toString(), place.getParserPosition());
    }

    /** Whether an offset of a frame of ROWS counts groups. */
    public static boolean counts(BigDecimal offset) {
        return offset.compareTo(MARK) >= 0;
    }

    /** How many groups such an offset counts. */
    public static BigDecimal groups(BigDecimal offset) {
        return offset.subtract(MARK);
    }
}
