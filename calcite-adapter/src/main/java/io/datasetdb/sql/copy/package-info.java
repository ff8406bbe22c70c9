// SPDX-License-Identifier: Apache-2.0
/**
 * Rows as files for others: what COPY … TO writes. What enters are batches, what leaves are Parquet, CSV or JSON files that
 * nobody sees before they are complete. Start reading at {@link io.datasetdb.sql.copy.CopyTarget}.
 */
@NullMarked
package io.datasetdb.sql.copy;

import org.jspecify.annotations.NullMarked;
