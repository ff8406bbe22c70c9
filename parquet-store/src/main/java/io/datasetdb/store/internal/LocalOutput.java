// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new local file. */
final class LocalOutput implements Storage.Output {
    private final Path path;
    private final FileChannel channel;
    private long position;
    private boolean committed;
    private boolean closed;

    LocalOutput(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            committed = false;
            throw Failures.of("write", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void commit() {
        committed = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean keep = false;
        try (channel) {
            if (committed) {
                channel.force(true);
                keep = true;
            }
        } catch (IOException e) {
            keep = false;
            throw Failures.of("write", path.toString(), e, StoreError.WRITE_FAILED);
        } finally {
            if (!keep) {
                remove();
            }
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw Failures.of("delete", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }
}
