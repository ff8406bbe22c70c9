// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A local file open for reading. An interrupt of one reading thread makes the JDK close the channel for all of them, so
 * the others reopen it; the file never changes, so they see the same bytes.
 */
final class LocalInput implements Storage.Input {
    private final Path path;
    private final long size;
    private final long version;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private LocalInput(Path path, BasicFileAttributes attributes, FileChannel channel) {
        this.path = path;
        this.size = attributes.size();
        this.version = version(attributes);
        this.channel = channel;
    }

    static LocalInput open(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new DatasetDbException(
                        StoreError.BAD_LOCATION, "Cannot open " + path + ": it is a folder, not a file");
            }
            return new LocalInput(path, attributes, FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw Failures.of("open", path.toString(), e, StoreError.READ_FAILED);
        }
    }

    /** When the file was written, and its number on the disk where there is one. */
    private static long version(BasicFileAttributes attributes) {
        long written = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return 31 * written + Objects.hashCode(attributes.fileKey()) | 1;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void readFully(long position, ByteBuffer target) {
        long from = position;
        while (target.hasRemaining()) {
            FileChannel current = channel;
            try {
                int count = current.read(target, from);
                if (count < 0) {
                    throw new DatasetDbException(
                            StoreError.FILE_DAMAGED,
                            "Cannot read " + path + ": it ends before byte " + (from + target.remaining()) + " (" + from
                                    + ")");
                }
                from += count;
            } catch (ClosedByInterruptException e) {
                throw Failures.of("read", path.toString(), e, StoreError.READ_FAILED);
            } catch (ClosedChannelException e) {
                reopen(current, e);
            } catch (IOException e) {
                throw Failures.of("read", path.toString(), e, StoreError.READ_FAILED);
            }
        }
    }

    private synchronized void reopen(FileChannel seenClosed, ClosedChannelException cause) {
        try {
            if (closed) {
                throw cause;
            }
            if (channel == seenClosed) {
                channel = FileChannel.open(path, StandardOpenOption.READ);
            }
        } catch (IOException e) {
            throw Failures.of("read", path.toString(), e, StoreError.READ_FAILED);
        }
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw Failures.of("close", path.toString(), e, StoreError.READ_FAILED);
        }
    }
}
