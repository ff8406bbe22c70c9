// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1B, 1",
        "512MB, 512000000",
        "512 mib, 536870912",
        "1.5KiB, 1536",
        "0.001kb, 1",
        "2TB, 2000000000000",
        "' 3 GB ', 3000000000",
        "8388607TiB, 9223370937343148032",
    })
    void sizesAreReadInUnitsOfBothKinds(String text, long bytes) {
        assertThat(ByteSize.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "512", "MB", "-1MB", "1e3MB", "0MB", "0.1B", "1iB", "1 M B", "8388608TiB", "1EB", "1,5GB"})
    void whatIsNoSizeIsRefused(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }

    @Test
    void sizesAreWrittenInTheLargestUnit() {
        assertThat(ByteSize.text(1)).isEqualTo("1 B");
        assertThat(ByteSize.text(1023)).isEqualTo("1023 B");
        assertThat(ByteSize.text(1024)).isEqualTo("1.0 KiB");
        assertThat(ByteSize.text(512_000_000)).isEqualTo("488.2 MiB");
        assertThat(ByteSize.text(Long.MAX_VALUE)).isEqualTo("8388607.9 TiB");
    }
}
