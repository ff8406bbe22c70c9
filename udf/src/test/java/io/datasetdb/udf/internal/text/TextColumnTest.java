// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextColumnTest {
    private static Object parse(DataType type, String text, TextColumn.Trust trust) {
        TextColumn column = TextColumn.of(type, trust);
        byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
        return column.append(bytes, 1, bytes.length - 1) ? column.build().getObject(0) : "refused";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "BIGINT|9223372036854775807|9223372036854775807",
                "BIGINT|-9223372036854775808|-9223372036854775808",
                "BIGINT|9223372036854775808|refused",
                "BIGINT|-9223372036854775809|refused",
                "BIGINT|99999999999999999999|refused",
                "BIGINT| 007 |7",
                "BIGINT|+5|5",
                "BIGINT|1.0|refused",
                "BIGINT|-|refused",
                "TINYINT|128|refused",
                "SMALLINT|-32768|-32768",
                "DOUBLE|1e400|Infinity",
                "DOUBLE|.5|0.5",
                "DOUBLE|5.|5.0",
                "DOUBLE|.|refused",
                "DOUBLE|1e|refused",
                "DOUBLE|-inf|-Infinity",
                "DOUBLE|NaN|NaN",
                "DOUBLE|0x10|refused",
                "DOUBLE|1d|refused",
                "DOUBLE|123456789012345678901234567890|1.2345678901234568E29",
                "DOUBLE|1e99999999999|Infinity",
                "REAL|0.1|0.1",
                "DECIMAL(10, 2)|1.005|1.01",
                "DECIMAL(10, 2)|-1.005|-1.01",
                "DECIMAL(10, 2)|99999999.99|99999999.99",
                "DECIMAL(10, 2)|99999999.999|refused",
                "DECIMAL(10, 2)|100000000|refused",
                "DECIMAL(10, 2)|1e3|1000.00",
                "DECIMAL(10, 2)|000000000000000000001|1.00",
                "DECIMAL(38, 0)|99999999999999999999999999999999999999|99999999999999999999999999999999999999",
                "DECIMAL(38, 0)|-18446744073709551617|-18446744073709551617",
                "DECIMAL(10, 2)|nan|refused",
                "DATE|2024-02-29|2024-02-29",
                "DATE|2023-02-29|refused",
                "DATE|2024/1/2|2024-01-02",
                "DATE|2024-1/2|refused",
                "DATE|0001-01-01|0001-01-01",
                "TIME|10:11|10:11",
                "TIME|10:11:12.123456789|10:11:12.123456",
                "TIME|24:00|refused",
                "TIMESTAMP|2024-01-02 03:04:05.6|2024-01-02T03:04:05.600",
                "TIMESTAMP|2024-01-02T03:04|2024-01-02T03:04",
                "TIMESTAMP|2024-01-02|2024-01-02T00:00",
                "TIMESTAMP|2024-01-02T03:04:05Z|refused",
                "TIMESTAMP WITH LOCAL TIME ZONE|2024-01-02T03:04:05Z|2024-01-02T03:04:05Z",
                "TIMESTAMP WITH LOCAL TIME ZONE|2024-01-02T03:04:05+02:30|2024-01-02T00:34:05Z",
                "TIMESTAMP WITH LOCAL TIME ZONE|2024-01-02 03:04:05-0800|2024-01-02T11:04:05Z",
                "TIMESTAMP WITH LOCAL TIME ZONE|1969-12-31 23:59:59.5Z|1969-12-31T23:59:59.500Z",
                "UUID|5e3f2c1a-0000-4000-8000-00000000000A|5e3f2c1a-0000-4000-8000-00000000000a",
                "UUID|5e3f2c1a00004000800000000000000a|refused",
                "BOOLEAN|TRUE|true",
                "BOOLEAN|0|false",
                "BOOLEAN|maybe|refused",
                "VARCHAR| a |' a '"
            })
    void castsAsDeclared(String type, String text, String expected) {
        String wanted = expected.startsWith("'") ? expected.substring(1, expected.length() - 1) : expected;
        assertThat(String.valueOf(parse(TypeText.parse(type), text, TextColumn.Trust.DECLARED)))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BIGINT|007",
                "BIGINT|+5",
                "DOUBLE|00.5",
                "BOOLEAN|1",
                "BOOLEAN|y",
                "DECIMAL(38, 0)|1.5",
                "TIMESTAMP WITH LOCAL TIME ZONE|2024-01-01 10:00:00"
            })
    void takesAsGuessedOnlyWhatWouldBeGuessed(String type, String text) {
        assertThat(parse(TypeText.parse(type), text, TextColumn.Trust.GUESSED)).isEqualTo("refused");
    }

    @Test
    void readsDoublesAsThePlatformDoes() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = switch (i % 4) {
                case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                case 1 -> Double.toString(random.nextGaussian() * 1e6);
                case 2 -> random.nextLong() + "." + random.nextInt(Integer.MAX_VALUE);
                default -> random.nextInt() + "e" + (random.nextInt(60) - 30);
            };
            assertThat(parse(DataType.DOUBLE, text, TextColumn.Trust.DECLARED))
                    .as("seed %d", seed)
                    .isEqualTo(Double.valueOf(text));
        }
    }

    @Test
    void readsDatesAndDecimalsAsThePlatformDoes() {
        long seed = 12;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            LocalDate date = LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_600_000));
            assertThat(parse(DataType.DATE, date.toString(), TextColumn.Trust.GUESSED))
                    .as("seed %d", seed)
                    .isEqualTo(date);
            BigDecimal number = BigDecimal.valueOf(random.nextLong() >> random.nextInt(60), random.nextInt(6));
            Object parsed = parse(DataType.decimal(38, 3), number.toPlainString(), TextColumn.Trust.DECLARED);
            Object small = parse(DataType.decimal(18, 3), number.toPlainString(), TextColumn.Trust.DECLARED);
            BigDecimal expected = number.setScale(3, java.math.RoundingMode.HALF_UP);
            assertThat(parsed).as("seed %d", seed).isEqualTo(expected);
            assertThat(small)
                    .as("seed %d, %s", seed, number)
                    .isEqualTo(expected.precision() > 18 ? "refused" : expected);
        }
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[][] bad = {
            {(byte) 0x80},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xC3},
            {'a', (byte) 0xFF}
        };
        for (byte[] bytes : bad) {
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).isFalse();
        }
        byte[] good = "aä€😀 and some plain text".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(good, 0, good.length)).isTrue();
    }

    @Test
    void growsBeyondItsFirstRoomAndStartsAnew() {
        TextColumn column = TextColumn.of(DataType.BIGINT, TextColumn.Trust.DECLARED);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                if (i % 3 == 0) {
                    column.appendNull();
                } else {
                    column.append(i);
                }
            }
            Vector vector = column.build();
            assertThat(vector.size()).isEqualTo(10_000);
            for (int i = 0; i < 10_000; i++) {
                assertThat(vector.getObject(i)).isEqualTo(i % 3 == 0 ? null : (Object) (long) i);
            }
        }
    }
}
