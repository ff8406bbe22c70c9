// SPDX-License-Identifier: Apache-2.0
/**
 * One column chunk of a file, page by page: bytes are fetched, checked against their checksum, decompressed and decoded
 * into primitive arrays. What leaves is a {@link io.datasetdb.store.internal.parquet.read.page.LeafBatch} at a time: a
 * vector and the levels that place its values in lists and rows. Start reading at {@link
 * io.datasetdb.store.internal.parquet.read.page.LeafReader}.
 *
 * <p>Everything here expects hostile bytes: what does not decode is a {@link
 * org.apache.parquet.io.ParquetDecodingException} (or whatever a loop ran into), which {@code LeafReader} turns into
 * one sentence that names file, row group and column. Sizes are believed only as far as the bytes at hand can back
 * them.
 */
@NullMarked
package io.datasetdb.store.internal.parquet.read.page;

import org.jspecify.annotations.NullMarked;
