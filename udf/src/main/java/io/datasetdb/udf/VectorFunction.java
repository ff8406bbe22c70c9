// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** The body of a scalar function, over whole vectors. Stateless. */
@FunctionalInterface
public interface VectorFunction {
    /**
     * @param arguments one vector a parameter, each of {@code rowCount} positions, perhaps wrapped, of exactly the declared types
     * @param selection the positions to compute, and no others
     * @param rowCount positions of the result
     * @return a vector of {@code rowCount} positions of the declared result type
     */
    Vector apply(List<Vector> arguments, Selection selection, int rowCount);
}
