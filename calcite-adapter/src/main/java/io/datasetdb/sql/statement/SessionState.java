// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.SessionObjects;
import io.datasetdb.sql.schema.TemporaryTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The parameters and temporary datasets of one session, which its statements change. Safe for several threads. */
public final class SessionState implements AutoCloseable {
    private final VersionReaders readers;
    private final Map<UUID, VersionDraft> drafts = new HashMap<>();
    private SessionObjects objects = SessionObjects.NONE;
    private boolean closed;

    /** @param readers of the engine: the files of a temporary dataset go with their last reader */
    public SessionState(VersionReaders readers) {
        this.readers = readers;
    }

    /** What the session has now. */
    public synchronized SessionObjects objects() {
        return objects;
    }

    synchronized void change(UnaryOperator<SessionObjects> change) {
        objects = change.apply(objects);
    }

    /** Adds a temporary dataset, whose draft is closed with it; it takes the place of another of its name. */
    synchronized void put(TemporaryTable table, VersionDraft draft) {
        checkOpen();
        drop(table.displayName());
        keep(table, draft);
    }

    /**
     * Puts what a statement made of a temporary dataset in its place. Drafts in which it still has files stay.
     *
     * @return false, and nothing is done, if it is another one meanwhile
     */
    synchronized boolean replace(TemporaryTable before, TemporaryTable table, VersionDraft draft) {
        checkOpen();
        if (!objects.temporary(before.displayName()).filter(before::equals).isPresent()) {
            return false;
        }
        keep(table, draft);
        before.drafts().stream().filter(uuid -> !table.drafts().contains(uuid)).forEach(this::giveUp);
        return true;
    }

    private void keep(TemporaryTable table, VersionDraft draft) {
        drafts.put(draft.uuid(), draft);
        objects = objects.withTemporary(table.displayName(), table);
    }

    private void checkOpen() {
        if (closed) {
            throw new DatasetDbException(SqlError.SESSION_CLOSED, "Cannot run the statement: the session is closed");
        }
    }

    /** Drops a temporary dataset; answers false if there is none of this name. */
    synchronized boolean drop(String name) {
        return objects.temporary(name)
                .map(table -> {
                    objects = objects.withTemporary(name, null);
                    table.drafts().forEach(this::giveUp);
                    return true;
                })
                .orElse(false);
    }

    /**
     * Keeps the files of all temporary datasets that there are now, so that a statement can plan on what they are and begin to
     * read while others of the session change them.
     *
     * @return for {@link #unpin}
     */
    synchronized Object pin() {
        Object pin = new Object();
        readers.begin(pin, Set.copyOf(drafts.keySet()), Set.of());
        return pin;
    }

    /** Ends what {@link #pin} began; what reads by then keeps its files itself. */
    void unpin(Object pin) {
        readers.end(pin);
    }

    private void giveUp(UUID uuid) {
        VersionDraft draft = drafts.remove(uuid);
        if (draft != null) {
            readers.whenUnread(Set.of(uuid), draft::close);
        }
    }

    /** Drops all temporary datasets; idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(drafts.keySet()).forEach(this::giveUp);
        objects = SessionObjects.NONE;
    }
}
