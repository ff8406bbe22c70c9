// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.column.Encoding;

/** A page that matters to readers. */
sealed interface Page permits DataPage, Page.Dictionary, Page.Passed {
    /** The distinct values that later pages refer to. */
    record Dictionary(int values, Encoding encoding, Slice data) implements Page {}

    /** A page of values that was passed over; {@code rows} as far as it says. */
    record Passed(int values, int rows) implements Page {}
}
