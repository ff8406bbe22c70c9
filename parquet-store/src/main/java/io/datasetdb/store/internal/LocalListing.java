// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.store.StorageEntry;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Hands over every regular file below a folder. A folder that cannot be read fails the listing: half of one is a lie. */
final class LocalListing extends SimpleFileVisitor<Path> {
    private final Path start;
    private final Predicate<String> enter;
    private final Consumer<StorageEntry> consumer;

    /** A listing of {@code start} that leaves out folders which {@code enter} refuses, readable or not. */
    LocalListing(Path start, Predicate<String> enter, Consumer<StorageEntry> consumer) {
        this.start = start;
        this.enter = enter;
        this.consumer = consumer;
    }

    private static String path(Path file) {
        String path = file.toString();
        return path.startsWith("/") ? path.substring(1) : path;
    }

    static StorageEntry entry(Path file, BasicFileAttributes attributes) {
        Instant modified = attributes.lastModifiedTime().toInstant();
        String etag = Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + "-"
                + Long.toHexString(attributes.size());
        return new StorageEntry(
                "file://", path(file), attributes.size(), "", etag, modified.truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(start) || enter.test(path(folder))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        // Dangling links, sockets and devices are not files that anybody can read to an end.
        if (attributes.isRegularFile()) {
            consumer.accept(entry(file, attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof FileSystemLoopException || failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        // Folders are opened before anybody is asked whether to enter them.
        if (!file.equals(start) && Files.isDirectory(file) && !enter.test(path(file))) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
