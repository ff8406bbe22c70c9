// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.DataType;
import java.util.List;

/**
 * One aggregate function of a GROUP BY or a window.
 *
 * @param function what to compute
 * @param arguments ordinals of the input columns that hold the arguments
 * @param distinct whether equal arguments of a group count once
 * @param filter ordinal of a BOOLEAN input column; only rows where it is TRUE count. -1 for none
 * @param ordering the order in which the function sees the rows of a group (ORDER BY inside the call, or WITHIN GROUP);
 *     empty for the order in which they come
 * @param type the type of the result, which the accumulator must yield exactly
 */
public record AggregateCall(
        Aggregator function, int[] arguments, boolean distinct, int filter, List<SortKey> ordering, DataType type) {
    /** No filter. */
    public static final int NO_FILTER = -1;

    public AggregateCall {
        ordering = List.copyOf(ordering);
    }

    /** Whether parts of a group may be aggregated on their own, in any order, and merged. */
    public boolean isDivisible() {
        return !function.orderSensitive() || !ordering.isEmpty();
    }

    /** A call without DISTINCT, FILTER and ORDER BY. */
    public static AggregateCall of(Aggregator function, DataType type, int... arguments) {
        return new AggregateCall(function, arguments, false, NO_FILTER, List.of(), type);
    }
}
