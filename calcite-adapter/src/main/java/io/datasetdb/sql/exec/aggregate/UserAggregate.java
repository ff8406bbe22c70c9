// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.udf.AggregateFunction;
import io.datasetdb.vector.DataType;
import java.util.List;

/** An aggregate function that a user brought. It sees the rows of a group in any order. */
public record UserAggregate(AggregateFunction function) implements Aggregator {
    @Override
    public String name() {
        return function.name();
    }

    @Override
    public Accumulator accumulator(List<DataType> arguments, DataType result) {
        return new UserAccumulator(function, result);
    }

    @Override
    public boolean keepsRows() {
        return function.keepsRows();
    }
}
