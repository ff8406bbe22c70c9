// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.list;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.queries}. */
final class QueriesTable implements TableDefinition {
    @Override
    public String name() {
        return "queries";
    }

    @Override
    public String comment() {
        return "Statements that ran lately; the oldest are forgotten.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                text("query_id", "q.query_id"),
                text("statement", "q.statement"),
                text("author", "q.author"),
                time("started_at", "q.started_at"),
                number("duration_ms", "q.duration_ms"),
                number("row_count", "q.row_count"),
                list("inputs", "q.inputs"),
                text("state", "q.state"),
                nullableText("error_message", "q.error_message"));
    }

    @Override
    public String from() {
        return "queries q";
    }

    @Override
    public boolean showsQueries() {
        return true;
    }
}
