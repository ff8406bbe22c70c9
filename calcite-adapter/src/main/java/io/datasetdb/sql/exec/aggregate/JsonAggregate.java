// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import java.util.List;

/**
 * JSON_ARRAYAGG (argument: value) and JSON_OBJECTAGG (arguments: key, value) as VARCHAR; NULL without rows.
 *
 * @param object JSON_OBJECTAGG
 * @param absentOnNull whether rows with a NULL value leave no trace
 * @param raw whether values are texts that are JSON already
 */
public record JsonAggregate(boolean object, boolean absentOnNull, boolean raw) implements Aggregator {
    @Override
    public String name() {
        return object ? "JSON_OBJECTAGG" : "JSON_ARRAYAGG";
    }

    @Override
    public Accumulator accumulator(List<DataType> arguments, DataType result) {
        return new JsonAccumulator(this, arguments, result);
    }

    @Override
    public boolean orderSensitive() {
        return true;
    }
}
