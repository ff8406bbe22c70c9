// SPDX-License-Identifier: Apache-2.0
/** ARRAY, MAP and ROW: constructors and access. Start reading at {@link io.datasetdb.sql.kernel.nested.RowField}. */
@NullMarked
package io.datasetdb.sql.kernel.nested;

import org.jspecify.annotations.NullMarked;
