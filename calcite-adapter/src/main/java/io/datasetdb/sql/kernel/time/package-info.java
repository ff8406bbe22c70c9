// SPDX-License-Identifier: Apache-2.0
/** Dates and times on plain integers in the proleptic Gregorian calendar. Start reading at {@link io.datasetdb.sql.kernel.time.CivilDate}. */
@NullMarked
package io.datasetdb.sql.kernel.time;

import org.jspecify.annotations.NullMarked;
