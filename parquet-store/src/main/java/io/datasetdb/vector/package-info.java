// SPDX-License-Identifier: Apache-2.0
/**
 * The vocabulary of every other room: what a column's type is ({@link io.datasetdb.vector.DataType}), what a table looks
 * like ({@link io.datasetdb.vector.Schema}) and how values stand in memory ({@link io.datasetdb.vector.Vector}: primitive
 * arrays plus validity, dictionary and constant wrappers; {@link io.datasetdb.vector.Batch}: columns, row count,
 * selection). Start reading at {@link io.datasetdb.vector.Vector}.
 */
@NullMarked
package io.datasetdb.vector;

import org.jspecify.annotations.NullMarked;
