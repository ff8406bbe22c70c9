// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Registry;
import io.datasetdb.store.Scan;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.TableFunction;
import java.util.List;
import java.util.Optional;

/** The list of table functions that SQL calls as {@code registry.name(…)}. */
public final class RegistryFunctions {
    /** How names and rows of versions are found in a statement. */
    public interface Versions {
        /** The version that a name, perhaps with {@code @} and a version or a range, means; dropped ones too. */
        DatasetVersion named(String text);

        /** All columns of a version that was not dropped. */
        Scan rows(DatasetVersion version);
    }

    private final List<TableFunction> functions;

    public RegistryFunctions(Registry registry, Versions versions, FunctionLibrary library) {
        this.functions = List.of(
                new LineageFunction(registry, versions),
                new DescribeFunction(registry, versions),
                new FunctionColumns(library));
    }

    /** The function of this name, without regard to case. */
    public Optional<TableFunction> find(String name) {
        return functions.stream()
                .filter(function -> function.name().equalsIgnoreCase("registry." + name))
                .findFirst();
    }
}
