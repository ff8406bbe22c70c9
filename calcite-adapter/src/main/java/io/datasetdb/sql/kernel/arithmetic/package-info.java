// SPDX-License-Identifier: Apache-2.0
/** Operators and functions on numbers, and on times with intervals. Start reading at {@link io.datasetdb.sql.kernel.arithmetic.Arithmetic}. */
@NullMarked
package io.datasetdb.sql.kernel.arithmetic;

import org.jspecify.annotations.NullMarked;
