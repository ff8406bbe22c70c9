// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate function of a GROUP BY or a window.
 *
 * @param function what to compute
 * @param arguments ordinals of the input columns that hold the arguments
 * @param distinct whether equal arguments of a group count once
 * @param filter ordinal of a BOOLEAN input column; only rows where it is TRUE count. -1 for none
 * @param ordering the order in which the function sees the rows of a group (ORDER BY inside the call, or WITHIN GROUP);
 *     empty for the order in which they come
 * @param ignoreNulls whether rows with a NULL first argument do not count (IGNORE NULLS)
 * @param distinctKeys ordinals of the input columns of WITHIN DISTINCT: of a group's rows that are equal in them one counts,
 *     and the others must have the same arguments; {@code null} without the clause
 * @param type the type of the result, which the accumulator must yield exactly
 */
public record AggregateCall(
        Aggregator function,
        int[] arguments,
        boolean distinct,
        int filter,
        List<SortKey> ordering,
        boolean ignoreNulls,
        int @Nullable [] distinctKeys,
        DataType type) {
    /** No filter. */
    public static final int NO_FILTER = -1;

    public AggregateCall {
        ordering = List.copyOf(ordering);
    }

    /** Whether parts of a group may be aggregated on their own, in any order, and merged. */
    public boolean isDivisible() {
        return distinctKeys == null && (!function.orderSensitive() || !ordering.isEmpty());
    }

    /** Whether what it keeps of a group grows with the group's rows. */
    public boolean keepsRows() {
        return function.keepsRows()
                || distinctKeys != null
                || distinct && arguments.length > 0 && !function.ignoresDuplicates()
                || !ordering.isEmpty() && function.orderSensitive();
    }

    /** A call without IGNORE NULLS and WITHIN DISTINCT. */
    public AggregateCall(
            Aggregator function, int[] arguments, boolean distinct, int filter, List<SortKey> ordering, DataType type) {
        this(function, arguments, distinct, filter, ordering, false, null, type);
    }

    /** A call without DISTINCT, FILTER and ORDER BY. */
    public static AggregateCall of(Aggregator function, DataType type, int... arguments) {
        return new AggregateCall(function, arguments, false, NO_FILTER, List.of(), type);
    }
}
