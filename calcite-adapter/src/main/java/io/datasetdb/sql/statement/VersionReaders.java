// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
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
 * meanwhile go with their last reader. What a process leaves undone by ending stays on the registry's list of removals.
 */
public final class VersionReaders {
    private record Pending(Set<Object> readers, Runnable deletion) {}

    private final Map<Object, Set<UUID>> reading = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();

    /** Begins a read. */
    synchronized void begin(Object reader, Set<UUID> versions) {
        if (!versions.isEmpty()) {
            reading.put(reader, versions);
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
        if (reading.remove(reader) != null) {
            for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
                Pending one = each.next();
                if (one.readers.remove(reader) && one.readers.isEmpty()) {
                    each.remove();
                    due.add(one.deletion);
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
        Set<Object> readers = new HashSet<>();
        reading.forEach((reader, read) -> {
            if (read.stream().anyMatch(versions::contains)) {
                readers.add(reader);
            }
        });
        return !readers.isEmpty() && pending.add(new Pending(readers, deletion));
    }
}
