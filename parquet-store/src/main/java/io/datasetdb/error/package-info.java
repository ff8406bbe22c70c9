// SPDX-License-Identifier: Apache-2.0
/**
 * How every room says that something went wrong: one exception ({@link io.datasetdb.error.DatasetDbException}) with a
 * code from the room's own enum. Start reading at {@link io.datasetdb.error.ErrorCode}.
 */
@NullMarked
package io.datasetdb.error;

import org.jspecify.annotations.NullMarked;
