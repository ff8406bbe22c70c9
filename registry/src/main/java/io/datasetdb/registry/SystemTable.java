// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.system.SystemScan;
import io.datasetdb.registry.internal.system.TableDefinition;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;
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

    /** All columns of the rows as they are now. Rows that do not match {@code filter} may come all the same. */
    public BatchSource rows(Registry registry, @Nullable Predicate filter) {
        List<ColumnPath> columns = schema.fields().stream()
                .map(field -> ColumnPath.of(field.name()))
                .toList();
        return rows(registry, new ScanRequest(columns, filter), List.of());
    }

    /**
     * Some columns of the rows as they are now; others are not even computed. Rows that do not match may come all the same.
     *
     * @param known what rows must match besides the request's predicate
     */
    public BatchSource rows(Registry registry, ScanRequest request, List<Predicate> known) {
        if (definition.showsQueries()) {
            registry.history().flushQuietly();
        }
        if (definition.showsListings()) {
            registry.listingTimes().flushQuietly();
        }
        if (definition.showsJobs()) {
            registry.jobProgress().bringUpToDate();
        }
        return SystemScan.open(registry.database(), registry.root(), definition, request, known);
    }

    /** Whether a request with this predicate is answered with rows that match, and no others. */
    public boolean meets(Predicate predicate) {
        return SystemScan.meets(definition, predicate);
    }
}
