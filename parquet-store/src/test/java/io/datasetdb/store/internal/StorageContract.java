// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorCode;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage promises. An implementation says how to make one and which promise its back end cannot keep. */
abstract class StorageContract {
    private Storage storage;

    /** A storage whose locations {@link #at} makes. */
    abstract Storage open();

    /** An absolute location below an empty place of the test's own. */
    abstract String at(String name);

    /** Whether of several callers that create one file at once exactly one wins. */
    abstract boolean createsExclusively();

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void whatIsWrittenIsRead() {
        byte[] content = new byte[100_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        try (Storage.Output output = storage.create(at("a/b/file"))) {
            output.write(ByteBuffer.wrap(content, 0, 10));
            output.write(ByteBuffer.allocateDirect(20).put(content, 10, 20).flip());
            assertThat(output.position()).isEqualTo(30);
            output.write(ByteBuffer.wrap(content, 30, content.length - 30));
            output.commit();
        }
        storage.sync(at("a/b"));
        try (Storage.Input input = storage.open(at("a/b/file"))) {
            assertThat(input.size()).isEqualTo(content.length);
            assertThat(input.location()).contains("a/b/file");
            ByteBuffer end = ByteBuffer.allocate(1000).position(10).limit(510);
            input.readFully(content.length - 500, end);
            assertThat(end.remaining()).isZero();
            assertThat(Arrays.copyOfRange(end.array(), 10, 510))
                    .isEqualTo(Arrays.copyOfRange(content, content.length - 500, content.length));
            ByteBuffer direct = ByteBuffer.allocateDirect(7);
            input.readFully(3, direct);
            assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(content, 3, 7));
        }
    }

    @Test
    void readingBeyondTheEndFails() {
        write("short", "12345");
        try (Storage.Input input = storage.open(at("short"))) {
            assertFails(StoreError.FILE_DAMAGED, "short", () -> input.readFully(3, ByteBuffer.allocate(3)));
        }
    }

    @Test
    void existingFileIsNotOverwritten() {
        write("file", "first");
        assertFails(
                StoreError.FILE_EXISTS, "file", () -> storage.create(at("file")).close());
        assertThat(read("file")).isEqualTo("first");
    }

    @Test
    void outputThatIsNotCommittedLeavesNothing() {
        try (Storage.Output output = storage.create(at("file"))) {
            output.write(ByteBuffer.wrap(new byte[10]));
        }
        assertFails(StoreError.FILE_NOT_FOUND, "file", () -> storage.open(at("file")));
        write("file", "second try");
        assertThat(read("file")).isEqualTo("second try");
    }

    @Test
    void closingTwiceIsHarmless() {
        Storage.Output output = storage.create(at("file"));
        output.commit();
        output.close();
        output.close();
        Storage.Input input = storage.open(at("file"));
        input.close();
        input.close();
        assertThat(read("file")).isEmpty();
    }

    @Test
    void publishedFileIsThereWhenItIsComplete() {
        try (Storage.Output output = storage.publish(at("a/b/out"), false)) {
            output.write(ByteBuffer.wrap(new byte[10]));
            assertFails(StoreError.FILE_NOT_FOUND, "out", () -> storage.open(at("a/b/out")));
            output.commit();
        }
        try (Storage.Input input = storage.open(at("a/b/out"))) {
            assertThat(input.size()).isEqualTo(10);
        }
        assertFails(StoreError.FILE_EXISTS, "out", () -> storage.publish(at("a/b/out"), false));
    }

    @Test
    void publishedFileTakesThePlaceOfAnotherIfItMay() {
        write("out", "old");
        try (Storage.Output output = storage.publish(at("out"), true)) {
            output.write(ByteBuffer.wrap(new byte[10]));
        }
        try (Storage.Input input = storage.open(at("out"))) {
            assertThat(input.size()).as("not committed").isEqualTo(3);
        }
        try (Storage.Output output = storage.publish(at("out"), true)) {
            output.write(ByteBuffer.wrap(new byte[10]));
            output.commit();
        }
        try (Storage.Input input = storage.open(at("out"))) {
            assertThat(input.size()).isEqualTo(10);
        }
        List<String> files = new ArrayList<>();
        storage.list(
                at(""), entry -> files.add(entry.path().substring(entry.path().lastIndexOf('/') + 1)));
        assertThat(files).containsExactly("out");
    }

    @Test
    void missingFileIsNamed() {
        assertFails(StoreError.FILE_NOT_FOUND, "no/such", () -> storage.open(at("no/such")));
        assertFails(StoreError.FILE_NOT_FOUND, "no/such", () -> storage.list(at("no/such"), entry -> {}));
    }

    @Test
    void folderIsNotAFile() {
        write("folder/file", "x");
        assertFails(StoreError.BAD_LOCATION, "folder", () -> storage.open(at("folder")));
    }

    @Test
    void listingHasEveryFileBelow() {
        write("list/one", "1");
        write("list/.hidden", "22");
        write("list/deep/er/two words & 100%.txt", "333");
        write("listing/not", "4444");
        List<StorageEntry> entries = list("list");
        assertThat(entries).extracting(StorageEntry::size).containsExactlyInAnyOrder(1L, 2L, 3L);
        Instant now = Instant.now();
        for (StorageEntry entry : entries) {
            assertThat(entry.path()).contains("list/").doesNotStartWith("/");
            assertThat(entry.etag()).isNotEmpty();
            assertThat(entry.version()).isEmpty();
            assertThat(entry.lastModified()).isBetween(now.minus(Duration.ofMinutes(5)), now.plusSeconds(5));
            assertThat(entry.lastModified().getNano() % 1000).isZero();
        }
    }

    @Test
    void listedFileOpensBySourceAndPath() {
        write("list/two words & 100%20.txt", "333");
        StorageEntry entry = list("list").get(0);
        try (Storage.Input input = storage.open(entry.source() + "/" + entry.path())) {
            assertThat(input.size()).isEqualTo(3);
        }
    }

    @Test
    void listingOfAFileIsThatFile() {
        write("one/file", "123");
        assertThat(list("one/file")).singleElement().satisfies(entry -> {
            assertThat(entry.path()).endsWith("one/file");
            assertThat(entry.size()).isEqualTo(3);
        });
    }

    @Test
    void deletingRemovesFilesAndFolders() {
        write("tree/a", "1");
        write("tree/sub/b", "2");
        storage.delete(at("tree/a"));
        assertThat(list("tree")).hasSize(1);
        storage.delete(at("tree"));
        assertFails(StoreError.FILE_NOT_FOUND, "tree", () -> storage.list(at("tree"), entry -> {}));
        storage.delete(at("tree"));
    }

    @Test
    void oneOfManyCreatorsWins() throws Exception {
        assumeTrue(createsExclusively(), "this back end checks and then writes");
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                String name = "race/" + round;
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Boolean>> attempts = Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < threads; i++) {
                    String content = "by " + i;
                    attempts.add(executor.submit(() -> {
                        start.await();
                        return creates(name, content);
                    }));
                }
                start.countDown();
                int winners = 0;
                for (Future<Boolean> attempt : attempts) {
                    winners += attempt.get() ? 1 : 0;
                }
                assertThat(winners).as("round " + round).isEqualTo(1);
            }
        } finally {
            executor.shutdown();
        }
    }

    private boolean creates(String name, String content) {
        try {
            write(name, content);
            return true;
        } catch (DatasetDbException e) {
            assertThat(e.code()).isEqualTo(StoreError.FILE_EXISTS);
            return false;
        }
    }

    final void write(String name, String content) {
        try (Storage.Output output = storage.create(at(name))) {
            output.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            output.commit();
        }
    }

    final String read(String name) {
        try (Storage.Input input = storage.open(at(name))) {
            byte[] content = new byte[(int) input.size()];
            input.readFully(0, ByteBuffer.wrap(content));
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    final List<StorageEntry> list(String name) {
        List<StorageEntry> result = new ArrayList<>();
        storage.list(at(name), result::add);
        return result;
    }

    static void assertFails(ErrorCode code, String named, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(DatasetDbException.class)
                .hasMessageStartingWith("Cannot ")
                .hasMessageContaining(named)
                .extracting(failure -> ((DatasetDbException) failure).code())
                .isEqualTo(code);
    }
}
