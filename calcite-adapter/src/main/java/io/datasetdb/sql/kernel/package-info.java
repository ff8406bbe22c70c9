// SPDX-License-Identifier: Apache-2.0
/**
 * Loops over primitives: expressions, hash tables, accumulators. What enters is a batch and a selection, what leaves is a
 * vector. Knows nothing of Calcite. Start reading at {@link io.datasetdb.sql.kernel.Expression}.
 */
@NullMarked
package io.datasetdb.sql.kernel;

import org.jspecify.annotations.NullMarked;
