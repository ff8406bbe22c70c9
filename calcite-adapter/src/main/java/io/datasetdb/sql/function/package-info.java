// SPDX-License-Identifier: Apache-2.0
/**
 * The operators of our dialect where Calcite's are missing or wrong: types that may be NULL although theirs say otherwise,
 * roundings that overflow, names that users of DuckDB, PostgreSQL and Trino expect. What enters are names and operand types,
 * what leaves are Calcite operators; what they compute is in {@code sql.kernel} and {@code sql.exec.aggregate}. Start reading
 * at {@link io.datasetdb.sql.function.AggregateOperators}.
 */
@NullMarked
package io.datasetdb.sql.function;

import org.jspecify.annotations.NullMarked;
