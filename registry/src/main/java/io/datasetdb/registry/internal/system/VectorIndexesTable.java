// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.vector_indexes}. */
final class VectorIndexesTable implements TableDefinition {
    @Override
    public String name() {
        return "vector_indexes";
    }

    @Override
    public String comment() {
        return "Vector indexes, with the files of all versions that they have; files with few rows need none.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                named("namespace", "n"),
                named("project", "p"),
                named("name", "d"),
                named("column_name", "x.column_name", "x.name_key"),
                number("file_count", files("count(f.path)")),
                number("row_count", files("coalesce(sum(CASE WHEN f.path IS NULL THEN 0 ELSE f.row_count END), 0)")),
                number("byte_size", files("coalesce(sum(f.byte_size), 0)")),
                text("author", "x.author"),
                time("created_at", "x.created_at"));
    }

    private static String files(String aggregate) {
        return "(SELECT CAST(" + aggregate + " AS BIGINT) FROM vector_index_files f WHERE f.index_id = x.index_id)";
    }

    @Override
    public String from() {
        return "vector_indexes x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(
                List.of(new Partner("d", "JOIN datasets d ON d.dataset_id = x.dataset_id")), Joins.project("d"));
    }
}
