// SPDX-License-Identifier: Apache-2.0
/**
 * Loops over primitives: expressions, hash tables, accumulators. What enters is a batch and a selection, what leaves is a
 * vector. Knows nothing of Calcite. Start reading at {@link io.datasetdb.sql.kernel.Expression}; most functions are a
 * {@link io.datasetdb.sql.kernel.VectorCall}, and {@link io.datasetdb.sql.kernel.ValueOrder} says what equal and less mean.
 * Sub-packages hold families of functions; they use this package, which uses none of them.
 */
@NullMarked
package io.datasetdb.sql.kernel;

import org.jspecify.annotations.NullMarked;
