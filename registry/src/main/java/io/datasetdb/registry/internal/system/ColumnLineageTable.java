// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.parentNamed;
import static io.datasetdb.registry.internal.system.SystemColumn.text;

import java.util.List;

/** {@code registry.column_lineage}. */
final class ColumnLineageTable implements TableDefinition {
    @Override
    public String name() {
        return "column_lineage";
    }

    @Override
    public String comment() {
        return "From which columns each column was made.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                named("column_name", "x.column_name", "x.column_key"),
                parentNamed("parent_namespace", "pn"),
                parentNamed("parent_project", "pp"),
                parentNamed("parent_name", "pd"),
                nullableText("parent_version", "pv.version"),
                text("parent_column", "x.parent_column"),
                text("derivation", "x.derivation"));
    }

    @Override
    public String from() {
        return "column_lineage x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(Joins.VERSION, Joins.PARENT_NAMES);
    }
}
