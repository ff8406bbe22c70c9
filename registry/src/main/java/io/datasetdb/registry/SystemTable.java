// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.system.SystemScan;
import io.datasetdb.registry.internal.system.TableDefinition;
import io.datasetdb.store.Predicate;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table of the registry schema: read-only, and up to date the moment a deposit commits. Times are UTC. */
public final class SystemTable {
    private final TableDefinition definition;
    private final Schema schema;

    SystemTable(TableDefinition definition) {
        this.definition = definition;
        this.schema = definition.schema();
    }

    public String name() {
        return definition.name();
    }

    /** One sentence for people. */
    public String comment() {
        return definition.comment();
    }

    public Schema schema() {
        return schema;
    }

    /** All columns of the rows as they are now. */
    public BatchSource rows(Registry registry, @Nullable Predicate filter) {
        return rows(registry, IntStream.range(0, schema.size()).boxed().toList(), filter);
    }

    /**
     * Some columns of the rows as they are now; others are not even computed. Rows that do not match {@code filter} may come
     * all the same.
     *
     * @param columns ordinals of {@link #schema()}, which the batches' columns follow
     * @param filter over the columns of {@link #schema()}
     */
    public BatchSource rows(Registry registry, List<Integer> columns, @Nullable Predicate filter) {
        if (definition.showsQueries()) {
            registry.history().flushQuietly();
        }
        if (definition.showsJobs()) {
            registry.jobProgress().bringUpToDate();
        }
        return SystemScan.open(registry.database(), registry.root(), definition, columns, filter);
    }
}
