// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContract {
    @TempDir
    Path folder;

    @Override
    Storage open() {
        return new LocalStorage(folder);
    }

    @Override
    String at(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    boolean createsExclusively() {
        return true;
    }

    @Test
    void relativeLocationsAreBelowTheRoot() {
        try (Storage storage = open()) {
            write("x/file", "abc");
            for (String location :
                    List.of("x/file", "./x/../x/file", "file:" + at("x/file"), "file://" + at("x/file"))) {
                try (Storage.Input input = storage.open(location)) {
                    assertThat(input.size()).as(location).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void foreignLocationsAreRefused() {
        try (Storage storage = open()) {
            assertFails(StoreError.UNSUPPORTED_SCHEME, "s3://b/k", () -> storage.open("s3://b/k"));
            assertFails(StoreError.BAD_LOCATION, "file://host/k", () -> storage.open("file://host/k"));
            assertFails(StoreError.BAD_LOCATION, "Nul character", () -> storage.open("a\0b"));
        }
    }

    @Test
    void entryTellsTimeAndSize() throws Exception {
        write("list/file", "12345");
        Instant modified = Instant.parse("2026-01-02T03:04:05.123456789Z");
        Files.setLastModifiedTime(folder.resolve("list/file"), FileTime.from(modified));
        StorageEntry entry = list("list").get(0);
        assertThat(entry.source()).isEqualTo("file://");
        assertThat("/" + entry.path()).isEqualTo(at("list/file"));
        assertThat(entry.lastModified()).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
        long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
        assertThat(entry.etag()).isEqualTo(Long.toHexString(nanos) + "-5");
    }

    @Test
    void linksAreFollowedButNotInCircles() throws Exception {
        write("tree/sub/file", "1");
        write("elsewhere/other", "22");
        Files.createSymbolicLink(folder.resolve("tree/sub/up"), folder.resolve("tree"));
        Files.createSymbolicLink(folder.resolve("tree/out"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("tree/dangling"), folder.resolve("nowhere"));
        assertThat(list("tree")).extracting(StorageEntry::size).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void deletingRemovesALinkAndNotWhatItLeadsTo() throws Exception {
        write("elsewhere/other", "22");
        write("tree/file", "1");
        Files.createSymbolicLink(folder.resolve("tree/out"), folder.resolve("elsewhere"));
        try (Storage storage = open()) {
            storage.delete(at("tree"));
        }
        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(read("elsewhere/other")).isEqualTo("22");
    }

    @Test
    void unreadableFolderFailsTheListing() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read every folder");
        write("tree/locked/file", "1");
        Path locked = folder.resolve("tree/locked");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        try {
            assertFails(StoreError.ACCESS_DENIED, "tree/locked", () -> list("tree"));
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void foldersThatAreNotEnteredAreNotLookedAt() throws Exception {
        write("tree/a/file", "1");
        write("tree/b/deep/file", "22");
        write("tree/file", "333");
        Path locked = folder.resolve("tree/b/deep");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        List<String> asked = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        try (Storage storage = open()) {
            storage.list(
                    at("tree"),
                    path -> {
                        asked.add("/" + path);
                        return path.endsWith("/a") || path.endsWith("/b");
                    },
                    entry -> sizes.add(entry.size()));
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(sizes).containsExactlyInAnyOrder(1L, 3L);
        assertThat(asked).containsExactlyInAnyOrder(at("tree/a"), at("tree/b"), at("tree/b/deep"));
    }

    @Test
    void fileInTheWayOfAFolderIsNamed() {
        write("file", "1");
        assertFails(StoreError.FILE_EXISTS, "file", () -> write("file/below", "2"));
    }

    @Test
    void interruptOfOneReaderLeavesTheOthersAlone() throws Exception {
        write("file", "12345");
        try (Storage storage = open();
                Storage.Input input = storage.open("file")) {
            Thread.currentThread().interrupt();
            assertFails(StoreError.READ_FAILED, "file", () -> input.readFully(0, ByteBuffer.allocate(1)));
            assertThat(Thread.interrupted()).isTrue();
            ByteBuffer bytes = ByteBuffer.allocate(5);
            input.readFully(0, bytes);
            assertThat(bytes.array()).asString().isEqualTo("12345");
        }
    }

    @Test
    void manyFilesAreListed() throws Exception {
        int files = 5_000;
        for (int i = 0; i < files; i++) {
            Path parent = Files.createDirectories(folder.resolve("many/" + i % 50));
            Files.createFile(parent.resolve("file" + i));
        }
        List<StorageEntry> entries = new ArrayList<>(list("many"));
        assertThat(entries)
                .extracting(StorageEntry::path)
                .doesNotHaveDuplicates()
                .hasSize(files);
    }
}
