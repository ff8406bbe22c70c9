// SPDX-License-Identifier: Apache-2.0
/**
 * Results of functions of the program, kept while a dataset is being saved, so that a run that is cut off need not be paid
 * for twice: results go in as they are computed, and come out in the next run of the same chain. Start reading at {@link
 * io.datasetdb.internal.checkpoint.Checkpoint}.
 */
@NullMarked
package io.datasetdb.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
