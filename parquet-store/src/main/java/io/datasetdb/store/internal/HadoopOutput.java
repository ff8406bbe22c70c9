// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.jspecify.annotations.Nullable;

/** A new file of a Hadoop file system. */
final class HadoopOutput implements Storage.Output {
    private final String location;
    private final FileSystem fileSystem;
    private final Path path;
    private final FSDataOutputStream stream;
    private @Nullable Path name;
    private boolean replace;
    private byte[] copy = new byte[0];
    private boolean committed;
    private boolean closed;

    HadoopOutput(String location, FileSystem fileSystem, Path path, FSDataOutputStream stream) {
        this.location = location;
        this.fileSystem = fileSystem;
        this.path = path;
        this.stream = stream;
    }

    /** With another name that the file gets when it is complete. */
    HadoopOutput named(Path path, boolean mayReplace) {
        name = path;
        replace = mayReplace;
        return this;
    }

    @Override
    public void write(ByteBuffer bytes) {
        try {
            int count = bytes.remaining();
            if (bytes.hasArray()) {
                stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
                bytes.position(bytes.limit());
            } else {
                copy = copy.length < count ? new byte[count] : copy;
                bytes.get(copy, 0, count);
                stream.write(copy, 0, count);
            }
        } catch (IOException e) {
            committed = false;
            throw Failures.of("write", location, e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public long position() {
        return stream.getPos();
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
        try {
            if (committed) {
                complete();
            } else {
                discard();
            }
        } catch (IOException e) {
            throw Failures.of("write", location, e, StoreError.WRITE_FAILED);
        }
    }

    private void complete() throws IOException {
        boolean kept = false;
        try (stream) {
            if (stream.hasCapability(StreamCapabilities.HSYNC)) {
                stream.hsync();
            }
            kept = true;
        } finally {
            if (!kept) {
                fileSystem.delete(path, false);
            }
        }
        if (name != null) {
            rename(name);
        }
    }

    private void rename(Path wanted) throws IOException {
        boolean renamed = false;
        try {
            if (replace) {
                fileSystem.delete(wanted, false);
            }
            renamed = !fileSystem.exists(wanted) && fileSystem.rename(path, wanted);
        } finally {
            if (!renamed) {
                fileSystem.delete(path, false);
            }
        }
        if (!renamed) {
            throw new FileAlreadyExistsException(wanted.toString());
        }
    }

    /** An object store can forget an upload before anybody sees it; elsewhere the file is closed and removed. */
    private void discard() throws IOException {
        if (stream.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
            stream.abort();
            return;
        }
        try {
            stream.close();
        } finally {
            fileSystem.delete(path, false);
        }
    }
}
