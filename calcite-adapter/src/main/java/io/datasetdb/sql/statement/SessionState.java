// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.schema.SessionObjects;
import java.util.function.UnaryOperator;

/** The parameters and temporary datasets of one session, which its statements change. Safe for several threads. */
public final class SessionState {
    private SessionObjects objects = SessionObjects.NONE;

    /** What the session has now. */
    public synchronized SessionObjects objects() {
        return objects;
    }

    synchronized void change(UnaryOperator<SessionObjects> change) {
        objects = change.apply(objects);
    }
}
