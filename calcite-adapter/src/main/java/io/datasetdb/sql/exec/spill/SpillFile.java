// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.spill;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A temporary file of blocks of bytes; gone when it is closed. Safe for several threads. */
final class SpillFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final SpillFolder folder;
    private final AtomicLong end = new AtomicLong();

    SpillFile(Path path, FileChannel channel, SpillFolder folder) {
        this.path = path;
        this.channel = channel;
        this.folder = folder;
    }

    /** Writes a block and returns where it starts. */
    long append(byte[] data, int length) {
        long start = end.getAndAdd(length);
        ByteBuffer buffer = ByteBuffer.wrap(data, 0, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, start + buffer.position());
            }
        } catch (IOException e) {
            throw SpillFolder.failure("write", path, e);
        }
        folder.countWritten(length);
        return start;
    }

    /** Reads the block of {@code length} bytes that starts there. */
    void read(long start, byte[] data, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(data, 0, length);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, start + buffer.position()) < 0) {
                    throw new EOFException("the file ends early");
                }
            }
        } catch (IOException e) {
            throw SpillFolder.failure("read", path, e);
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        folder.forget(this);
        try {
            channel.close();
        } catch (IOException e) {
            throw SpillFolder.failure("remove", path, e);
        }
    }
}
