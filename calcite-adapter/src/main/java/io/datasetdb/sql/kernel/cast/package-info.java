// SPDX-License-Identifier: Apache-2.0
/** Conversions between types. What enters and leaves are vectors; start reading at {@link io.datasetdb.sql.kernel.cast.Cast}. */
@NullMarked
package io.datasetdb.sql.kernel.cast;

import org.jspecify.annotations.NullMarked;
