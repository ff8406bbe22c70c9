// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.store.ColumnStatistics;

/** What is learnt about a column while a file is written. */
interface ColumnSummary {
    /** The statistics of the file that ends here; the next file starts anew. */
    ColumnStatistics take();
}
