// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.views}. */
final class ViewsTable implements TableDefinition {
    @Override
    public String name() {
        return "views";
    }

    @Override
    public String comment() {
        return "Named queries, which are run anew whenever they are read.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                named("namespace", "n"),
                named("project", "p"),
                named("name", "w"),
                nullableText("comment", "w.comment"),
                text("author", "w.author"),
                time("created_at", "w.created_at"),
                text("statement", "w.statement"));
    }

    @Override
    public String from() {
        return "views w";
    }

    @Override
    public List<Partner> partners() {
        return Joins.project("w");
    }
}
