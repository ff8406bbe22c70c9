// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Files in memory or on disk, read only; counts what is open and what was read. */
final class ReadOnlyStorage implements Storage {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger bytesRead = new AtomicInteger();
    /** The version of every file opened from now on; as long as it is 0 nothing is kept. */
    final AtomicInteger version = new AtomicInteger();

    /** Puts a file into memory, replacing one of that name. */
    void put(String location, byte[] content) {
        files.put(location, content);
    }

    @Override
    public Input open(String location) {
        byte[] content = files.computeIfAbsent(location, ReadOnlyStorage::load);
        opened.incrementAndGet();
        open.incrementAndGet();
        long openedVersion = version.get();
        return new Input() {
            @Override
            public long version() {
                return openedVersion;
            }

            @Override
            public long size() {
                return content.length;
            }

            @Override
            public void readFully(long position, ByteBuffer target) {
                if (position < 0 || position + target.remaining() > content.length) {
                    throw new DatasetDbException(
                            StoreError.READ_FAILED, "Cannot read " + location + ": it ends before");
                }
                bytesRead.addAndGet(target.remaining());
                target.put(content, (int) position, target.remaining());
            }

            @Override
            public String location() {
                return location;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    private static byte[] load(String location) {
        try {
            return Files.readAllBytes(Path.of(location));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Output publish(String location, boolean replace) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public Output create(String location) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public void delete(String location) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public void sync(String location) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public void close() {}
}
