// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/**
 * That rows of a dataset are found by the vectors of a column.
 *
 * @param id tells it from one of the same column that was dropped
 * @param column as the dataset calls it
 */
public record VectorIndex(long id, String column) {}
