// SPDX-License-Identifier: Apache-2.0
/**
 * Rows that operators keep: columnar buffers with random access ({@link io.datasetdb.sql.exec.rows.RowBuffer}), tables
 * that
 * number distinct keys ({@link io.datasetdb.sql.exec.rows.GroupTable}) and orders over buffered rows
 * ({@link io.datasetdb.sql.exec.rows.RowOrder}). What enters is vectors and selections, what leaves is vectors and row
 * numbers. Start reading at {@link io.datasetdb.sql.exec.rows.RowBuffer}.
 */
@NullMarked
package io.datasetdb.sql.exec.rows;

import org.jspecify.annotations.NullMarked;
