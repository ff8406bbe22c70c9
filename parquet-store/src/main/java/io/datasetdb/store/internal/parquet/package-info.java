// SPDX-License-Identifier: Apache-2.0
/**
 * Where Parquet's types meet ours, in both directions. What enters is a file's message type or a {@link
 * io.datasetdb.vector.Schema}; what leaves is the other one, and for readers the tree of columns with the levels at
 * which lists, maps and rows come into being ({@link io.datasetdb.store.internal.parquet.ColumnNode}). Start reading at
 * {@link io.datasetdb.store.internal.parquet.ParquetSchemas}.
 */
@NullMarked
package io.datasetdb.store.internal.parquet;

import org.jspecify.annotations.NullMarked;
