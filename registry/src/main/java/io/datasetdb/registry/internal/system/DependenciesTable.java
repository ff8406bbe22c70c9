// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.parentNamed;
import static io.datasetdb.registry.internal.system.SystemColumn.text;

import java.util.List;

/** {@code registry.dependencies}. */
final class DependenciesTable implements TableDefinition {
    @Override
    public String name() {
        return "dependencies";
    }

    @Override
    public String comment() {
        return "What each version was made from, directly.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                text("kind", "x.kind"),
                parentNamed("parent_namespace", "pn"),
                parentNamed("parent_project", "pp"),
                parentNamed("parent_name", "pd"),
                nullableText("parent_version", "pv.version"),
                nullableText("uri", "x.uri"));
    }

    @Override
    public String from() {
        return "dependencies x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(Joins.VERSION, Joins.PARENT_NAMES);
    }
}
