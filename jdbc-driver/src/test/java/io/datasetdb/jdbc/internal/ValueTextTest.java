// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import org.junit.jupiter.api.Test;

class ValueTextTest {
    @Test
    void numbersAreWrittenPlainly() {
        assertThat(ValueText.of(DataType.DOUBLE, 12345678.9)).isEqualTo("12345678.9");
        assertThat(ValueText.of(DataType.DOUBLE, 1e10)).isEqualTo("10000000000.0");
        assertThat(ValueText.of(DataType.DOUBLE, 0.00001)).isEqualTo("0.00001");
        assertThat(ValueText.of(DataType.DOUBLE, 1e300)).isEqualTo("1.0E300");
        assertThat(ValueText.of(DataType.REAL, 1.5e9f)).isEqualTo("1500000000.0");
        assertThat(ValueText.of(DataType.decimal(38, 0), new BigDecimal("1E+20")))
                .isEqualTo("100000000000000000000");
    }

    @Test
    void dateTimesHaveTheDigitsTheyNeed() {
        assertThat(ValueText.of(DataType.TIMESTAMP, LocalDateTime.of(2026, 1, 2, 3, 4, 5)))
                .isEqualTo("2026-01-02 03:04:05");
        assertThat(ValueText.of(DataType.TIMESTAMP, LocalDateTime.of(1, 1, 2, 3, 4, 5, 120_000_000)))
                .isEqualTo("0001-01-02 03:04:05.12");
        assertThat(ValueText.of(DataType.TIME, LocalTime.of(23, 0, 0, 1_000))).isEqualTo("23:00:00.000001");
        assertThat(ValueText.of(DataType.TIMESTAMP_LTZ, Instant.parse("2026-01-02T03:04:05.5Z")))
                .isEqualTo("2026-01-02 03:04:05.5Z");
    }

    @Test
    void intervalsAreWrittenAsSqlWritesThem() {
        assertThat(ValueText.of(DataType.INTERVAL_MONTH, Period.ofMonths(14))).isEqualTo("1-02");
        assertThat(ValueText.of(DataType.INTERVAL_MONTH, Period.ofMonths(-14))).isEqualTo("-1-02");
        assertThat(ValueText.of(DataType.INTERVAL_DAY, Duration.parse("P3DT4H5M6.5S")))
                .isEqualTo("3 04:05:06.5");
        assertThat(ValueText.of(DataType.INTERVAL_DAY, Duration.ofSeconds(-1))).isEqualTo("-0 00:00:01");
    }

    @Test
    void jsonStringsAreEscaped() {
        assertThat(JsonText.of(DataType.VARCHAR, "\"\\\n\t\u0001é𝄞\ud800"))
                .isEqualTo("\"\\\"\\\\\\n\\t\\u0001é𝄞\\ud800\"");
    }
}
