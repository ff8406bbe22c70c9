// SPDX-License-Identifier: Apache-2.0
/**
 * Functions as kernels over vectors. What enters is annotated Java or a {@link io.datasetdb.udf.TableFunction}; what leaves
 * is a {@link io.datasetdb.udf.FunctionLibrary} of {@link io.datasetdb.udf.ScalarFunction}s and table functions that the
 * planner looks names up in. Start reading at {@link io.datasetdb.udf.FunctionLibrary}.
 */
@NullMarked
package io.datasetdb.udf;

import org.jspecify.annotations.NullMarked;
