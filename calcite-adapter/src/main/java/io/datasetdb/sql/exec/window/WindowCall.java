// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.vector.DataType;

/** One window function, which becomes one column. */
public sealed interface WindowCall {
    /** The type of the column. */
    DataType type();

    /** The functions that are not aggregates. */
    enum Function {
        /** BIGINT, from 1. */
        ROW_NUMBER,
        /** BIGINT, from 1, with gaps. */
        RANK,
        /** BIGINT, from 1, without gaps. */
        DENSE_RANK,
        /** DOUBLE. */
        PERCENT_RANK,
        /** DOUBLE. */
        CUME_DIST,
        /** Arguments: number of buckets. BIGINT. */
        NTILE,
        /** Arguments: value [, offset [, default]]. */
        LAG,
        /** Arguments: value [, offset [, default]]. */
        LEAD,
        /** Arguments: value. Obeys the frame. */
        FIRST_VALUE,
        /** Arguments: value. Obeys the frame. */
        LAST_VALUE,
        /** Arguments: value, n from 1. Obeys the frame. */
        NTH_VALUE
    }

    /**
     * A function of the row's place.
     *
     * @param arguments ordinals of input columns; offsets, bucket counts and n may differ from row to row
     * @param ignoreNulls whether rows with a NULL value are passed over (LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE)
     * @param frame the rows that FIRST_VALUE, LAST_VALUE and NTH_VALUE see; of no effect on the others
     * @param type the type of the result: integers and DOUBLE as each function says, a numeric type of another width is
     *     converted to; else the type of the value
     */
    record Ranking(Function function, int[] arguments, boolean ignoreNulls, WindowFrame frame, DataType type)
            implements WindowCall {}

    /** An aggregate function over the frame. Its ORDER BY, if any, is the order in which it sees the frame's rows. */
    record Aggregate(AggregateCall call, WindowFrame frame) implements WindowCall {
        @Override
        public DataType type() {
            return call.type();
        }
    }
}
