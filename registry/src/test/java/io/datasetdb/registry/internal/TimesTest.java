// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00.123456Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "1677-01-01T00:00:00.000001Z",
                "2262-12-31T00:00:00Z"
            })
    void everyTimeThatSqlCanSayReadsBack(String text) {
        Instant time = Instant.parse(text);

        assertThat(Times.instant(Times.micros(time))).isEqualTo(time);
    }

    @Test
    void partsOfAMicrosecondAreCutOffDownwards() {
        assertThat(Times.micros(Instant.ofEpochSecond(0, 1_999))).isEqualTo(1);
        assertThat(Times.micros(Instant.ofEpochSecond(0, -1))).isEqualTo(-1);
    }

    @Test
    void timesBeyondAllOthersStayThere() {
        assertThat(Times.micros(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Times.micros(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Times.micros(LocalDateTime.of(1970, 1, 1, 0, 0, 1))).isEqualTo(1_000_000);
    }
}
