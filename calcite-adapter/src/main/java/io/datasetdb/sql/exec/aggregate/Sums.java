// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;

/** An accumulator whose state answers several functions. */
sealed interface Sums permits SumAccumulator, DoubleSumAccumulator {
    /** The same state as the result of another function; only {@link Accumulator#result} of it may be called. */
    Accumulator as(SumAccumulator.Mode mode, DataType type);
}
