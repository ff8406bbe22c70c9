// SPDX-License-Identifier: Apache-2.0
/** Functions and patterns over UTF-8 bytes. Start reading at {@link io.datasetdb.sql.kernel.text.TextFunctions}. */
@NullMarked
package io.datasetdb.sql.kernel.text;

import org.jspecify.annotations.NullMarked;
