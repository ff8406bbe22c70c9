// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.sql.kernel.time.TimeParser;
import io.datasetdb.sql.kernel.time.TimeText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Times as other databases write them, put as {@link TimeOperators} and Calcite know them.
 *
 * <ul>
 *   <li>Units as strings: {@code date_trunc('month', x)}, {@code date_part('year', x)}, {@code date_diff('day', a, b)};
 *   <li>{@code now()}, {@code today()}, {@code date_add(x, INTERVAL …)}, {@code date_sub(x, INTERVAL …)}, {@code date_sub('day', a, b)};
 *   <li>{@code x + INTERVAL '1 month 2 days'}, which is x plus one interval plus another;
 *   <li>DATE, TIME and TIMESTAMP literals without seconds or with T and Z;
 *   <li>interval literals with microseconds, of which Calcite keeps the milliseconds only.
 * </ul>
 */
final class TimeSyntax {
    private static final Map<String, TimeUnit> UNITS = Map.ofEntries(
            Map.entry("DAYOFWEEK", TimeUnit.DOW),
            Map.entry("WEEKDAY", TimeUnit.DOW),
            Map.entry("DAYOFYEAR", TimeUnit.DOY),
            Map.entry("WEEKOFYEAR", TimeUnit.WEEK),
            Map.entry("MON", TimeUnit.MONTH),
            Map.entry("YR", TimeUnit.YEAR),
            Map.entry("HR", TimeUnit.HOUR),
            Map.entry("MIN", TimeUnit.MINUTE),
            Map.entry("SEC", TimeUnit.SECOND),
            Map.entry("MSEC", TimeUnit.MILLISECOND),
            Map.entry("MS", TimeUnit.MILLISECOND),
            Map.entry("USEC", TimeUnit.MICROSECOND),
            Map.entry("US", TimeUnit.MICROSECOND),
            Map.entry("CENTURIE", TimeUnit.CENTURY));

    /** Literals have fields of as many digits at most, expressions of more. */
    private static final int MAX_INTERVAL_DIGITS = 10;

    private TimeSyntax() {}

    /** The call to put in its place, which may be the call itself. Its operands are rewritten already. */
    static SqlNode rewrite(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        if (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS) {
            return call.operandCount() == 2 ? mixed(call) : call;
        }
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "NOW", "TRANSACTION_TIMESTAMP", "GET_CURRENT_TIMESTAMP" ->
                call.operandCount() == 0 ? SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(position) : call;
            case "TODAY" -> call.operandCount() == 0 ? SqlStdOperatorTable.CURRENT_DATE.createCall(position) : call;
            case "DAY" -> part(call, TimeUnit.DAY);
            case "ISODOW" -> part(call, TimeUnit.ISODOW);
            case "DATE_TRUNC" -> withUnit(call, 2) ? truncation(call) : call;
            case "DATE_PART", "DATEPART" ->
                withUnit(call, 2)
                        ? SqlStdOperatorTable.EXTRACT.createCall(position, unit(call), call.operand(1))
                        : call;
            case "DATE_DIFF", "DATEDIFF" -> difference(call, TimeOperators.DATE_DIFF);
            case "TIMESTAMPDIFF", "TIMESTAMP_DIFF", "DATETIME_DIFF" -> difference(call, TimeOperators.TIMESTAMPDIFF);
            case "DATE_ADD" -> hasInterval(call) ? sum(SqlStdOperatorTable.PLUS, call) : call;
            case "DATE_SUB", "DATESUB" ->
                call.operandCount() == 3
                        ? difference(call, TimeOperators.TIMESTAMPDIFF)
                        : hasInterval(call) ? sum(SqlStdOperatorTable.MINUS, call) : call;
            case "INTERVAL" -> literal(call);
            default -> call;
        };
    }

    /** {@code INTERVAL 1 DAY} as the literal that it is, which may stand where expressions may not. */
    private static SqlNode literal(SqlCall interval) {
        boolean isLiteral = interval.getKind() == SqlKind.INTERVAL
                && interval.operand(0) instanceof SqlNumericLiteral number
                && number.isInteger()
                && number.bigDecimalValue().precision() <= MAX_INTERVAL_DIGITS
                && interval.operand(1) instanceof SqlIntervalQualifier;
        return isLiteral
                ? SqlLiteral.createInterval(
                        1, interval.operand(0).toString(), interval.operand(1), interval.getParserPosition())
                : interval;
    }

    /** {@code DAY(x)}, of which Calcite has the name as a unit only. */
    private static SqlNode part(SqlCall call, TimeUnit unit) {
        SqlParserPos position = call.getParserPosition();
        return call.operandCount() == 1 && call.getOperator() instanceof SqlUnresolvedFunction
                ? SqlStdOperatorTable.EXTRACT.createCall(
                        position, new SqlIntervalQualifier(unit, null, position), call.operand(0))
                : call;
    }

    /** The unit of {@code EXTRACT(microseconds FROM x)}, which Calcite knows in the singular. */
    static SqlIntervalQualifier rewrite(SqlIntervalQualifier qualifier) {
        TimeUnit unit = qualifier.timeFrameName == null ? null : unit(qualifier.timeFrameName);
        return unit == null ? qualifier : new SqlIntervalQualifier(unit, null, qualifier.getParserPosition());
    }

    /** The literal as a cast, if Calcite would cut it. */
    static SqlNode rewrite(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value =
                Objects.requireNonNull(literal.getValueAs(SqlIntervalLiteral.IntervalValue.class));
        String text = value.getIntervalLiteral();
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() - dot <= 4 || !text.substring(dot + 1).matches("\\d{4,6}")) {
            return literal;
        }
        long seconds = Math.abs(literal.getValueAs(Long.class)) / 1000;
        String whole = seconds / 3600 + ":" + seconds / 60 % 60 + ":" + seconds % 60 + text.substring(dot);
        boolean negative = value.getSign() < 0 != text.startsWith("-");
        SqlParserPos position = literal.getParserPosition();
        return SqlStdOperatorTable.CAST.createCall(
                position,
                SqlLiteral.createCharString((negative ? "-" : "") + whole, position),
                new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, position));
    }

    /** Literals in any form that a cast would read: in the one that Calcite reads, or as that cast. */
    static SqlNode rewrite(SqlUnknownLiteral literal) {
        String text = Objects.requireNonNull(literal.getValueAs(String.class));
        String tag = literal.tag.toUpperCase(Locale.ROOT);
        if (tag.equals("UUID")) {
            return cast(literal, text, SqlTypeName.UUID);
        }
        if (tag.startsWith("TIMESTAMP WITH ")) {
            return cast(literal, text, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
        }
        try {
            String normal = switch (tag) {
                case "DATE" -> TimeText.date(TimeParser.date(text));
                case "TIME" -> TimeText.time(TimeParser.time(text));
                case "TIMESTAMP" -> TimeText.timestamp(TimeParser.timestamp(text));
                default -> text;
            };
            if (normal.compareTo("1582-10-05") >= 0 && normal.compareTo("1582-10-15") < 0) {
                // Calcite's literals follow a calendar that lacks these days.
                return cast(literal, normal, SqlTypeName.valueOf(tag));
            }
            boolean inYears = !normal.startsWith("-") && normal.indexOf('-') <= 4;
            return inYears ? SqlLiteral.createUnknown(literal.tag, normal, literal.getParserPosition()) : literal;
        } catch (Unconvertible | ArithmeticException e) {
            // The validator says what is wrong.
            return literal;
        }
    }

    private static SqlNode cast(SqlUnknownLiteral literal, String text, SqlTypeName name) {
        SqlParserPos position = literal.getParserPosition();
        return SqlStdOperatorTable.CAST.createCall(
                position,
                SqlLiteral.createCharString(text, position),
                new SqlDataTypeSpec(new SqlBasicTypeNameSpec(name, position), position));
    }

    private static SqlNode mixed(SqlCall call) {
        if (isMixed(call.operand(1)) && !isInterval(call.operand(0))) {
            return addBoth(call, call.operand(0), call.operand(1));
        }
        boolean swapped = call.getKind() == SqlKind.PLUS && isMixed(call.operand(0)) && !isInterval(call.operand(1));
        return swapped ? addBoth(call, call.operand(1), call.operand(0)) : call;
    }

    private static SqlNode addBoth(SqlCall call, SqlNode time, SqlCall intervals) {
        SqlOperator operator = call.getOperator();
        SqlParserPos position = call.getParserPosition();
        SqlNode first = operator.createCall(position, time, intervals.operand(0));
        return operator.createCall(position, first, intervals.operand(1));
    }

    private static boolean isMixed(SqlNode node) {
        return node.getKind() == SqlKind.PLUS
                && node instanceof SqlCall sum
                && sum.operandCount() == 2
                && sum.operand(0) instanceof SqlIntervalLiteral months
                && isInterval(sum.operand(1))
                && months.getTypeName().isYearMonth();
    }

    private static boolean isInterval(SqlNode node) {
        return node instanceof SqlIntervalLiteral
                || node.getKind() == SqlKind.INTERVAL
                || node.getKind() == SqlKind.CAST && ((SqlCall) node).operand(1) instanceof SqlIntervalQualifier
                || isMixed(node);
    }

    private static boolean hasInterval(SqlCall call) {
        return call.operandCount() == 2 && isInterval(call.operand(1));
    }

    private static SqlNode sum(SqlOperator operator, SqlCall call) {
        return rewrite(operator.createCall(call.getParserPosition(), call.getOperandList()));
    }

    private static boolean withUnit(SqlCall call, int operands) {
        return call.operandCount() == operands && call.operand(0) instanceof SqlCharStringLiteral;
    }

    private static SqlNode truncation(SqlCall call) {
        return SqlStdOperatorTable.FLOOR.createCall(call.getParserPosition(), call.operand(1), unit(call));
    }

    /** From (unit, from, to), or (to, from, unit) as BigQuery has it. */
    private static SqlNode difference(SqlCall call, SqlOperator operator) {
        if (call.operandCount() != 3) {
            return call;
        }
        if (call.operand(2) instanceof SqlIntervalQualifier unit) {
            return operator.createCall(call.getParserPosition(), unit, call.operand(1), call.operand(0));
        }
        SqlNode unit = withUnit(call, 3) ? unit(call) : call.operand(0);
        return unit instanceof SqlIntervalQualifier
                ? operator.createCall(call.getParserPosition(), List.of(unit, call.operand(1), call.operand(2)))
                : call;
    }

    private static SqlIntervalQualifier unit(SqlCall call) {
        SqlCharStringLiteral literal = call.operand(0);
        String name = literal.getValueAs(String.class).strip();
        TimeUnit unit = unit(name);
        if (unit == null) {
            throw new DatasetDbException(
                    SqlError.INVALID_STATEMENT,
                    "Cannot call " + call.getOperator().getName() + ": there is no unit "
                            + name.toUpperCase(Locale.ROOT) + " (at line "
                            + literal.getParserPosition().getLineNum() + ", column "
                            + literal.getParserPosition().getColumnNum() + ")");
        }
        return new SqlIntervalQualifier(unit, null, literal.getParserPosition());
    }

    private static @Nullable TimeUnit unit(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        String singular = name.length() > 3 && name.endsWith("S") ? name.substring(0, name.length() - 1) : name;
        return Arrays.stream(TimeUnit.values())
                .filter(candidate -> candidate.name().equals(singular))
                .findFirst()
                .orElseGet(() -> UNITS.get(singular));
    }
}
