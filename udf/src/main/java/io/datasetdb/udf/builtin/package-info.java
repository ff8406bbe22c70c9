// SPDX-License-Identifier: Apache-2.0
/**
 * The functions that are always there, one class a family, and the table functions that read files. They use the same
 * annotations and the same loader as users' functions. Start reading at {@link io.datasetdb.udf.builtin.PathFunctions} and
 * {@link io.datasetdb.udf.builtin.ReadCsv}.
 */
@NullMarked
package io.datasetdb.udf.builtin;

import org.jspecify.annotations.NullMarked;
