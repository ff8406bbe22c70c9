// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/** A file of a Hadoop file system, open for positioned reads, which Hadoop allows from several threads. */
final class HadoopInput implements Storage.Input {
    private final String location;
    private final long size;
    private final long version;
    private final FSDataInputStream stream;
    private final RemoteCalls calls;

    HadoopInput(String location, long size, long version, FSDataInputStream stream, RemoteCalls calls) {
        this.location = location;
        this.size = size;
        this.version = version;
        this.stream = stream;
        this.calls = calls;
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
        int count = target.remaining();
        if (position + count > size) {
            throw truncated(position + count, null);
        }
        try {
            if (target.hasArray()) {
                read(position, target.array(), target.arrayOffset() + target.position(), count);
                target.position(target.limit());
            } else {
                byte[] bytes = new byte[count];
                read(position, bytes, 0, count);
                target.put(bytes);
            }
        } catch (EOFException e) {
            throw truncated(position + count, e);
        } catch (IOException e) {
            throw Failures.of("read", location, e, StoreError.READ_FAILED);
        }
    }

    private void read(long position, byte[] bytes, int offset, int count) throws IOException {
        calls.call(() -> {
            stream.readFully(position, bytes, offset, count);
            return count;
        });
    }

    private DatasetDbException truncated(long end, @Nullable EOFException cause) {
        return new DatasetDbException(
                StoreError.FILE_DAMAGED,
                "Cannot read " + location + ": it ends before byte " + end + " (" + size + ")",
                cause);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw Failures.of("close", location, e, StoreError.READ_FAILED);
        }
    }
}
