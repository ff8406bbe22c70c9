// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.calendar;

import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {
    private static Literal timestamp(String text) {
        return lit(LocalDateTime.parse(text), DataType.TIMESTAMP);
    }

    private static @Nullable Object extract(DatePart part, Literal value) {
        return Eval.one(Extract.of(part, value, DataType.BIGINT));
    }

    /** Expected values as PostgreSQL 16 gives them (years before 1 are astronomical here). */
    @ParameterizedTest
    @CsvSource({
        "2001-02-16T20:38:40.123456, CENTURY, 21",
        "2000-12-31T00:00:00, CENTURY, 20",
        "2001-02-16T20:38:40, MILLENNIUM, 3",
        "2000-02-16T20:38:40, MILLENNIUM, 2",
        "2001-02-16T20:38:40, DECADE, 200",
        "2001-02-16T20:38:40, YEAR, 2001",
        "2006-01-01T00:00:00, ISOYEAR, 2005",
        "2006-01-01T00:00:00, WEEK, 52",
        "2012-12-31T00:00:00, WEEK, 1",
        "2001-02-16T20:38:40, QUARTER, 1",
        "2001-12-16T20:38:40, QUARTER, 4",
        "2001-02-16T20:38:40, MONTH, 2",
        "2001-02-16T20:38:40, DAY, 16",
        "2001-02-16T20:38:40, DOW, 5",
        "2001-02-18T20:38:40, DOW, 0",
        "2001-02-18T20:38:40, ISODOW, 7",
        "2001-02-16T20:38:40, DOY, 47",
        "2024-12-31T00:00:00, DOY, 366",
        "2001-02-16T20:38:40, HOUR, 20",
        "2001-02-16T20:38:40, MINUTE, 38",
        "2001-02-16T20:38:40.9, SECOND, 40",
        "2001-02-16T20:38:28.5, MILLISECOND, 28500",
        "2001-02-16T20:38:28.5, MICROSECOND, 28500000",
        "1969-12-31T23:59:59.5, EPOCH, -1",
        "1969-12-31T23:59:59.5, SECOND, 59",
        "1969-12-31T23:59:59.5, HOUR, 23",
        "1582-10-10T01:00:00, DAY, 10",
        "0001-01-01T00:00:00, CENTURY, 1",
        "0000-06-01T00:00:00, CENTURY, -1",
        "0000-06-01T00:00:00, YEAR, 0",
        "-0001-06-01T00:00:00, YEAR, -1",
        "-0001-06-01T00:00:00, DECADE, -1",
        "-0099-06-01T00:00:00, CENTURY, -1",
        "-0100-06-01T00:00:00, CENTURY, -2",
        "9999-12-31T23:59:59, YEAR, 9999"
    })
    void extractsFromTimestamps(String text, DatePart part, long expected) {
        assertThat(extract(part, timestamp(text))).isEqualTo(expected);
        Literal date = lit(LocalDateTime.parse(text).toLocalDate(), DataType.DATE);
        boolean isTime = part.micros() > 0 && part.micros() < 86_400_000_000L;
        if (isTime) {
            assertThat(extract(part, date)).isEqualTo(0L);
        } else if (part != DatePart.EPOCH) {
            assertThat(extract(part, date)).isEqualTo(expected);
        }
    }

    @Test
    void extractsFractionsIntoTypesThatHaveRoom() {
        Literal value = timestamp("2001-02-16T20:38:40.123456");
        assertThat(Eval.one(Extract.of(DatePart.SECOND, value, DataType.DOUBLE)))
                .isEqualTo(40.123456);
        assertThat(Eval.one(Extract.of(DatePart.MILLISECOND, value, DataType.decimal(12, 3))))
                .isEqualTo(new BigDecimal("40123.456"));
        assertThat(Eval.one(Extract.of(DatePart.EPOCH, value, DataType.DOUBLE))).isEqualTo(982355920.123456);
    }

    @Test
    void extractsFromTimesAndIntervals() {
        assertThat(extract(DatePart.MINUTE, lit(LocalTime.of(23, 59, 1), DataType.TIME)))
                .isEqualTo(59L);
        Literal months = lit(Period.ofMonths(-27), DataType.INTERVAL_MONTH);
        assertThat(extract(DatePart.YEAR, months)).isEqualTo(-2L);
        assertThat(extract(DatePart.MONTH, months)).isEqualTo(-3L);
        Literal days = lit(Duration.ofHours(-51).minusSeconds(7), DataType.INTERVAL_DAY);
        assertThat(extract(DatePart.DAY, days)).isEqualTo(-2L);
        assertThat(extract(DatePart.HOUR, days)).isEqualTo(-3L);
        assertThat(extract(DatePart.SECOND, days)).isEqualTo(-7L);
        assertThat(extract(DatePart.EPOCH, days)).isEqualTo(-183607L);
    }

    @ParameterizedTest
    @CsvSource({
        "MILLENNIUM, 2001-01-01T00:00, 3001-01-01T00:00", "CENTURY, 2001-01-01T00:00, 2101-01-01T00:00",
        "DECADE, 2020-01-01T00:00, 2030-01-01T00:00", "YEAR, 2024-01-01T00:00, 2025-01-01T00:00",
        "ISOYEAR, 2024-01-01T00:00, 2024-12-30T00:00", "QUARTER, 2024-04-01T00:00, 2024-07-01T00:00",
        "MONTH, 2024-05-01T00:00, 2024-06-01T00:00", "WEEK, 2024-05-13T00:00, 2024-05-20T00:00",
        "DAY, 2024-05-17T00:00, 2024-05-18T00:00", "HOUR, 2024-05-17T13:00, 2024-05-17T14:00",
        "MINUTE, 2024-05-17T13:45, 2024-05-17T13:46", "SECOND, 2024-05-17T13:45:09, 2024-05-17T13:45:10",
        "MILLISECOND, 2024-05-17T13:45:09.123, 2024-05-17T13:45:09.124"
    })
    void roundsToUnits(DatePart unit, String floor, String ceil) {
        Literal value = timestamp("2024-05-17T13:45:09.123456");
        assertThat(Eval.one(TimeRounding.floor(unit, value))).isEqualTo(LocalDateTime.parse(floor));
        assertThat(Eval.one(TimeRounding.ceil(unit, value))).isEqualTo(LocalDateTime.parse(ceil));
        assertThat(Eval.one(TimeRounding.ceil(unit, timestamp(floor)))).isEqualTo(LocalDateTime.parse(floor));
    }

    @Test
    void roundsBeforeTheEpochDownwards() {
        assertThat(Eval.one(TimeRounding.floor(DatePart.HOUR, timestamp("1969-12-31T23:59:59"))))
                .isEqualTo(LocalDateTime.parse("1969-12-31T23:00"));
        assertThat(Eval.one(TimeRounding.floor(DatePart.CENTURY, lit(LocalDate.of(0, 5, 5), DataType.DATE))))
                .isEqualTo(LocalDate.of(-99, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 1, 2024-01-31T05:00, 2024-02-29T05:00", "MONTH, -13, 2024-03-31T00:00, 2023-02-28T00:00",
        "QUARTER, 1, 2024-11-30T00:00, 2025-02-28T00:00", "YEAR, 1, 2024-02-29T00:00, 2025-02-28T00:00",
        "WEEK, 2, 2024-02-29T00:00, 2024-03-14T00:00", "SECOND, -1, 1970-01-01T00:00, 1969-12-31T23:59:59"
    })
    void addsUnits(DatePart unit, int count, String start, String expected) {
        assertThat(Eval.one(
                        TimeArithmetic.add(unit, lit(count, DataType.INTEGER), timestamp(start), DataType.TIMESTAMP)))
                .isEqualTo(LocalDateTime.parse(expected));
    }

    @Test
    void addsHoursToDatesAsTheResultTypeSays() {
        Literal date = lit(LocalDate.of(2024, 2, 28), DataType.DATE);
        Literal hours = lit(25, DataType.INTEGER);
        assertThat(Eval.one(TimeArithmetic.add(DatePart.HOUR, hours, date, DataType.TIMESTAMP)))
                .isEqualTo(LocalDateTime.parse("2024-02-29T01:00"));
        assertThat(Eval.one(TimeArithmetic.add(DatePart.HOUR, hours, date, DataType.DATE)))
                .isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(Eval.one(TimeArithmetic.add(
                        DatePart.HOUR, hours, lit(LocalTime.of(23, 0), DataType.TIME), DataType.TIME)))
                .isEqualTo(LocalTime.MIDNIGHT);
    }

    @ParameterizedTest
    @CsvSource({
        "YEAR, 2023-12-31T00:00, 2024-01-01T00:00, 0, 1", "MONTH, 2024-01-31T00:00, 2024-02-29T00:00, 0, 1",
        "DAY, 2024-01-01T23:00, 2024-01-02T01:00, 0, 1", "HOUR, 2024-01-02T01:00, 2024-01-01T23:30, -1, -2",
        "WEEK, 2024-01-07T00:00, 2024-01-08T00:00, 0, 1", "QUARTER, 2023-01-01T00:00, 2024-01-01T00:00, 4, 4"
    })
    void differencesCountWholeUnitsOrBoundaries(DatePart unit, String from, String to, long whole, long boundaries) {
        assertThat(Eval.one(TimeArithmetic.difference(unit, timestamp(from), timestamp(to), DataType.BIGINT)))
                .isEqualTo(whole);
        assertThat(Eval.one(TimeArithmetic.boundaries(unit, timestamp(from), timestamp(to), DataType.BIGINT)))
                .isEqualTo(boundaries);
    }

    @Test
    void overflowIsAnError() {
        Literal many = lit(Long.MAX_VALUE, DataType.BIGINT);
        assertThatThrownBy(() -> Eval.one(
                        TimeArithmetic.add(DatePart.DAY, many, timestamp("2024-01-01T00:00"), DataType.TIMESTAMP)))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("out of range of TIMESTAMP");
    }
}
