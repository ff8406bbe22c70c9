// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/**
 * Interval literals, also those of PostgreSQL whose units are inside the string: {@code INTERVAL '1 year 2 months'},
 * {@code INTERVAL '3 days 04:05:06.5'}, {@code INTERVAL '90 minutes ago'}.
 *
 * <p>The standard has intervals of months and intervals of seconds but none of both. A literal of both becomes their
 * sum, which is good for adding to a time and for nothing else.
 */
public final class Intervals {
    private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);

    /** Quantities of months. */
    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("month", 1),
            Map.entry("mon", 1),
            Map.entry("quarter", 3),
            Map.entry("year", 12),
            Map.entry("yr", 12),
            Map.entry("y", 12),
            Map.entry("decade", 120),
            Map.entry("century", 1200),
            Map.entry("centurie", 1200),
            Map.entry("millennium", 12_000));

    /** Quantities of seconds. */
    private static final Map<String, BigDecimal> SECONDS = Map.ofEntries(
            Map.entry("microsecond", new BigDecimal("0.000001")),
            Map.entry("us", new BigDecimal("0.000001")),
            Map.entry("millisecond", new BigDecimal("0.001")),
            Map.entry("ms", new BigDecimal("0.001")),
            Map.entry("second", BigDecimal.ONE),
            Map.entry("sec", BigDecimal.ONE),
            Map.entry("s", BigDecimal.ONE),
            Map.entry("minute", BigDecimal.valueOf(60)),
            Map.entry("min", BigDecimal.valueOf(60)),
            Map.entry("m", BigDecimal.valueOf(60)),
            Map.entry("hour", BigDecimal.valueOf(3600)),
            Map.entry("hr", BigDecimal.valueOf(3600)),
            Map.entry("h", BigDecimal.valueOf(3600)),
            Map.entry("day", SECONDS_OF_DAY),
            Map.entry("d", SECONDS_OF_DAY),
            Map.entry("week", SECONDS_OF_DAY.multiply(BigDecimal.valueOf(7))),
            Map.entry("w", SECONDS_OF_DAY.multiply(BigDecimal.valueOf(7))));

    private static final Pattern PART = Pattern.compile(
            "\\s*(?:([+-]?)(\\d{1,9}):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d*)?))?(?![\\d:.])|([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))\\s*([a-zA-Z]+))\\s*,?");

    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal seconds = BigDecimal.ZERO;
    private boolean hasMonths;
    private boolean hasSeconds;
    private boolean wholeDays = true;

    private Intervals() {}

    /** The qualifier of an interval that names no units. */
    public static SqlIntervalQualifier qualifier(SqlParserPos pos) {
        return new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, pos);
    }

    /** A literal of the standard, or one whose string has its own units although a qualifier follows. */
    public static SqlLiteral literal(SqlParserPos pos, int sign, String text, SqlIntervalQualifier qualifier) {
        return SqlParserUtil.parseIntervalLiteral(pos, sign, text, qualifier);
    }

    /** A literal without a qualifier; a number alone counts seconds. */
    public static SqlNode parse(SqlParserPos pos, int sign, String text) {
        Intervals interval = new Intervals();
        if (!interval.read(text.strip())) {
            throw SyntaxErrors.at(pos, "'" + text + "' is not an interval such as '1 day 02:03:04' or '2 months'");
        }
        return interval.toNode(pos, sign);
    }

    private boolean read(String text) {
        if (text.matches("[+-]?\\d+(\\.\\d*)?")) {
            add(new BigDecimal(text), "second");
            return true;
        }
        if (text.matches("[+-]?\\d{1,9}-\\d{1,2}")) {
            int dash = text.indexOf('-', 1);
            int rest = Integer.parseInt(text.substring(dash + 1));
            add(new BigDecimal(text.substring(0, dash)), "year");
            add(BigDecimal.valueOf(text.startsWith("-") ? -rest : rest), "month");
            return true;
        }
        boolean ago = text.toLowerCase(Locale.ROOT).endsWith(" ago");
        String body = ago ? text.substring(0, text.length() - " ago".length()) : text;
        // '3 04:05:06' has its days without a word.
        body = body.replaceFirst("^([+-]?\\d+)\\s+(\\d{1,9}:)", "$1 days $2");
        if (!readParts(body)) {
            return false;
        }
        if (ago) {
            months = months.negate();
            seconds = seconds.negate();
        }
        return true;
    }

    private boolean readParts(String body) {
        Matcher part = PART.matcher(body);
        int end = 0;
        while (end < body.length() && part.find(end) && part.start() == end) {
            end = part.end();
            if (part.group(5) == null) {
                addTime(part);
            } else if (!add(new BigDecimal(part.group(5)), part.group(6).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return end > 0 && end == body.length();
    }

    private void addTime(Matcher part) {
        BigDecimal fraction = part.group(4) == null ? BigDecimal.ZERO : new BigDecimal(part.group(4));
        long minutes = Long.parseLong(part.group(2)) * 60 + Long.parseLong(part.group(3));
        BigDecimal total = fraction.add(BigDecimal.valueOf(minutes * 60));
        add(part.group(1).equals("-") ? total.negate() : total, "second");
    }

    private boolean add(BigDecimal quantity, String unit) {
        String singular = unit.length() > 2 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
        Integer inMonths = MONTHS.get(singular);
        if (inMonths != null) {
            months = months.add(quantity.multiply(BigDecimal.valueOf(inMonths)));
            hasMonths = true;
            return months.stripTrailingZeros().scale() <= 0;
        }
        BigDecimal inSeconds = SECONDS.get(singular);
        if (inSeconds == null) {
            return false;
        }
        seconds = seconds.add(quantity.multiply(inSeconds));
        hasSeconds = true;
        wholeDays &= inSeconds.compareTo(SECONDS_OF_DAY) >= 0;
        return true;
    }

    private SqlNode toNode(SqlParserPos pos, int sign) {
        if (!hasMonths) {
            return daysAndTime(pos, sign);
        }
        return hasSeconds
                ? SqlStdOperatorTable.PLUS.createCall(pos, yearsAndMonths(pos, sign), daysAndTime(pos, sign))
                : yearsAndMonths(pos, sign);
    }

    private SqlNode yearsAndMonths(SqlParserPos pos, int sign) {
        String text = months.abs().toBigInteger().toString();
        int direction = months.signum() < 0 ? -sign : sign;
        return SqlLiteral.createInterval(direction, text, new SqlIntervalQualifier(TimeUnit.MONTH, null, pos), pos);
    }

    private SqlIntervalLiteral daysAndTime(SqlParserPos pos, int sign) {
        BigDecimal[] split = seconds.abs().divideAndRemainder(SECONDS_OF_DAY);
        String days = split[0].toBigInteger().toString();
        int direction = seconds.signum() < 0 ? -sign : sign;
        if (wholeDays && split[1].signum() == 0) {
            return SqlLiteral.createInterval(direction, days, new SqlIntervalQualifier(TimeUnit.DAY, null, pos), pos);
        }
        BigDecimal micros = split[1].setScale(6, java.math.RoundingMode.HALF_UP);
        long whole = micros.longValue();
        String time = String.format(
                Locale.ROOT,
                "%s %02d:%02d:%02d.%06d",
                days,
                whole / 3600,
                whole / 60 % 60,
                whole % 60,
                micros.remainder(BigDecimal.ONE).movePointRight(6).longValue());
        return SqlLiteral.createInterval(direction, time, qualifier(pos), pos);
    }
}
