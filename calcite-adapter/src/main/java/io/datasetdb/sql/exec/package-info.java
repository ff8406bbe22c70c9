// SPDX-License-Identifier: Apache-2.0
/**
 * Operators that pull batches from each other; what enters is a tree of {@link io.datasetdb.sql.exec.OperatorFactory}
 * (immutable, reusable), what leaves is the root {@link io.datasetdb.sql.exec.Operator}'s batches. Knows nothing of
 * Calcite. Rows that operators keep are in {@code rows}, the tables of joins in {@code join}, aggregate functions in {@code aggregate}, window functions in
 * {@code window}, files of what does not fit in memory in {@code spill}. Start reading at
 * {@link io.datasetdb.sql.exec.Operator}.
 */
@NullMarked
package io.datasetdb.sql.exec;

import org.jspecify.annotations.NullMarked;
