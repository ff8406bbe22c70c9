// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.checkpoint;

import io.datasetdb.udf.VectorFunction;
import java.util.Optional;

/** The body of a function of the program, whose results can be kept. */
public interface RememberedFunction extends VectorFunction {
    /** Says which function it is, with its code and what it captured; empty if that cannot be told. */
    Optional<String> identity();

    /** The same function, which calls only for results that are not known. */
    VectorFunction remembering(CallMemory memory);
}
