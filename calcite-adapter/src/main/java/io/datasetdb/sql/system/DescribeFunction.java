// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Registry;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code registry.describe(name)}: one row with one page about a version, in Markdown. */
record DescribeFunction(Registry registry, RegistryFunctions.Versions versions) implements TableFunction {
    private static final Schema SCHEMA = Schema.of(Field.required("markdown", DataType.VARCHAR));

    @Override
    public String name() {
        return "registry.describe";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("name", DataType.VARCHAR, true, "A dataset, perhaps with @ and a version or a range."));
    }

    @Override
    public String description() {
        return "A page about a version: columns, first rows, lineage, statement and what has changed.";
    }

    @Override
    public String example() {
        return "SELECT markdown FROM TABLE(registry.describe('x'))";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        DatasetVersion version = versions.named((String) Objects.requireNonNull(arguments.get(0)));
        return new RowsTable(SCHEMA, () -> List.of(List.of(new VersionPage(registry, versions, version).text())));
    }
}
