// SPDX-License-Identifier: Apache-2.0
/**
 * Functions of the program as functions of a statement: what a method reference tells of itself, how it gets its input from
 * columns, how it is run by several threads. Start reading at {@link io.datasetdb.internal.function.JavaFunction}.
 */
@NullMarked
package io.datasetdb.internal.function;

import org.jspecify.annotations.NullMarked;
