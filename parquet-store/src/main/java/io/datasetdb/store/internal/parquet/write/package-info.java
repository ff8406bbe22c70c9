// SPDX-License-Identifier: Apache-2.0
/**
 * Batches in, Parquet files out, with V2 data pages. A batch is taken apart column by column into leaf columns (values and
 * levels, {@link io.datasetdb.store.internal.parquet.write.ColumnShredder}); when a row group is full each leaf column picks its
 * encoding with all its values at hand and becomes a column chunk. Format: apache/parquet-format, Encodings.md and
 * parquet.thrift. Start reading at {@link io.datasetdb.store.internal.parquet.write.ParquetDatasetWriter}.
 */
@NullMarked
package io.datasetdb.store.internal.parquet.write;

import org.jspecify.annotations.NullMarked;
