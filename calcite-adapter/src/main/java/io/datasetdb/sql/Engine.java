// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.store.DatasetStore;

/** The composition root: one engine per warehouse and process, any number of sessions. */
public interface Engine extends AutoCloseable {
    /** Opens the engine on a warehouse. */
    static Engine open(EngineConfig config) {
        return SqlEngine.open(config);
    }

    /** The version of this software, as recorded with deposits. */
    static String version() {
        return "0.1.0";
    }

    /** Opens a session; whoever opened it closes it. */
    Session openSession(SessionOptions options);

    /** The files of the warehouse, open as long as the engine is. */
    DatasetStore store();

    /**
     * Runs statements of its own for about two seconds, so that the first ones of users need not wait for classes and compiled
     * code; ends earlier when the engine is closed. Changes and records nothing.
     */
    void warmUp();

    /** Closes all sessions and the warehouse; idempotent. */
    @Override
    void close();
}
