// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.FunctionLibrary;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a statement works on.
 *
 * @param registry of the warehouse
 * @param store of the warehouse
 * @param functions that it may call
 * @param options of the session, with the defaults that hold now
 * @param settings of the session, as they are when asked for: a statement that was prepared before a change runs by it
 * @param planCache of the engine
 * @param scheduler of the engine
 * @param memory of the engine; each run gets a child of it
 * @param session what the session has for itself
 * @param running what runs in the session
 * @param recordsQueries whether queries are remembered
 * @param runsAtOnce whether the statement runs as soon as it is planned
 */
public record StatementContext(
        Registry registry,
        DatasetStore store,
        FunctionLibrary functions,
        SessionOptions options,
        Supplier<Settings> settings,
        PlanCache planCache,
        Scheduler scheduler,
        MemoryBudget memory,
        SessionState session,
        RunningQueries running,
        boolean recordsQueries,
        boolean runsAtOnce) {
    /** The same for a statement of which more is known than its session tells. */
    StatementContext with(SessionOptions newOptions, SessionState newSession) {
        return new StatementContext(
                registry,
                store,
                functions,
                newOptions,
                settings,
                planCache,
                scheduler,
                memory,
                newSession,
                running,
                recordsQueries,
                true);
    }

    /**
     * The same for a statement whose rows are kept, and compared when it is run again: it reads nothing that finds just nearly
     * always what it looks for.
     */
    public StatementContext exact() {
        return new StatementContext(
                registry,
                store,
                functions,
                options,
                () -> exact(settings.get()),
                planCache,
                scheduler,
                memory,
                session,
                running,
                recordsQueries,
                runsAtOnce);
    }

    private static Settings exact(Settings settings) {
        Set<Optimization> disabled = EnumSet.of(Optimization.VECTOR_INDEX);
        disabled.addAll(settings.disabled());
        return settings.withDisabled(disabled);
    }

    /** Labels as a statement gives them; each must have a key. */
    static @Nullable Map<String, String> checked(DatasetName name, @Nullable Map<String, String> labels) {
        if (labels != null && labels.containsKey("")) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot label dataset " + name + ": a label has no key (=" + labels.get("") + ")");
        }
        return labels;
    }

    /**
     * The dataset of the registry that a statement is to change; a temporary dataset that hides it cannot be changed, and the
     * hidden one is not meant.
     */
    DatasetName changeable(SqlIdentifier identifier) {
        if (identifier.isSimple()
                && session.objects().temporary(identifier.getSimple()).isPresent()) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot change a temporary dataset: CREATE OR REPLACE TEMPORARY DATASET makes it anew ("
                            + identifier.getSimple() + ")");
        }
        return name(identifier);
    }

    /** The dataset that an unversioned name of one to three parts means in this session. */
    DatasetName name(SqlIdentifier identifier) {
        return switch (identifier.names.size()) {
            case 1 -> new DatasetName(options.namespace(), options.project(), identifier.names.get(0));
            case 2 -> new DatasetName(options.namespace(), identifier.names.get(0), identifier.names.get(1));
            case 3 -> new DatasetName(identifier.names.get(0), identifier.names.get(1), identifier.names.get(2));
            default -> DatasetName.parse(identifier.toString(), options.namespace(), options.project());
        };
    }
}
