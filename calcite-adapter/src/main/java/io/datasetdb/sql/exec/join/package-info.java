// SPDX-License-Identifier: Apache-2.0
/**
 * The tables of hash joins. What enters is the batches of the side that is kept
 * ({@link io.datasetdb.sql.exec.join.JoinTableBuilder}), what leaves is a table that any number of threads look keys up in
 * ({@link io.datasetdb.sql.exec.join.JoinLookup}). Keys become 64-bit codes
 * ({@link io.datasetdb.sql.exec.join.KeyCodes}), codes find rows ({@link io.datasetdb.sql.exec.join.KeyIndex}). Start
 * reading at {@link io.datasetdb.sql.exec.join.JoinTable}.
 */
@NullMarked
package io.datasetdb.sql.exec.join;

import org.jspecify.annotations.NullMarked;
