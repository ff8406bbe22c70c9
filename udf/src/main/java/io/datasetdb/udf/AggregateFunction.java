// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;
import java.util.function.Supplier;

/**
 * A function of the rows of a group.
 *
 * @param name how SQL calls it
 * @param parameters names and types of a row's arguments
 * @param returnType type of the result, which may be NULL
 * @param keepsRows whether a state grows with the rows it takes
 * @param description one sentence for people
 * @param className the Java class it comes from
 * @param states makes the state of a group without rows
 */
public record AggregateFunction(
        String name,
        List<Field> parameters,
        DataType returnType,
        boolean keepsRows,
        String description,
        String className,
        Supplier<AggregateState> states) {
    public AggregateFunction {
        parameters = List.copyOf(parameters);
    }
}
