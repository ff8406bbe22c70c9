// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.internal.CallOptions;
import io.datasetdb.jdbc.internal.EmbeddedEngines;
import io.datasetdb.jdbc.internal.Transport;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.sql.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.Service;

/** Warehouses that are open: one engine each, closed when its last connection is. */
final class SharedEngines implements EmbeddedEngines {
    private final Function<String, Engine> opener;
    private final Map<String, Shared> engines = new HashMap<>();

    /** An open engine and how many use it. */
    private static final class Shared {
        final Engine engine;
        final Sessions sessions;
        int users;

        Shared(Engine engine) {
            this.engine = engine;
            this.sessions = new Sessions(engine, SessionLimits.NONE, Authenticator.EVERYBODY);
        }
    }

    SharedEngines(Function<String, Engine> opener) {
        this.opener = opener;
    }

    @Override
    public Transport open(String warehouse) {
        String key = key(warehouse);
        synchronized (engines) {
            Shared shared = engines.get(key);
            if (shared == null) {
                shared = new Shared(opener.apply(warehouse));
                engines.put(key, shared);
            }
            shared.users++;
            return new InProcess(key, shared);
        }
    }

    /** The same folder has the same key however it is written. */
    private static String key(String warehouse) {
        if (warehouse.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return warehouse;
        }
        Path path = Path.of(warehouse).toAbsolutePath().normalize();
        Path existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath()
                    .resolve(existing.relativize(path))
                    .normalize()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void release(String key, Shared shared) {
        synchronized (engines) {
            shared.users--;
            if (shared.users > 0) {
                return;
            }
            engines.remove(key, shared);
        }
        shared.sessions.close();
        shared.engine.close();
    }

    /** Calls the engine in the caller's thread. */
    private final class InProcess implements Transport {
        private final String key;
        private final Shared shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        InProcess(String key, Shared shared) {
            this.key = key;
            this.shared = shared;
        }

        @Override
        public Service service(CallOptions options) {
            EngineMeta.Request request =
                    new EngineMeta.Request(Caller.IN_PROCESS, WireForm.NATIVE, true, options, Long.MAX_VALUE);
            return new LocalService(new EngineMeta(shared.sessions, Runnable::run, request));
        }

        @Override
        public Service service(Duration patience) {
            return service(CallOptions.NONE);
        }

        @Override
        public void cancel(String connectionId, int statementId) {
            shared.sessions.cancel(Caller.IN_PROCESS, connectionId, statementId);
        }

        @Override
        public void networkTimeout(int millis) {
            // There is no network.
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(key, shared);
            }
        }
    }
}
