// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLocksTest {
    private static final String FOLDER = "data/0198f000-0000-7000-8000-000000000001";
    private static final String OTHER = "data/0198f000-0000-7000-8000-000000000002";

    @TempDir
    private Path warehouse;

    private final AtomicInteger deleted = new AtomicInteger();

    @Test
    void whatIsReadIsNotDeletedUntilItsLastReaderLeaves() {
        try (ReadLocks locks = ReadLocks.of(warehouse, false)) {
            locks.share(Set.of(FOLDER));
            locks.share(Set.of(FOLDER));
            assertThat(locks.unlessRead(FOLDER, deleted::incrementAndGet)).isFalse();
            assertThat(locks.unlessRead(OTHER, deleted::incrementAndGet)).isTrue();
            locks.release(Set.of(FOLDER));
            assertThat(locks.unlessRead(FOLDER, deleted::incrementAndGet)).isFalse();
            locks.release(Set.of(FOLDER));
            assertThat(locks.unlessRead(FOLDER, deleted::incrementAndGet)).isTrue();
            assertThat(deleted).hasValue(2);
        }
        assertThat(warehouse.resolve(ReadLocks.FILE)).isEmptyFile();
    }

    @Test
    void anotherReaderOfTheProcessCounts() throws Exception {
        Path link = Files.createSymbolicLink(warehouse.resolveSibling(warehouse.getFileName() + ".link"), warehouse);
        try (ReadLocks first = ReadLocks.of(warehouse, true);
                ReadLocks second = ReadLocks.of(link, false)) {
            first.share(Set.of(FOLDER));
            second.share(Set.of(FOLDER));
            first.release(Set.of(FOLDER));
            assertThat(first.unlessRead(FOLDER, deleted::incrementAndGet)).isFalse();
            ReadLocks.of(warehouse, false).close();
            assertThat(second.unlessRead(FOLDER, deleted::incrementAndGet)).isFalse();
            second.release(Set.of(FOLDER));
            assertThat(first.unlessRead(FOLDER, deleted::incrementAndGet)).isTrue();
        } finally {
            Files.delete(link);
        }
        assertThat(deleted).hasValue(1);
    }

    @Test
    void anotherReaderOfTheMachineCounts() throws Exception {
        Files.createFile(warehouse.resolve(ReadLocks.FILE));
        try (ReadLocks locks = ReadLocks.of(warehouse, false);
                FileChannel stranger = FileChannel.open(
                        warehouse.resolve(ReadLocks.FILE), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            stranger.lock(0, Long.MAX_VALUE, true);
            assertThat(locks.unlessRead(FOLDER, deleted::incrementAndGet)).isFalse();
        }
        assertThat(deleted).hasValue(0);
    }

    @Test
    void readerWithoutAFileToLockReadsAllTheSame() {
        try (ReadLocks locks = ReadLocks.of(warehouse, true)) {
            locks.share(Set.of(FOLDER));
            assertThat(locks.unlessRead(FOLDER, deleted::incrementAndGet)).isFalse();
            locks.release(Set.of(FOLDER));
            assertThat(locks.unlessRead(FOLDER, deleted::incrementAndGet)).isTrue();
        }
        assertThat(warehouse.resolve(ReadLocks.FILE)).doesNotExist();
    }
}
