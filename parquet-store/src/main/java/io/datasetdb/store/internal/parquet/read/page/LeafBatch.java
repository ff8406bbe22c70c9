// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a leaf column.
 *
 * @param entries level pairs
 * @param starts the entries at which rows start, and then {@code entries}, if all entries are elements of one list a row,
 *     none of them NULL and none of the lists empty; this says all, so that there are no levels
 * @param repetitions repetition level of each entry, {@code null} if all are 0
 * @param definitions definition level of each entry, {@code null} if all are the leaf's highest
 * @param values one position per slot of the leaf
 */
public record LeafBatch(
        int entries,
        int @Nullable [] starts,
        byte @Nullable [] repetitions,
        byte @Nullable [] definitions,
        Vector values) {}
