// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.SessionObjects;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.vector.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The plans made last, by the text of the statement, the defaults for names, the settings and what the session has for itself: a plan is immutable and serves every session.
 * A plan is handed out only if every name in it still means the same version, and never if it reads files outside the
 * warehouse, which may change unseen, or if a name's version depends on the moment.
 */
public final class PlanCache {
    /**
     * What a plan depends on besides the versions.
     *
     * @param parameters types of those whose values do not fit the types that their places say
     */
    record Key(
            String sql,
            String namespace,
            String project,
            Settings settings,
            SessionObjects session,
            FunctionLibrary functions,
            Map<Integer, DataType> parameters) {}

    /** A plan with the catalog that says what its names meant. */
    record KeptPlan(StatementCatalog catalog, PlannedQuery plan) {}

    private static final int CAPACITY = 256;

    private final Map<Key, KeptPlan> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, KeptPlan> eldest) {
            return size() > CAPACITY;
        }
    };

    /** The plan of this statement, if there is one that is still right. */
    Optional<KeptPlan> find(Key key) {
        KeptPlan entry;
        synchronized (entries) {
            entry = entries.get(key);
        }
        return Optional.ofNullable(entry).filter(found -> found.catalog().isCurrent());
    }

    void keep(Key key, KeptPlan entry) {
        if (!entry.catalog().readsFiles() && !entry.catalog().isMomentary()) {
            synchronized (entries) {
                entries.put(key, entry);
            }
        }
    }
}
