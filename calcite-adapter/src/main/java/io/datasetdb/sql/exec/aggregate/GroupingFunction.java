// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import java.util.List;

/** Functions that tell which grouping set a row of the result belongs to; the operator itself answers them. */
public enum GroupingFunction implements Aggregator {
    /** For each argument, the first in the highest bit, 1 if it is not part of the grouping set. */
    GROUPING,
    /** As {@link #GROUPING}. */
    GROUPING_ID,
    /** How many equal grouping sets come before this one. */
    GROUP_ID;

    @Override
    public boolean keepsRows() {
        return false;
    }

    @Override
    public Accumulator accumulator(List<DataType> arguments, DataType result) {
        throw new IllegalStateException("answered by the operator: " + name());
    }
}
