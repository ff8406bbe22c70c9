// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Files in memory that fail on demand: the n-th operation that changes something is refused, and a crash takes with it
 * whatever was not synced. Counts what is open.
 */
public final class FaultyStorage implements Storage {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Set<String> unsynced = new TreeSet<>();
    private int operations;
    private int refuseAt = Integer.MAX_VALUE;
    private int opened;
    private int closed;

    /** Refuses the {@code n}-th create, write, commit or sync from now on, counted from 1, as a full disk would. */
    public void refuse(int n) {
        operations = 0;
        refuseAt = n;
    }

    /** Loses every file that was not synced together with its folder. */
    public void crash() {
        unsynced.forEach(files::remove);
        unsynced.clear();
    }

    /** Paths of all files, also of those that are being written. */
    public Set<String> files() {
        return files.keySet();
    }

    public byte[] content(String location) {
        return files.get(location);
    }

    public int opened() {
        return opened;
    }

    public int closed() {
        return closed;
    }

    private void operation(String verb, String location) {
        if (++operations == refuseAt) {
            throw new DatasetDbException(
                    StoreError.DISK_FULL,
                    "Cannot " + verb + " " + location + ": no space left (operation " + operations + ")");
        }
    }

    @Override
    public Output publish(String location, boolean replace) {
        if (replace) {
            files.remove(location);
        }
        return create(location);
    }

    @Override
    public Output create(String location) {
        operation("create", location);
        if (files.containsKey(location)) {
            throw new DatasetDbException(
                    StoreError.FILE_EXISTS, "Cannot create " + location + ": there is one already (fake)");
        }
        files.put(location, new byte[0]);
        unsynced.add(location);
        opened++;
        return new Writing(location);
    }

    @Override
    public Input open(String location) {
        byte[] content = files.get(location);
        if (content == null) {
            throw new DatasetDbException(
                    StoreError.FILE_NOT_FOUND, "Cannot open " + location + ": there is no such file (fake)");
        }
        opened++;
        return new Reading(location, content);
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        files.forEach((path, content) -> {
            if (path.startsWith(location)) {
                consumer.accept(new StorageEntry("fake://", path, content.length, "", "", Instant.EPOCH));
            }
        });
    }

    @Override
    public void delete(String location) {
        files.keySet().removeIf(path -> path.equals(location) || path.startsWith(location + "/"));
    }

    @Override
    public void sync(String location) {
        operation("sync", location);
        unsynced.removeIf(path -> path.startsWith(location + "/") && path.indexOf('/', location.length() + 1) < 0);
    }

    @Override
    public void close() {}

    private final class Writing implements Output {
        private final String location;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean committed;
        private boolean done;

        Writing(String location) {
            this.location = location;
        }

        @Override
        public void write(ByteBuffer source) {
            operation("write", location);
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public void commit() {
            committed = true;
        }

        @Override
        public void close() {
            if (done) {
                return;
            }
            done = true;
            closed++;
            try {
                operation("close", location);
            } catch (DatasetDbException e) {
                committed = false;
                throw e;
            } finally {
                if (committed) {
                    files.put(location, bytes.toByteArray());
                } else {
                    files.remove(location);
                }
            }
        }
    }

    private final class Reading implements Input {
        private final String location;
        private final byte[] content;
        private boolean done;

        Reading(String location, byte[] content) {
            this.location = location;
            this.content = content;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public void readFully(long position, ByteBuffer target) {
            target.put(content, (int) position, target.remaining());
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public void close() {
            closed += done ? 0 : 1;
            done = true;
        }
    }
}
