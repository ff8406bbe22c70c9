// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import java.util.List;
import java.util.stream.Stream;

/** The functions of one name that a class holds, of all kinds. */
public record UserFunctionSet(
        List<ScalarFunction> scalars, List<AggregateFunction> aggregates, List<TableFunction> tables) {
    public UserFunctionSet {
        scalars = List.copyOf(scalars);
        aggregates = List.copyOf(aggregates);
        tables = List.copyOf(tables);
    }

    public boolean isEmpty() {
        return scalars.isEmpty() && aggregates.isEmpty() && tables.isEmpty();
    }

    /** These and others. */
    public UserFunctionSet and(UserFunctionSet other) {
        return new UserFunctionSet(
                Stream.concat(scalars.stream(), other.scalars.stream()).toList(),
                Stream.concat(aggregates.stream(), other.aggregates.stream()).toList(),
                Stream.concat(tables.stream(), other.tables.stream()).toList());
    }
}
