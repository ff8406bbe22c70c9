// SPDX-License-Identifier: Apache-2.0
/** Functions of dates, times and intervals. Start reading at {@link io.datasetdb.sql.kernel.calendar.Extract}. */
@NullMarked
package io.datasetdb.sql.kernel.calendar;

import org.jspecify.annotations.NullMarked;
