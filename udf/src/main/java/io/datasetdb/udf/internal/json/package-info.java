// SPDX-License-Identifier: Apache-2.0
/**
 * JSON: the first values tell the types ({@link io.datasetdb.udf.internal.json.JsonShape}), a tree of columns reads all of
 * them. Start reading at {@link io.datasetdb.udf.internal.json.JsonTable}.
 */
@NullMarked
package io.datasetdb.udf.internal.json;

import org.jspecify.annotations.NullMarked;
