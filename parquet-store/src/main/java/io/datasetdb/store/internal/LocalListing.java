// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.store.StorageEntry;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands over every regular file below a folder. A folder that cannot be read fails the listing: half of one is a lie. */
final class LocalListing extends SimpleFileVisitor<Path> {
    private final Consumer<StorageEntry> consumer;

    LocalListing(Consumer<StorageEntry> consumer) {
        this.consumer = consumer;
    }

    static StorageEntry entry(Path file, BasicFileAttributes attributes) {
        Instant modified = attributes.lastModifiedTime().toInstant();
        String etag = Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + "-"
                + Long.toHexString(attributes.size());
        String path = file.toString();
        return new StorageEntry(
                "file://",
                path.startsWith("/") ? path.substring(1) : path,
                attributes.size(),
                "",
                etag,
                modified.truncatedTo(ChronoUnit.MICROS));
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
        throw failure;
    }
}
