// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.projects}. */
final class ProjectsTable implements TableDefinition {
    @Override
    public String name() {
        return "projects";
    }

    @Override
    public String comment() {
        return "Projects and the namespaces they are in.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(named("namespace", "n"), named("project", "p"), time("created_at", "p.created_at"));
    }

    @Override
    public String from() {
        return "projects p JOIN namespaces n ON n.namespace_id = p.namespace_id";
    }

    @Override
    public String where() {
        return "p.dropped_at IS NULL AND n.dropped_at IS NULL";
    }
}
