// SPDX-License-Identifier: Apache-2.0
/**
 * CSV: bytes are cut into records ({@link io.datasetdb.udf.internal.csv.CsvRecords}), the first of which tell dialect and
 * types ({@link io.datasetdb.udf.internal.csv.CsvSniffer}); the table reads the rest. Start reading at
 * {@link io.datasetdb.udf.internal.csv.CsvTable}.
 */
@NullMarked
package io.datasetdb.udf.internal.csv;

import org.jspecify.annotations.NullMarked;
