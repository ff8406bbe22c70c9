// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a warehouse: sends each location to local files or to Hadoop's file systems. A relative location is
 * below the warehouse's root. The Hadoop side, and with it any class of Hadoop, is loaded when the first location needs it.
 */
public final class WarehouseStorage implements Storage {
    private final Location root;
    private final LocalStorage local;
    private @Nullable Storage remote;

    private WarehouseStorage(Location root, LocalStorage local) {
        this.root = root;
        this.local = local;
    }

    /** The storage of the warehouse at {@code root}, a relative or absolute local path or a URI. */
    public static WarehouseStorage at(String root) {
        Location location = Location.parse(root);
        if (!location.isLocal()) {
            return new WarehouseStorage(location, new LocalStorage(Path.of("")));
        }
        Path folder = new LocalStorage(Path.of("")).path(root);
        return new WarehouseStorage(new Location("file", "", folder.toString()), new LocalStorage(folder));
    }

    /** The absolute URI of a location; opening it names the same file, also from a warehouse elsewhere. */
    public String uri(String location) {
        Location absolute = absolute(location);
        return absolute.isLocal() ? "file://" + local.path(location) : absolute.toString();
    }

    @Override
    public Output create(String location) {
        Location absolute = absolute(location);
        return storage(absolute).create(absolute.toString());
    }

    @Override
    public Output publish(String location, boolean replace) {
        Location absolute = absolute(location);
        return storage(absolute).publish(absolute.toString(), replace);
    }

    @Override
    public boolean moveFolder(String from, String to, boolean replace) {
        Location absolute = absolute(to);
        return storage(absolute).moveFolder(absolute(from).toString(), absolute.toString(), replace);
    }

    @Override
    public Input open(String location) {
        Location absolute = absolute(location);
        return storage(absolute).open(absolute.toString());
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        Location absolute = absolute(location);
        storage(absolute).list(absolute.toString(), consumer);
    }

    @Override
    public void list(String location, Predicate<String> enter, Consumer<StorageEntry> consumer) {
        Location absolute = absolute(location);
        storage(absolute).list(absolute.toString(), enter, consumer);
    }

    @Override
    public void delete(String location) {
        Location absolute = absolute(location);
        storage(absolute).delete(absolute.toString());
    }

    @Override
    public long free(String location) {
        Location absolute = absolute(location);
        return storage(absolute).free(absolute.toString());
    }

    @Override
    public void sync(String location) {
        Location absolute = absolute(location);
        storage(absolute).sync(absolute.toString());
    }

    @Override
    public synchronized void close() {
        local.close();
        if (remote != null) {
            remote.close();
            remote = null;
        }
    }

    private Location absolute(String location) {
        Location parsed = Location.parse(location);
        return parsed.isRelative() ? root.resolve(parsed.path()) : parsed;
    }

    private Storage storage(Location absolute) {
        return absolute.isLocal() ? local : remote(absolute);
    }

    private synchronized Storage remote(Location absolute) {
        if (remote == null) {
            try {
                remote = HadoopStorage.open();
            } catch (LinkageError e) {
                throw new DatasetDbException(
                        StoreError.UNSUPPORTED_SCHEME,
                        "Cannot use " + absolute + ": Hadoop's client is not on the class path (" + absolute.scheme()
                                + ")",
                        e);
            }
        }
        return remote;
    }
}
