// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.Job;
import io.datasetdb.registry.JobRequest;
import io.datasetdb.registry.Registry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepositWatchTest {
    private static final String SLOW = "CREATE DATASET x AS SELECT 1 AS a";

    @TempDir
    private Path folder;

    /** What a terminal gets, and a latch that opens once it shows a text. */
    private static final class Screen extends ByteArrayOutputStream {
        private final CountDownLatch shown = new CountDownLatch(1);
        private final String wanted;

        Screen(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString(StandardCharsets.UTF_8).contains(wanted)) {
                shown.countDown();
            }
        }
    }

    /** A bar for which an hour passes each time it looks at the clock. */
    private static ProgressBar bar(Screen screen) {
        AtomicLong hours = new AtomicLong();
        return new ProgressBar(
                new PrintStream(screen, true, StandardCharsets.UTF_8),
                "deposit",
                ProgressBar.Unit.ROWS,
                () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet()));
    }

    private String watched(@Nullable Long total, String wanted) throws Exception {
        Screen screen = new Screen(wanted);
        try (Registry registry = Registry.open(folder)) {
            Job other = registry.startJob(new JobRequest("CREATE DATASET y AS SELECT 2 AS a", "ann", "shell"));
            Job job = registry.startJob(new JobRequest("\n" + SLOW + " ", "ann", "shell"));
            try (Job.Following others = other.follow(() -> new Job.Progress(99_999, null));
                    Job.Following following = job.follow(() -> new Job.Progress(70, total));
                    DepositWatch watch = new DepositWatch(folder, SLOW, bar(screen))) {
                assertThat(others).isNotSameAs(following);
                assertThat(watch).isNotNull();
                assertThat(screen.shown.await(60, TimeUnit.SECONDS))
                        .as(screen.toString(StandardCharsets.UTF_8))
                        .isTrue();
            }
        }
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theJobOfTheStatementMovesTheBar() throws Exception {
        assertThat(watched(100L, "70 %  70 rows of 100 rows"))
                .doesNotContain("99999")
                .endsWith("\r");
    }

    @Test
    void withoutATotalThereIsACountOnly() throws Exception {
        assertThat(watched(null, "deposit  70 rows")).doesNotContain("%").doesNotContain("99999");
    }

    @Test
    void aStatementThatIsOverSoonShowsNothing() {
        Screen screen = new Screen("");
        new DepositWatch(folder.resolve("nothing"), SLOW, bar(screen)).close();
        assertThat(screen.size()).isZero();
        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}
