// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.statement.PlanCache;
import io.datasetdb.sql.statement.RunningDeposits;
import io.datasetdb.sql.statement.RunningQueries;
import io.datasetdb.sql.statement.SessionState;
import io.datasetdb.sql.statement.UserFunctions;
import io.datasetdb.sql.statement.VersionReaders;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.JavaValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The engine on a warehouse with an embedded registry. */
final class SqlEngine implements Engine {
    /** How long a deposit that was cancelled may take to clear up before the registry is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Registry registry;
    private final DatasetStore store;
    private final UserFunctions functions;
    private final VersionReaders readers;
    private final RunningDeposits deposits = new RunningDeposits();
    private final PlanCache planCache = new PlanCache();
    private final Scheduler scheduler = Scheduler.ofProcessors();
    private final MemoryBudget memory = MemoryBudget.ofHeap();
    private final boolean recordsQueries;
    private final Set<SqlSession> sessions = ConcurrentHashMap.newKeySet();

    private SqlEngine(Registry registry, DatasetStore store, UserFunctions functions, boolean recordsQueries) {
        this.registry = registry;
        this.readers = new VersionReaders(registry.readLocks());
        this.store = store;
        this.functions = functions;
        this.recordsQueries = recordsQueries;
    }

    static Engine open(EngineConfig config) {
        DatasetStore store = DatasetStore.open(config.warehouse(), config.columnCacheBytes());
        Registry registry = Registry.open(folder(config.warehouse(), store));
        return new SqlEngine(
                registry,
                store,
                new UserFunctions(registry, FunctionLibrary.builtin(store), javaValues()),
                config.recordsQueries());
    }

    /** Records are known to what Java programs see, which is above this room. */
    private static JavaValues javaValues() {
        return ServiceLoader.load(JavaValues.class, SqlEngine.class.getClassLoader())
                .findFirst()
                .orElse(JavaValues.NONE);
    }

    /** Where the registry lives: a SQLite file cannot be in a bucket. */
    private static Path folder(String warehouse, DatasetStore store) {
        String uri = store.uri("");
        if (!uri.startsWith("file://")) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot open warehouse: its registry is a SQLite file, which needs a local folder; object storage"
                            + " can be read from a warehouse in one (" + warehouse + ")");
        }
        return Path.of(uri.substring("file://".length()));
    }

    @Override
    public Session openSession(SessionOptions options) {
        return openSession(options, recordsQueries);
    }

    @Override
    public DatasetStore store() {
        return store;
    }

    @Override
    public void warmUp() {
        try (Session session = openSession(SessionOptions.of("datasetdb"), false)) {
            WarmUp.run(session);
        } catch (IOException | DatasetDbException e) {
            System.getLogger(SqlEngine.class.getName()).log(System.Logger.Level.DEBUG, "the warm-up ended early", e);
        }
    }

    private Session openSession(SessionOptions options, boolean records) {
        RunningQueries running = new RunningQueries(readers, deposits);
        SqlSession session = new SqlSession(
                registry,
                store,
                functions,
                options,
                planCache,
                scheduler,
                memory,
                running,
                new SessionState(readers),
                records,
                sessions::remove);
        sessions.add(session);
        return session;
    }

    @Override
    public void close() {
        sessions.forEach(SqlSession::close);
        if (!deposits.awaitNone(PATIENCE)) {
            System.getLogger(SqlEngine.class.getName())
                    .log(System.Logger.Level.WARNING, "a deposit did not end in time and was cut off");
        }
        scheduler.close();
        store.close();
        registry.close();
    }
}
