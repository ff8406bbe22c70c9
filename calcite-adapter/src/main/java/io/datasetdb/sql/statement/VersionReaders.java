// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.ReadLocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which versions are being read in this engine, so that a statement reads its versions to the end: files that are given up
 * meanwhile go with their last reader. Other processes learn of it by {@link ReadLocks}. What a process leaves undone by
 * ending stays on the registry's list of removals.
 */
public final class VersionReaders {
    private record Pending(Set<Object> readers, Set<UUID> versions, Runnable deletion) {}

    private record Read(Set<UUID> versions, Set<String> folders) {}

    private final ReadLocks locks;
    private final Map<Object, Read> reading = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();

    public VersionReaders(ReadLocks locks) {
        this.locks = locks;
    }

    /** Begins a read of versions whose files are in these folders. */
    synchronized void begin(Object reader, Set<UUID> versions, Set<String> folders) {
        if (!versions.isEmpty()) {
            locks.share(folders);
            reading.put(reader, new Read(versions, folders));
        }
    }

    /** Ends a read; idempotent. Carries out what only this reader was waited for. */
    void end(Object reader) {
        for (Runnable deletion : due(reader)) {
            try {
                deletion.run();
            } catch (DatasetDbException e) {
                // Not the reader's concern; the files stay on the registry's list of removals.
                System.getLogger(VersionReaders.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
            }
        }
    }

    private synchronized List<Runnable> due(Object reader) {
        List<Runnable> due = new ArrayList<>();
        Read ended = reading.remove(reader);
        if (ended != null) {
            locks.release(ended.folders);
            for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
                Pending one = each.next();
                if (one.readers.remove(reader) && one.readers.isEmpty()) {
                    // Whoever began under the cover of this reader is waited for, too.
                    one.readers.addAll(readersOf(one.versions));
                    if (one.readers.isEmpty()) {
                        each.remove();
                        due.add(one.deletion);
                    }
                }
            }
        }
        return due;
    }

    /** Runs a deletion when nobody who reads one of these versions now is left; at once if there is nobody. */
    void whenUnread(Set<UUID> versions, Runnable deletion) {
        if (!defer(versions, deletion)) {
            deletion.run();
        }
    }

    private synchronized boolean defer(Set<UUID> versions, Runnable deletion) {
        Set<Object> readers = readersOf(versions);
        return !readers.isEmpty() && pending.add(new Pending(readers, versions, deletion));
    }

    private Set<Object> readersOf(Set<UUID> versions) {
        Set<Object> readers = new HashSet<>();
        reading.forEach((reader, read) -> {
            if (read.versions.stream().anyMatch(versions::contains)) {
                readers.add(reader);
            }
        });
        return readers;
    }
}
