// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTextTest {
    /** Type, then values in ascending order, each with its text. */
    static Stream<Arguments> values() {
        return Stream.of(
                of(DataType.BOOLEAN, false, "false", true, "true"),
                of(DataType.TINYINT, (byte) -128, "-128", (byte) 1, "1"),
                of(DataType.SMALLINT, (short) -1, "-1", (short) 0, "0"),
                of(DataType.INTEGER, -7, "-7", Integer.MAX_VALUE, "2147483647"),
                of(DataType.BIGINT, Long.MIN_VALUE, "-9223372036854775808", 3L, "3"),
                of(DataType.REAL, -1.5f, "-1.5", Float.POSITIVE_INFINITY, "Infinity"),
                of(DataType.DOUBLE, -1e300, "-1.0E300", 0.1, "0.1", Double.NaN, "NaN"),
                of(
                        DataType.decimal(38, 3),
                        new BigDecimal("-1E+3").setScale(3),
                        "-1000.000",
                        new BigDecimal("0.001"),
                        "0.001"),
                of(DataType.VARCHAR, "", "", "a", "a", "\uFFFD", "\uFFFD", "\uD83D\uDE00", "\uD83D\uDE00"),
                of(DataType.VARBINARY, new byte[] {1}, "01", new byte[] {1, 0}, "0100", new byte[] {-1}, "ff"),
                of(DataType.DATE, LocalDate.of(-1, 1, 1), "-0001-01-01", LocalDate.of(2026, 1, 31), "2026-01-31"),
                of(DataType.TIME, LocalTime.MIDNIGHT, "00:00:00", LocalTime.of(1, 2, 3, 4000), "01:02:03.000004"),
                of(
                        DataType.TIMESTAMP,
                        LocalDateTime.of(2026, 1, 31, 12, 0),
                        "2026-01-31 12:00:00",
                        LocalDateTime.of(12026, 1, 31, 12, 0, 0, 500_000_000),
                        "+12026-01-31 12:00:00.5"),
                of(
                        DataType.TIMESTAMP_LTZ,
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        "1969-12-31 23:59:59.999999Z",
                        Instant.EPOCH,
                        "1970-01-01 00:00:00Z"),
                of(
                        DataType.UUID,
                        new UUID(1, 2),
                        "00000000-0000-0001-0000-000000000002",
                        new UUID(-1, 2),
                        "ffffffff-ffff-ffff-0000-000000000002"),
                of(DataType.INTERVAL_MONTH, Period.ofMonths(-1), "P-1M", Period.of(1, 1, 0), "P1Y1M"),
                of(DataType.INTERVAL_DAY, Duration.ofSeconds(-1), "PT-1S", Duration.ofDays(2), "PT48H"));
    }

    private static Arguments of(DataType type, Object... values) {
        return Arguments.of(type, List.of(values));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesReadBackAndKeepTheirOrder(DataType type, List<Object> values) {
        for (int i = 0; i < values.size(); i += 2) {
            Object value = values.get(i);
            String text = ValueText.format(value);

            assertThat(text).isEqualTo(values.get(i + 1));
            assertThat(ValueText.parse(type, text)).isEqualTo(value).hasSameClassAs(value);
            for (int j = 0; j < values.size(); j += 2) {
                assertThat(Integer.signum(ValueText.compare(type, value, values.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }
}
