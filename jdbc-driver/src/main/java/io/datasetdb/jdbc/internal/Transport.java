// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.time.Duration;
import org.apache.calcite.avatica.remote.Service;

/** The way from one connection to the engine; closed with its connection. */
public interface Transport extends AutoCloseable {
    /** A service whose calls are subject to {@code options}. */
    Service service(CallOptions options);

    /** A service for calls that are answered at once, if by anybody: one that takes longer than this has failed. */
    Service service(Duration patience);

    /** Asks a running statement to end; the statement stays open. Unknown ids are ignored. */
    void cancel(String connectionId, int statementId);

    /** Lets a call take no longer than this from now on, 0 for the default; a network time-out, so nothing in process. */
    void networkTimeout(int millis);

    @Override
    void close();
}
