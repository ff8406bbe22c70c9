// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentDepositsTest {
    private static final DatasetName X = DatasetName.of("x");

    @TempDir
    private Path folder;

    /** Everything that {@code process} says until it ends. */
    private static List<String> remaining(BufferedReader output) {
        var lines = new ArrayList<String>();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static void go(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** All versions are whole: numbers without gaps, and every table has what belongs to each. */
    private static void assertWhole(Registry registry, int count, String hint) {
        List<DatasetVersion> versions = registry.versions(X);
        assertThat(versions).as(hint).hasSize(count);
        for (int i = 0; i < count; i++) {
            DatasetVersion version = versions.get(count - 1 - i);
            assertThat(version.version()).as(hint).isEqualTo(new SemanticVersion(1, 0, i));
            assertThat(version.files()).as(hint).hasSize(1);
            assertThat(version.schema()).as(hint).isEqualTo(Deposits.SCHEMA);
            if (i > 0) {
                assertThat(version.createdAt())
                        .as(hint)
                        .isAfter(versions.get(count - i).createdAt());
            }
        }
        assertThat(Deposits.rows(registry, "files")).as(hint).hasSize(count);
        assertThat(Deposits.rows(registry, "columns")).as(hint).hasSize(count * Deposits.SCHEMA.size());
    }

    @Test
    void threadsOfOneProcessNeverCollide() throws Exception {
        int threads = 8;
        int each = 25;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (Registry registry = Registry.open(folder)) {
            Callable<Integer> task = () -> {
                for (int i = 0; i < each; i++) {
                    Deposits.deposit(registry, "x");
                }
                return each;
            };
            int done = 0;
            for (Future<Integer> result : executor.invokeAll(Collections.nCopies(threads, task))) {
                done += result.get();
            }
            assertWhole(registry, done, "threads");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void twoProcessesNeverCollide() throws Exception {
        int each = 50;
        Process first = DepositingProcess.start(folder, "x", each);
        Process second = DepositingProcess.start(folder, "x", each);
        try (BufferedReader fromFirst = first.inputReader();
                BufferedReader fromSecond = second.inputReader()) {
            assertThat(fromFirst.readLine()).isEqualTo("ready");
            assertThat(fromSecond.readLine()).isEqualTo("ready");
            go(first);
            go(second);

            assertThat(remaining(fromFirst)).hasSize(each);
            assertThat(remaining(fromSecond)).hasSize(each);
            assertThat(first.waitFor()).isZero();
            assertThat(second.waitFor()).isZero();
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
        try (Registry registry = Registry.open(folder)) {
            assertWhole(registry, 2 * each, "processes");
        }
    }

    /** Each round kills a process at a random moment of its loop of commits. */
    @Test
    void killedProcessLosesNothingThatItAcknowledged() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Map<UUID, String> acknowledged = new HashMap<>();
        int most = 0;
        for (int round = 0; round < 5; round++) {
            String hint = "round " + round + " of seed " + seed;
            Process process = DepositingProcess.start(folder, "x", 1_000_000);
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.readLine()).as(hint).isEqualTo("ready");
                go(process);
                for (int i = random.nextInt(40); i >= 0; i--) {
                    acknowledge(output.readLine(), acknowledged);
                }
                long micros = random.nextInt(5_000);
                for (long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
                        System.nanoTime() < until; ) {
                    Thread.onSpinWait();
                }
                // Unlike the process itself, its handle leaves the output open to be read to its end.
                process.toHandle().destroyForcibly();
                remaining(output).forEach(line -> acknowledge(line, acknowledged));
                process.waitFor();
            } finally {
                process.destroyForcibly();
            }
            most++;
            try (Registry registry = Registry.open(folder)) {
                List<DatasetVersion> versions = registry.versions(X);
                var found = new HashMap<UUID, String>();
                versions.forEach(
                        version -> found.put(version.uuid(), version.version().toString()));

                assertThat(found).as(hint).containsAllEntriesOf(acknowledged);
                assertThat(versions.size() - acknowledged.size())
                        .as("%s: at most one commit a kill was not said any more", hint)
                        .isBetween(0, most);
                assertWhole(registry, versions.size(), hint);
            }
        }
    }

    /** A line that the kill cut short acknowledges nothing. */
    private static void acknowledge(String line, Map<UUID, String> acknowledged) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[1].length() == 36) {
            acknowledged.put(UUID.fromString(words[1]), words[0]);
        }
    }
}
