// SPDX-License-Identifier: Apache-2.0
/**
 * Window functions over sorted, buffered rows: a call ({@link io.datasetdb.sql.exec.window.WindowCall}) with its frame
 * ({@link io.datasetdb.sql.exec.window.WindowFrame}) becomes one column. Start reading at
 * {@link io.datasetdb.sql.exec.window.WindowCall}.
 */
@NullMarked
package io.datasetdb.sql.exec.window;

import org.jspecify.annotations.NullMarked;
