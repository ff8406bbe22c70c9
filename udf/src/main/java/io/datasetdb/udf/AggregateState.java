// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an aggregate function knows of one group. Used by one thread at a time. */
public interface AggregateState {
    /** Takes the row at a position of the arguments. */
    void add(List<Vector> arguments, int position);

    /** Takes the rows that another state of the same function has taken, and leaves that as it is. */
    void merge(AggregateState other);

    /** The result for the rows so far, of the Java type that {@link io.datasetdb.vector.DataType} lists. */
    @Nullable
    Object result();
}
