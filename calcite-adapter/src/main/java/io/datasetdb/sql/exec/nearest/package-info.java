// SPDX-License-Identifier: Apache-2.0
/**
 * Search for the vectors nearest to another by an inverted file: {@link io.datasetdb.sql.exec.nearest.VectorIndexWriter} makes one
 * of a column of a data file, {@link io.datasetdb.sql.exec.nearest.VectorIndexSearch} finds rows by it, and
 * {@link io.datasetdb.sql.exec.nearest.NearestScan} reads just these. Start reading at
 * {@link io.datasetdb.sql.exec.nearest.VectorIndexFormat}.
 */
@NullMarked
package io.datasetdb.sql.exec.nearest;

import org.jspecify.annotations.NullMarked;
