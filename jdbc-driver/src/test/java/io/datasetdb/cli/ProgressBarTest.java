// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long seconds;

    private ProgressBar bar(ProgressBar.Unit unit) {
        return new ProgressBar(
                new PrintStream(written, true, StandardCharsets.UTF_8),
                "verify",
                unit,
                () -> TimeUnit.SECONDS.toNanos(seconds));
    }

    private String take() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    @Test
    void shortWorkShowsNothing() {
        try (ProgressBar bar = bar(ProgressBar.Unit.BYTES)) {
            bar.at(1, 2);
            bar.at(2, 2);
        }
        assertThat(take()).isEmpty();
    }

    @Test
    void longWorkSaysHowFarItIsAndLeavesAnEmptyLine() {
        try (ProgressBar bar = bar(ProgressBar.Unit.BYTES)) {
            seconds = 10;
            bar.at(1024, 4096);
            assertThat(take())
                    .isEqualTo(
                            "\rverify  [" + "#".repeat(7) + ".".repeat(23) + "] 25 %  1.0 KiB of 4.0 KiB  30 s left");
            bar.at(2048, 4096);
            assertThat(take()).as("too soon").isEmpty();
            seconds = 40;
            bar.at(4096, 4096);
            assertThat(take()).startsWith("\rverify  [" + "#".repeat(30) + "] 100 %  4.0 KiB of 4.0 KiB ");
        }
        assertThat(take()).matches("\r +\r");
    }

    @Test
    void unknownTotalIsNotShown() {
        try (ProgressBar bar = bar(ProgressBar.Unit.ROWS)) {
            seconds = 1;
            bar.at(7, 0);
        }
        assertThat(take()).startsWith("\rverify  7 rows");
    }
}
