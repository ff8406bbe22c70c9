// SPDX-License-Identifier: Apache-2.0
/**
 * Text to values: the type that a text looks like, type names, and columns that grow by texts of bytes. Start reading at
 * {@link io.datasetdb.udf.internal.text.TextColumn}.
 */
@NullMarked
package io.datasetdb.udf.internal.text;

import org.jspecify.annotations.NullMarked;
