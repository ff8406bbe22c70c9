// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.bool;
import static io.datasetdb.registry.internal.system.SystemColumn.integer;
import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableNumber;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.text;

import java.util.List;

/** {@code registry.columns}. */
final class ColumnsTable implements TableDefinition {
    @Override
    public String name() {
        return "columns";
    }

    @Override
    public String comment() {
        return "Columns of all versions, with what is known about their values.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                integer("ordinal_position", "x.ordinal"),
                named("column_name", "x.name", "x.name_key"),
                text("data_type", "x.data_type"),
                bool("nullable", "x.nullable"),
                nullableText("comment", "cc.comment"),
                nullableNumber("null_count", "x.null_count"),
                nullableText("min_value", "x.min_value"),
                nullableText("max_value", "x.max_value"),
                nullableNumber("distinct_estimate", "x.distinct_estimate"));
    }

    @Override
    public String from() {
        return "version_columns x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(
                Joins.VERSION,
                List.of(new Partner(
                        "cc",
                        "LEFT JOIN column_comments cc ON cc.dataset_id = v.dataset_id AND cc.name_key = x.name_key")));
    }
}
