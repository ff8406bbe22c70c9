// SPDX-License-Identifier: Apache-2.0
/**
 * What all file tables share: a scan with one split a file, and the choice of columns and ROW fields. Start reading at
 * {@link io.datasetdb.udf.internal.scan.FileScan}.
 */
@NullMarked
package io.datasetdb.udf.internal.scan;

import org.jspecify.annotations.NullMarked;
