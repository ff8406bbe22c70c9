// SPDX-License-Identifier: Apache-2.0
/**
 * Several Parquet files as one table: their columns are brought to common types, and folders named {@code key=value} become
 * columns. Start reading at {@link io.datasetdb.udf.internal.parquet.ParquetTable}.
 */
@NullMarked
package io.datasetdb.udf.internal.parquet;

import org.jspecify.annotations.NullMarked;
