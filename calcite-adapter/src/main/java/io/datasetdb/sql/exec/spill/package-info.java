// SPDX-License-Identifier: Apache-2.0
/**
 * Rows that do not fit the memory budget, in temporary files of one run: a stream that is read back in the order in which
 * it
 * was written ({@link io.datasetdb.sql.exec.spill.SpilledRows}) or many streams side by side
 * ({@link io.datasetdb.sql.exec.spill.SpillPartitions}). What enters and what leaves is batches. Start reading at
 * {@link io.datasetdb.sql.exec.spill.SpillFolder}.
 */
@NullMarked
package io.datasetdb.sql.exec.spill;

import org.jspecify.annotations.NullMarked;
