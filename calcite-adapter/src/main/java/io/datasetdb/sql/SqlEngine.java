// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.registry.Registry;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.statement.PlanCache;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.FunctionLibrary;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The engine on a warehouse with an embedded registry. */
final class SqlEngine implements Engine {
    private final Registry registry;
    private final DatasetStore store;
    private final FunctionLibrary functions;
    private final PlanCache planCache = new PlanCache();
    private final Scheduler scheduler = Scheduler.ofProcessors();
    private final Set<SqlSession> sessions = ConcurrentHashMap.newKeySet();

    private SqlEngine(Registry registry, DatasetStore store, FunctionLibrary functions) {
        this.registry = registry;
        this.store = store;
        this.functions = functions;
    }

    static Engine open(EngineConfig config) {
        Registry registry = Registry.open(Path.of(config.warehouse()));
        DatasetStore store = DatasetStore.open(config.warehouse());
        return new SqlEngine(registry, store, FunctionLibrary.builtin(store));
    }

    @Override
    public Session openSession(SessionOptions options) {
        SqlSession session = new SqlSession(registry, store, functions, options, planCache, scheduler, sessions::remove);
        sessions.add(session);
        return session;
    }

    @Override
    public void close() {
        sessions.forEach(SqlSession::close);
        scheduler.close();
        store.close();
        registry.close();
    }
}
