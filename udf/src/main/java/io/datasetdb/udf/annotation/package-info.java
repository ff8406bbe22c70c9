// SPDX-License-Identifier: Apache-2.0
/**
 * What an author of functions writes above static Java methods: the name, the SQL types, a sentence and an example. What
 * leaves is read by {@link io.datasetdb.udf.FunctionLoader}. Start reading at
 * {@link io.datasetdb.udf.annotation.ScalarFunction}.
 */
@NullMarked
package io.datasetdb.udf.annotation;

import org.jspecify.annotations.NullMarked;
