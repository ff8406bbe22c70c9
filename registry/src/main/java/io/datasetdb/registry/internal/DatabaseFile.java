// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that an open registry is in. An operating system lets a process go on writing to a file that has been deleted or
 * whose folder has moved, and all of it would be lost: so every transaction first makes sure that its file is still there.
 */
final class DatabaseFile {
    private final Path file;
    private final @Nullable Object identity;

    private DatabaseFile(Path file, @Nullable Object identity) {
        this.file = file;
        this.identity = identity;
    }

    static DatabaseFile of(Path file) throws IOException {
        return new DatabaseFile(file, identity(file));
    }

    /** {@code null} where the file system does not tell files apart. */
    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Fails if this is no longer the file that was opened. */
    void require() {
        IOException cause = null;
        try {
            if (Objects.equals(identity(file), identity)) {
                return;
            }
        } catch (IOException e) {
            cause = e;
        }
        throw new DatasetDbException(
                RegistryError.DAMAGED,
                "Cannot use the registry: its file was deleted or replaced while it was open, open the warehouse again ("
                        + file + ")",
                cause);
    }
}
