// SPDX-License-Identifier: Apache-2.0
/**
 * From files to batches. What enters is a list of locations and a {@link io.datasetdb.store.ScanRequest}; what leaves
 * is one split per row group that may matter and, for an opened split, its batches. Start reading at {@link
 * io.datasetdb.store.internal.parquet.read.ParquetScan}; then {@code RowGroupSource}, which cuts batches, and {@code
 * VectorAssembler}, which builds nested vectors from levels. Pages and encodings are one room further down.
 */
@NullMarked
package io.datasetdb.store.internal.parquet.read;

import org.jspecify.annotations.NullMarked;
