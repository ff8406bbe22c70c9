// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.column.Encoding;

/**
 * A page of values, decompressed; readable until the next page is.
 *
 * @param values entries of the page, NULLs and empty lists included
 * @param rows rows of the page, which then starts and ends with whole rows, or -1 if it does not say
 * @param repetitions their repetition levels
 * @param definitions their definition levels
 * @param encoding of {@code data}
 * @param data the values that are not NULL
 */
record DataPage(int values, int rows, LevelReader repetitions, LevelReader definitions, Encoding encoding, Slice data)
        implements Page {}
