// SPDX-License-Identifier: Apache-2.0
/** Exact numbers without boxing: 128-bit integers, powers of ten, rounding, numbers as text. Start reading at {@link io.datasetdb.sql.kernel.number.Decimals}. */
@NullMarked
package io.datasetdb.sql.kernel.number;

import org.jspecify.annotations.NullMarked;
