// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the values of one leaf column of a file or a version.
 *
 * @param column the leaf
 * @param nullCount NULLs, or -1 if unknown
 * @param min a lower bound of the type that {@link io.datasetdb.vector.DataType} lists, {@code null} if unknown or no value
 * @param max an upper bound, likewise
 * @param distinctEstimate estimated number of distinct values, or -1 if unknown
 */
public record ColumnStatistics(
        ColumnPath column,
        long nullCount,
        @Nullable Object min,
        @Nullable Object max,
        long distinctEstimate) {}
