// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.udf.internal.time.PercentFormat;
import io.datasetdb.udf.internal.time.TemplateFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of dates and times, all to the microsecond. */
public final class TimeFunctions {
    private static final long MICROS = 1_000_000;

    private TimeFunctions() {}

    private static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC);
    }

    private static long micros(LocalDateTime time) {
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS), time.getNano() / 1000);
    }

    @ScalarFunction
    @Description("A time as text by codes such as %Y-%m-%d %H:%M:%S.%f, which are those of DuckDB.")
    @Example("strftime(TIMESTAMP '2024-01-31 12:34:56.5', '%d.%m.%Y %f') = '31.01.2024 500000'")
    public static String strftime(@SqlType("TIMESTAMP") long time, String format) {
        return PercentFormat.format(time(time), format);
    }

    @ScalarFunction
    @Description("A day as text by codes such as %Y-%m-%d, which are those of DuckDB.")
    @Example("strftime(DATE '2024-01-31', '%d.%m.%Y') = '31.01.2024'")
    public static String strftime(LocalDate day, String format) {
        return PercentFormat.format(day.atStartOfDay(), format);
    }

    @ScalarFunction
    @Description("The time that a text says by codes such as %Y-%m-%d %H:%M:%S.%f, which are those of DuckDB.")
    @Example("strptime('31.01.2024', '%d.%m.%Y') = TIMESTAMP '2024-01-31 00:00:00'")
    @SqlType("TIMESTAMP")
    public static long strptime(String text, String format) {
        return parsed(PercentFormat.parse(text, format), text, format);
    }

    @ScalarFunction
    @Description("As strptime, but NULL if the text does not have the format.")
    @Example("try_strptime('x', '%d.%m.%Y') = NULL")
    public static @Nullable LocalDateTime tryStrptime(String text, String format) {
        return PercentFormat.parse(text, format);
    }

    @ScalarFunction
    @Description("A time as text by a template such as YYYY-MM-DD HH24:MI:SS.US, which is that of PostgreSQL.")
    @Example("to_char(TIMESTAMP '2024-01-31 12:34:56.5', 'DD.MM.YYYY US') = '31.01.2024 500000'")
    public static String toChar(@SqlType("TIMESTAMP") long time, String format) {
        return TemplateFormat.format(time(time), format);
    }

    @ScalarFunction
    @Description("A day as text by a template such as YYYY-MM-DD, which is that of PostgreSQL.")
    @Example("to_char(DATE '2024-01-31', 'FMDay, DD Mon YY') = 'Wednesday, 31 Jan 24'")
    public static String toChar(LocalDate day, String format) {
        return TemplateFormat.format(day.atStartOfDay(), format);
    }

    @ScalarFunction
    @Description(
            "The time that a text says by a template such as YYYY-MM-DD HH24:MI:SS.US, which is that of PostgreSQL.")
    @Example("to_timestamp('31.01.2024', 'DD.MM.YYYY') = TIMESTAMP '2024-01-31 00:00:00'")
    @SqlType("TIMESTAMP WITH LOCAL TIME ZONE")
    public static long toTimestamp(String text, String format) {
        return parsed(TemplateFormat.parse(text, format), text, format);
    }

    @ScalarFunction
    @Description("The time so many seconds after the start of 1970.")
    @Example("to_timestamp(1706659200.5) = TIMESTAMP '2024-01-31 00:00:00.5'")
    @SqlType("TIMESTAMP WITH LOCAL TIME ZONE")
    public static long toTimestamp(double seconds) {
        double micros = Math.rint(seconds * MICROS);
        if (!(Math.abs(micros) < Long.MAX_VALUE)) {
            throw bad("Cannot make a time: so many seconds are out of range (" + seconds + ")");
        }
        return (long) micros;
    }

    @ScalarFunction
    @Description("The moment at which clocks in a time zone show a time; time AT TIME ZONE zone is the same.")
    @Example("timezone('America/New_York', TIMESTAMP '2024-01-31 07:00:00') = TIMESTAMP '2024-01-31 12:00:00'")
    @SqlType("TIMESTAMP WITH LOCAL TIME ZONE")
    public static long timezone(String zone, @SqlType("TIMESTAMP") long time) {
        // a time that clocks skip is as long after the last one that they show as it says
        return micros(time(time)
                .atZone(zone(zone))
                .withZoneSameInstant(ZoneOffset.UTC)
                .toLocalDateTime());
    }

    @ScalarFunction("timezone")
    @Description("The time that clocks in a time zone show at a moment; moment AT TIME ZONE zone is the same.")
    @Example("timezone('America/New_York', TIMESTAMP WITH LOCAL TIME ZONE '2024-01-31 12:00:00')"
            + " = TIMESTAMP '2024-01-31 07:00:00'")
    @SqlType("TIMESTAMP")
    public static long timezoneOfMoment(String zone, @SqlType("TIMESTAMP WITH LOCAL TIME ZONE") long moment) {
        LocalDateTime utc = time(moment);
        return micros(utc.plusSeconds(
                zone(zone).getRules().getOffset(utc.toInstant(ZoneOffset.UTC)).getTotalSeconds()));
    }

    /** By name only: the sign of an offset means east to some and west to others. */
    private static ZoneId zone(String name) {
        try {
            if (!name.startsWith("+") && !name.startsWith("-")) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            throw bad("Cannot shift a time: there is no such time zone (" + name + ")");
        }
        throw bad("Cannot shift a time: a time zone has a name such as Europe/Berlin (" + name + ")");
    }

    private static long parsed(@Nullable LocalDateTime time, String text, String format) {
        if (time == null) {
            throw bad("Cannot read a time: '" + text + "' does not have the format '" + format + "'");
        }
        return micros(time);
    }

    @ScalarFunction
    @Description("The date of a year, a month and a day.")
    @Example("make_date(2024, 1, 31) = DATE '2024-01-31'")
    public static LocalDate makeDate(long year, long month, long day) {
        try {
            return LocalDate.of(Math.toIntExact(year), Math.toIntExact(month), Math.toIntExact(day));
        } catch (DateTimeException | ArithmeticException e) {
            throw bad("Cannot make a date: there is no such day (" + year + "-" + month + "-" + day + ")");
        }
    }

    @ScalarFunction
    @Description("The time of a year, a month, a day, an hour, a minute and seconds.")
    @Example("make_timestamp(2024, 1, 31, 0, 0, 1.5) = TIMESTAMP '2024-01-31 00:00:01.5'")
    @SqlType("TIMESTAMP")
    public static long makeTimestamp(long year, long month, long day, long hour, long minute, double second) {
        long days = makeDate(year, month, day).toEpochDay();
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) {
            throw bad("Cannot make a time: there is no such time (" + hour + ":" + minute + ":" + second + ")");
        }
        long minutes = Math.addExact(Math.multiplyExact(days, 1440), hour * 60 + minute);
        return Math.addExact(Math.multiplyExact(minutes, 60 * MICROS), Math.round(second * MICROS));
    }

    @ScalarFunction
    @Description("The seconds since the start of 1970, with a fraction.")
    @Example("epoch(TIMESTAMP '1970-01-01 00:00:01.5') = 1.5")
    public static double epoch(@SqlType("TIMESTAMP") long time) {
        return time / (double) MICROS;
    }

    @ScalarFunction
    @Description("The seconds between the start of 1970 and that of a day.")
    @Example("epoch(DATE '1970-01-02') = 86400.0")
    public static double epoch(LocalDate day) {
        return day.toEpochDay() * 86_400.0;
    }

    @ScalarFunction({"epoch_ms", "unix_millis"})
    @Description("The whole milliseconds since the start of 1970.")
    @Example("epoch_ms(TIMESTAMP '1970-01-01 00:00:01.5') = 1500")
    public static long epochMs(@SqlType("TIMESTAMP") long time) {
        return Math.floorDiv(time, 1000);
    }

    @ScalarFunction("epoch_ms")
    @Description("The time so many milliseconds after the start of 1970.")
    @Example("epoch_ms(1500) = TIMESTAMP '1970-01-01 00:00:01.5'")
    @SqlType("TIMESTAMP")
    public static long epochMsTime(long milliseconds) {
        return Math.multiplyExact(milliseconds, 1000);
    }

    @ScalarFunction({"epoch_us", "unix_micros"})
    @Description("The microseconds since the start of 1970.")
    @Example("epoch_us(TIMESTAMP '1970-01-01 00:00:01.5') = 1500000")
    public static long epochUs(@SqlType("TIMESTAMP") long time) {
        return time;
    }

    @ScalarFunction({"timestamp_micros", "make_timestamp"})
    @Description("The time so many microseconds after the start of 1970.")
    @Example("timestamp_micros(1500000) = TIMESTAMP '1970-01-01 00:00:01.5'")
    @SqlType("TIMESTAMP")
    public static long timestampMicros(long microseconds) {
        return microseconds;
    }

    @ScalarFunction
    @Description("The English name of a day's month.")
    @Example("monthname(DATE '2024-01-31') = 'January'")
    public static String monthname(LocalDate day) {
        return day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    @ScalarFunction
    @Description("The English name of a time's month.")
    @Example("monthname(TIMESTAMP '2024-01-31 00:00:00') = 'January'")
    public static String monthname(@SqlType("TIMESTAMP") long time) {
        return monthname(time(time).toLocalDate());
    }

    @ScalarFunction
    @Description("The English name of a day of the week.")
    @Example("dayname(DATE '2024-01-31') = 'Wednesday'")
    public static String dayname(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    @ScalarFunction
    @Description("The English name of a time's day of the week.")
    @Example("dayname(TIMESTAMP '2024-01-31 00:00:00') = 'Wednesday'")
    public static String dayname(@SqlType("TIMESTAMP") long time) {
        return dayname(time(time).toLocalDate());
    }

    private static DatasetDbException bad(String sentence) {
        return new DatasetDbException(UdfError.BAD_ARGUMENT, sentence);
    }
}
