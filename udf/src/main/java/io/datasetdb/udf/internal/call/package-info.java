// SPDX-License-Identifier: Apache-2.0
/**
 * How an annotated Java method becomes the body of a function: arguments are read from vectors without boxing, the method
 * is called in a loop, results are collected. Start reading at {@link io.datasetdb.udf.internal.call.RowBody}.
 */
@NullMarked
package io.datasetdb.udf.internal.call;

import org.jspecify.annotations.NullMarked;
