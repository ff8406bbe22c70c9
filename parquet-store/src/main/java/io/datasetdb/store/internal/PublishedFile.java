// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import java.util.function.Consumer;

/**
 * A storage for whoever writes one file into a folder, which is published under a name of its own.
 *
 * @param location of the file, whatever the writer calls it
 * @param replace whether it may take the place of a file that is there
 */
public record PublishedFile(Storage storage, String location, boolean replace) implements Storage {
    @Override
    public Output create(String name) {
        return storage.publish(location, replace);
    }

    @Override
    public Output publish(String name, boolean replaceThis) {
        return storage.publish(location, replaceThis);
    }

    @Override
    public Input open(String name) {
        return storage.open(location);
    }

    @Override
    public void list(String name, Consumer<StorageEntry> consumer) {
        storage.list(location, consumer);
    }

    @Override
    public void delete(String name) {
        storage.delete(location);
    }

    /** Publishing has made the file's name durable. */
    @Override
    public void sync(String folder) {}

    /** The storage belongs to others. */
    @Override
    public void close() {}
}
