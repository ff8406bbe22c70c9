// SPDX-License-Identifier: Apache-2.0
/**
 * Aggregate functions: what to compute ({@link io.datasetdb.sql.exec.aggregate.AggregateCall}), who computes it
 * ({@link io.datasetdb.sql.exec.aggregate.Aggregator}) and the running state of all groups of one call
 * ({@link io.datasetdb.sql.exec.aggregate.Accumulator}: primitive arrays indexed by group). Start reading at
 * {@link io.datasetdb.sql.exec.aggregate.Accumulator}.
 */
@NullMarked
package io.datasetdb.sql.exec.aggregate;

import org.jspecify.annotations.NullMarked;
