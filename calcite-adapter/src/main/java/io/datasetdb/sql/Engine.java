// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

/** The composition root: one engine per warehouse and process, any number of sessions. */
public final class Engine implements AutoCloseable {
    private Engine() {}

    /** Opens the engine on a warehouse. */
    public static Engine open(EngineConfig config) {
        throw new UnsupportedOperationException(config.warehouse());
    }

    /** Opens a session; whoever opened it closes it. */
    public Session openSession(SessionOptions options) {
        throw new UnsupportedOperationException(options.user());
    }

    /** The version of this software, as recorded with deposits. */
    public static String version() {
        return "0.1.0";
    }

    /** Closes all sessions and the warehouse; idempotent. */
    @Override
    public void close() {}
}
