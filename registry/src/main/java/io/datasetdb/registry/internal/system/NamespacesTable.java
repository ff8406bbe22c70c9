// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.namespaces}. */
final class NamespacesTable implements TableDefinition {
    @Override
    public String name() {
        return "namespaces";
    }

    @Override
    public String comment() {
        return "Namespaces.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(named("namespace", "n"), time("created_at", "n.created_at"));
    }

    @Override
    public String from() {
        return "namespaces n";
    }

    @Override
    public String where() {
        return "n.dropped_at IS NULL";
    }
}
