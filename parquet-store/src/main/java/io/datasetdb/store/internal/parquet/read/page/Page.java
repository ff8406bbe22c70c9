// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.column.Encoding;

/** A page that matters to readers. */
sealed interface Page permits DataPage, Page.Dictionary {
    /** The distinct values that later pages refer to. */
    record Dictionary(int values, Encoding encoding, Slice data) implements Page {}
}
