// SPDX-License-Identifier: Apache-2.0
/**
 * Files in, batches out, and back: Parquet files in a {@link io.datasetdb.store.Storage} (local or Hadoop). What enters
 * is a list of files and a {@link io.datasetdb.store.ScanRequest}, or batches to write; what leaves is a stream of
 * batches, or the {@link io.datasetdb.store.DataFile}s that hold them. Start reading at
 * {@link io.datasetdb.store.DatasetStore}.
 */
@NullMarked
package io.datasetdb.store;

import org.jspecify.annotations.NullMarked;
