// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CastTest {
    private static final DataType S = DataType.VARCHAR;

    private static @Nullable Object cast(@Nullable Object value, DataType from, DataType to) {
        return Eval.one(Cast.of(lit(value, from), to));
    }

    private static @Nullable Object text(Object value, DataType from) {
        return cast(value, from, S);
    }

    private static void assertFails(String state, Object value, DataType from, DataType to) {
        assertThatThrownBy(() -> cast(value, from, to))
                .as(value + " to " + to)
                .isInstanceOf(DatasetDbException.class)
                .extracting(e -> ((DatasetDbException) e).sqlState())
                .isEqualTo(state);
        assertThat(Eval.one(Cast.of(lit(value, from), to, -1, Cast.Mode.TRY))).isNull();
    }

    @Test
    void narrowingIsChecked() {
        assertThat(cast(127, DataType.INTEGER, DataType.TINYINT)).isEqualTo((byte) 127);
        assertFails("22003", 128, DataType.INTEGER, DataType.TINYINT);
        assertFails("22003", -32769L, DataType.BIGINT, DataType.SMALLINT);
        assertFails("22003", 1L << 31, DataType.BIGINT, DataType.INTEGER);
        assertFails("22003", 0x1p63, DataType.DOUBLE, DataType.BIGINT);
        assertThat(cast(-0x1p63, DataType.DOUBLE, DataType.BIGINT)).isEqualTo(Long.MIN_VALUE);
        assertFails("22003", Double.NaN, DataType.DOUBLE, DataType.INTEGER);
        assertFails("22003", 1e39, DataType.DOUBLE, DataType.REAL);
        assertThat(cast(Double.POSITIVE_INFINITY, DataType.DOUBLE, DataType.REAL))
                .isEqualTo(Float.POSITIVE_INFINITY);
        assertFails("22003", new BigDecimal("999.5"), DataType.decimal(4, 1), DataType.decimal(3, 0));
        assertFails("22003", 1000, DataType.INTEGER, DataType.decimal(4, 1));
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2, 3", "3.5, 4, 4", "-2.5, -2, -3", "0.5, 0, 1", "-0.5, 0, -1", "1.4, 1, 1"})
    void doublesRoundHalfEvenAndDecimalsHalfUp(String number, int fromDouble, int fromDecimal) {
        assertThat(cast(Double.parseDouble(number), DataType.DOUBLE, DataType.INTEGER))
                .isEqualTo(fromDouble);
        assertThat(cast(new BigDecimal(number), DataType.decimal(5, 1), DataType.INTEGER))
                .isEqualTo(fromDecimal);
        assertThat(cast(new BigDecimal(number), DataType.decimal(25, 1), DataType.INTEGER))
                .isEqualTo(fromDecimal);
        assertThat(cast(number, S, DataType.INTEGER)).isEqualTo(fromDecimal);
    }

    @Test
    void decimalsRescale() {
        assertThat(cast(new BigDecimal("1.25"), DataType.decimal(3, 2), DataType.decimal(3, 1)))
                .isEqualTo(new BigDecimal("1.3"));
        assertThat(cast(new BigDecimal("-1.25"), DataType.decimal(3, 2), DataType.decimal(38, 10)))
                .isEqualTo(new BigDecimal("-1.2500000000"));
        assertThat(cast(new BigDecimal("12345678901234567890.5"), DataType.decimal(38, 1), DataType.decimal(20, 0)))
                .isEqualTo(new BigDecimal("12345678901234567891"));
        assertThat(cast(0.285, DataType.DOUBLE, DataType.decimal(5, 2))).isEqualTo(new BigDecimal("0.29"));
        assertThat(cast(1e20, DataType.DOUBLE, DataType.decimal(38, 2)))
                .isEqualTo(new BigDecimal("100000000000000000000.00"));
        assertThat(cast(Long.MIN_VALUE, DataType.BIGINT, DataType.decimal(38, 18)))
                .isEqualTo(new BigDecimal("-9223372036854775808.000000000000000000"));
        assertFails("22003", Double.POSITIVE_INFINITY, DataType.DOUBLE, DataType.decimal(5, 2));
    }

    /** The quick way to DECIMAL against the text of the number. */
    @Test
    void doublesToDecimalsRoundAsTheyAreWritten() {
        long seed = 17;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextInt(2_000_001) - 1_000_000) / (random.nextBoolean() ? 1000.0 : 8.0);
            Object expected = new BigDecimal(Double.toString(value)).setScale(2, java.math.RoundingMode.HALF_UP);
            assertThat(cast(value, DataType.DOUBLE, DataType.decimal(12, 2)))
                    .as("seed " + seed + ": " + value)
                    .isEqualTo(expected);
        }
    }

    @Test
    void decimalsToDoublesAreCorrectlyRounded() {
        assertThat(cast(new BigDecimal("0.1"), DataType.decimal(2, 1), DataType.DOUBLE))
                .isEqualTo(0.1);
        assertThat(cast(new BigDecimal("9007199254740993.7"), DataType.decimal(17, 1), DataType.DOUBLE))
                .isEqualTo(9007199254740994.0);
        assertThat(cast(new BigDecimal("123456789012345678901234.56"), DataType.decimal(38, 2), DataType.DOUBLE))
                .isEqualTo(1.2345678901234568E23);
        assertThat(cast(16777217L, DataType.BIGINT, DataType.REAL)).isEqualTo(16777216f);
    }

    @Test
    void textIsReadWithBlanksAround() {
        assertThat(cast(" 42\t", S, DataType.INTEGER)).isEqualTo(42);
        assertThat(cast("-9223372036854775808", S, DataType.BIGINT)).isEqualTo(Long.MIN_VALUE);
        assertThat(cast("1e3", S, DataType.SMALLINT)).isEqualTo((short) 1000);
        assertThat(cast("+7", S, DataType.INTEGER)).isEqualTo(7);
        assertThat(cast(" 1.5e-3 ", S, DataType.DOUBLE)).isEqualTo(0.0015);
        assertThat(cast("-Inf", S, DataType.DOUBLE)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(cast("nan", S, DataType.REAL)).isEqualTo(Float.NaN);
        assertThat(cast("1.005", S, DataType.decimal(5, 2))).isEqualTo(new BigDecimal("1.01"));
        assertThat(cast("1e-5000", S, DataType.decimal(5, 2))).isEqualTo(new BigDecimal("0.00"));
        assertThat(cast("Yes", S, DataType.BOOLEAN)).isEqualTo(true);
        assertThat(cast(" f ", S, DataType.BOOLEAN)).isEqualTo(false);
        assertThat(cast("{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}", S, DataType.UUID))
                .isEqualTo(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        assertThat(cast("\\xDEad", S, DataType.VARBINARY)).isEqualTo(List.of((byte) 0xDE, (byte) 0xAD));
        assertThat(cast("é", S, DataType.VARBINARY)).isEqualTo(List.of((byte) 0xC3, (byte) 0xA9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "1 2", "1d", "0x10", "--1", "1e", "1.2.3", "+", ".", "e5", "１"})
    void textThatIsNoNumberIsRefused(String text) {
        assertFails("22018", text, S, DataType.INTEGER);
        assertFails("22018", text, S, DataType.DOUBLE);
        assertFails("22018", text, S, DataType.decimal(10, 2));
    }

    @Test
    void messagesNameValueAndType() {
        assertThatThrownBy(() -> cast("abc", S, DataType.INTEGER))
                .hasMessage("Cannot cast 'abc' to INTEGER: it does not have the form of one");
        assertThatThrownBy(() -> cast(300, DataType.INTEGER, DataType.TINYINT))
                .hasMessage("Cannot cast 300 to TINYINT: it is out of range");
        assertThatThrownBy(() -> cast("x".repeat(500), S, DataType.DATE))
                .message()
                .hasSizeLessThan(150);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, 2024-02-29", "2024-2-9, 2024-02-09", "1500-02-28, 1500-02-28", "0000-02-29, 0000-02-29",
        "-0001-12-31, -0001-12-31", "9999-12-31, 9999-12-31", "12345-01-01, +12345-01-01",
                "2024-02-29 23:59:59.9, 2024-02-29"
    })
    void readsDates(String text, String expected) {
        assertThat(cast(text, S, DataType.DATE)).isEqualTo(LocalDate.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-29",
                "2024-13-01",
                "2024-00-01",
                "2024-01-32",
                "2024",
                "2024-01",
                "20240101",
                "2024-01-01x",
                "2024-01-01 25:00",
                "1900-02-29"
            })
    void refusesWhatIsNoDate(String text) {
        assertFails("22007", text, S, DataType.DATE);
        assertFails("22007", text, S, DataType.TIMESTAMP);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 1:02, 2024-02-29T01:02",
        "2024-02-29T01:02:03.5, 2024-02-29T01:02:03.5",
        "2024-02-29, 2024-02-29T00:00",
        "2024-02-29 01:02:03.1234565, 2024-02-29T01:02:03.123457",
        "2024-12-31 23:59:59.9999999, 2025-01-01T00:00",
        "2024-12-31 24:00:00, 2025-01-01T00:00",
        "1969-12-31 23:59:59.999999, 1969-12-31T23:59:59.999999",
        "-0001-01-01 00:00:01, -0001-01-01T00:00:01",
        "2024-02-29 01:02:03+02, 2024-02-29T01:02:03"
    })
    void readsTimestamps(String text, String expected) {
        assertThat(cast(text, S, DataType.TIMESTAMP)).isEqualTo(LocalDateTime.parse(expected));
    }

    @Test
    void zonesCountForInstantsOnly() {
        assertThat(cast("2024-01-01 00:00:00+01:30", S, DataType.TIMESTAMP_LTZ))
                .isEqualTo(Instant.parse("2023-12-31T22:30:00Z"));
        assertThat(cast("2024-01-01T00:00:00Z", S, DataType.TIMESTAMP_LTZ))
                .isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(cast("2024-01-01 00:00:00 UTC", S, DataType.TIMESTAMP_LTZ))
                .isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(cast("12:34:56.5", S, DataType.TIME)).isEqualTo(LocalTime.parse("12:34:56.5"));
        assertFails("22007", "24:00:00", S, DataType.TIME);
        assertFails("22007", "12:60", S, DataType.TIME);
    }

    @Test
    void datesAndTimestampsConvert() {
        LocalDateTime before = LocalDateTime.parse("1969-12-31T23:00:00");
        assertThat(cast(before, DataType.TIMESTAMP, DataType.DATE)).isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(cast(before, DataType.TIMESTAMP, DataType.TIME)).isEqualTo(LocalTime.of(23, 0));
        assertThat(cast(before, DataType.TIMESTAMP, DataType.TIMESTAMP_LTZ))
                .isEqualTo(Instant.parse("1969-12-31T23:00:00Z"));
        assertThat(cast(LocalDate.of(-1, 1, 1), DataType.DATE, DataType.TIMESTAMP))
                .isEqualTo(LocalDateTime.of(-1, 1, 1, 0, 0));
        assertFails("22003", LocalDate.ofEpochDay(Integer.MAX_VALUE), DataType.DATE, DataType.TIMESTAMP);
    }

    @Test
    void writesCanonicalText() {
        assertThat(text(true, DataType.BOOLEAN)).isEqualTo("true");
        assertThat(text(Long.MIN_VALUE, DataType.BIGINT)).isEqualTo("-9223372036854775808");
        assertThat(text(new BigDecimal("-0.50"), DataType.decimal(3, 2))).isEqualTo("-0.50");
        assertThat(text(LocalDate.of(-1, 2, 3), DataType.DATE)).isEqualTo("-0001-02-03");
        assertThat(text(LocalDate.of(33, 2, 3), DataType.DATE)).isEqualTo("0033-02-03");
        assertThat(text(LocalTime.parse("01:02:03.040"), DataType.TIME)).isEqualTo("01:02:03.04");
        assertThat(text(LocalDateTime.parse("1969-12-31T23:59:59.999999"), DataType.TIMESTAMP))
                .isEqualTo("1969-12-31 23:59:59.999999");
        assertThat(text(Instant.parse("2024-01-01T00:00:00Z"), DataType.TIMESTAMP_LTZ))
                .isEqualTo("2024-01-01 00:00:00+00");
        assertThat(text(new byte[] {0, -1}, DataType.VARBINARY)).isEqualTo("\\x00ff");
        assertThat(text(Period.ofMonths(14), DataType.INTERVAL_MONTH)).isEqualTo("1 year 2 months");
        assertThat(text(Period.ofMonths(0), DataType.INTERVAL_MONTH)).isEqualTo("0 months");
        assertThat(text(Duration.ofMinutes(1501), DataType.INTERVAL_DAY)).isEqualTo("1 day 01:01:00");
        assertThat(text(Duration.ofSeconds(-1), DataType.INTERVAL_DAY)).isEqualTo("-00:00:01");
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5",
        "100, 100.0",
        "1e7, 10000000.0",
        "123456789.125, 123456789.125",
        "1e15, 1000000000000000.0",
        "1e16, 1.0E16",
        "1e30, 1.0E30",
        "0.001, 0.001",
        "0.00001, 0.00001",
        "0.000001, 1.0E-6",
        "-0.0, -0.0",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "2e23, 2.0E23",
        "8.41e21, 8.41E21",
        "2.0e-3, 0.002",
        "5e-324, 4.9E-324",
        "9007199254740993, 9007199254740992.0"
    })
    void writesDoublesShort(double value, String expected) {
        assertThat(text(value, DataType.DOUBLE)).isEqualTo(expected);
        assertThat(cast(expected, S, DataType.DOUBLE)).isEqualTo(value);
    }

    @Test
    void everyDoubleAndFloatReadsBack() {
        long seed = 23;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertThat(cast(text(value, DataType.DOUBLE), S, DataType.DOUBLE))
                    .as("seed " + seed)
                    .isEqualTo(value);
            float real = Float.intBitsToFloat(random.nextInt());
            assertThat(cast(text(real, DataType.REAL), S, DataType.REAL))
                    .as("seed " + seed)
                    .isEqualTo(real);
        }
        assertThat(text(0.1f, DataType.REAL)).isEqualTo("0.1");
        assertThat(text(16777216f, DataType.REAL)).isEqualTo("16777216.0");
        assertThat(text(3.4028235e38f, DataType.REAL)).isEqualTo("3.4028235E38");
    }

    @ParameterizedTest
    @CsvSource({
        "1-2, 14",
        "-1-2, -14",
        "1 year 2 months, 14",
        "3 mon, 3",
        "-1 year, -12",
        "2 decades, 240",
        "1 quarter, 3"
    })
    void readsMonthIntervals(String text, int months) {
        assertThat(cast(text, S, DataType.INTERVAL_MONTH)).isEqualTo(Period.ofMonths(months));
    }

    @ParameterizedTest
    @CsvSource({
        "1 02:03:04.5, P1DT2H3M4.5S", "-02:03, PT-2H-3M", "3 days 04:05:06, P3DT4H5M6S", "1.5 hours, PT1H30M",
        "-00:00:01, PT-1S", "2 weeks, P14D", "10 ms, PT0.01S", "1 day -00:00:01, PT23H59M59S"
    })
    void readsDayIntervals(String text, String expected) {
        assertThat(cast(text, S, DataType.INTERVAL_DAY)).isEqualTo(Duration.parse(expected));
    }

    @Test
    void refusesWhatIsNoInterval() {
        for (String text : List.of("", "x", "1 month 2", "5", "1 day 2 months")) {
            assertFails("22007", text, S, DataType.INTERVAL_DAY);
        }
        assertFails("22003", "99999999999 weeks", S, DataType.INTERVAL_DAY);
    }

    @Test
    void lengthsCutAndPadCodePoints() {
        assertThat(Eval.one(Cast.of(lit("a😀éb", S), S, 3, Cast.Mode.STRICT))).isEqualTo("a😀é");
        assertThat(Eval.one(Cast.of(lit(12345, DataType.INTEGER), S, 3, Cast.Mode.STRICT)))
                .isEqualTo("123");
        assertThat(Eval.one(Cast.toChar(lit("é", S), 3, Cast.Mode.STRICT))).isEqualTo("é  ");
        assertThat(Eval.one(Cast.toChar(lit("abcd", S), 3, Cast.Mode.STRICT))).isEqualTo("abc");
    }

    @Test
    void nestedValuesAreCastElementByElement() {
        DataType ints = DataType.array(DataType.INTEGER);
        DataType texts = DataType.array(S);
        assertThat(cast(Arrays.asList("1", null, " 3 "), texts, ints)).isEqualTo(Arrays.asList(1, null, 3));
        assertThat(Eval.one(Cast.of(lit(List.of("1", "x"), texts), ints, -1, Cast.Mode.TRY)))
                .isEqualTo(Arrays.asList(1, null));
        assertThatThrownBy(() -> cast(List.of("1", "x"), texts, ints)).hasMessageContaining("'x'");
        DataType row = DataType.row(Field.of("a", DataType.INTEGER), Field.of("b", S));
        DataType other = DataType.row(Field.of("x", S), Field.of("y", DataType.DOUBLE));
        assertThat(Eval.all(Cast.of(Eval.col(0, row), other), Eval.column(row, Arrays.asList(1, "2"), null)))
                .isEqualTo(Arrays.asList(List.of("1", 2.0), null));
    }

    @Test
    void nestedValuesAreWrittenAsDuckDbDoes() {
        DataType ints = DataType.array(DataType.INTEGER);
        assertThat(text(Arrays.asList(1, null, 3), ints)).isEqualTo("[1, NULL, 3]");
        DataType row = DataType.row(Field.of("a", ints), Field.of("b", S));
        assertThat(text(Arrays.asList(List.of(), "x"), row)).isEqualTo("{'a': [], 'b': x}");
        Map<String, @Nullable Integer> map = new LinkedHashMap<>();
        map.put("k", 1);
        map.put("l", null);
        assertThat(text(map, DataType.map(S, DataType.INTEGER))).isEqualTo("{k=1, l=NULL}");
    }

    @Test
    void castsWithoutMeaningArePlannerBugs() {
        assertThat(Cast.isPossible(DataType.DATE, DataType.INTEGER)).isFalse();
        assertThat(Cast.isPossible(DataType.BOOLEAN, DataType.DATE)).isFalse();
        assertThat(Cast.isPossible(DataType.UUID, S)).isTrue();
        assertThatThrownBy(() -> Cast.of(lit(1, DataType.INTEGER), DataType.DATE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no cast from INTEGER to DATE");
        assertThat(cast(null, DataType.NULL, DataType.DATE)).isNull();
    }
}
