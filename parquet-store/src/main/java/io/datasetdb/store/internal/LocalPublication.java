// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A local file that gets its name when it is complete. A link fails if somebody else was faster, which a move would not
 * notice; file systems without links get the move, which replaces what appeared meanwhile.
 */
final class LocalPublication implements Storage.Output {
    private final LocalOutput hidden;
    private final Path hiddenPath;
    private final Path path;
    private final boolean replace;
    private boolean committed;
    private boolean closed;

    LocalPublication(LocalOutput hidden, Path hiddenPath, Path path, boolean replace) {
        this.hidden = hidden;
        this.hiddenPath = hiddenPath;
        this.path = path;
        this.replace = replace;
    }

    @Override
    public void write(ByteBuffer bytes) {
        hidden.write(bytes);
    }

    @Override
    public long position() {
        return hidden.position();
    }

    @Override
    public void commit() {
        committed = true;
        hidden.commit();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        hidden.close();
        if (!committed) {
            return;
        }
        try {
            name();
            Path parent = path.getParent();
            if (parent != null) {
                LocalStorage.syncFolder(parent);
            }
        } catch (IOException e) {
            throw Failures.of("create", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    private void name() throws IOException {
        try {
            if (replace) {
                Files.move(hiddenPath, path, StandardCopyOption.ATOMIC_MOVE);
            } else {
                link();
            }
        } finally {
            Files.deleteIfExists(hiddenPath);
        }
    }

    private void link() throws IOException {
        try {
            Files.createLink(path, hiddenPath);
        } catch (UnsupportedOperationException e) {
            Files.move(hiddenPath, path);
        }
    }
}
