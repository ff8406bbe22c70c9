// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import java.util.List;

/**
 * An aggregate function. Immutable; all state is in the accumulators it makes. DISTINCT, FILTER and ORDER BY are taken
 * care
 * of around it.
 */
public interface Aggregator {
    /** How SQL calls it, for messages. */
    String name();

    /**
     * Starts one call of the function, for any number of groups.
     *
     * @param arguments types of the arguments
     * @param result the type that {@link Accumulator#result} must have
     */
    Accumulator accumulator(List<DataType> arguments, DataType result);

    /** Whether the result may depend on the order of a group's rows, so that states cannot be merged in any order. */
    default boolean orderSensitive() {
        return false;
    }

    /** Whether what it keeps of a group grows with the group's rows. */
    default boolean keepsRows() {
        return true;
    }

    /** Whether DISTINCT changes nothing (MIN, MAX and the like), so that nobody needs to pay for it. */
    default boolean ignoresDuplicates() {
        return false;
    }
}
