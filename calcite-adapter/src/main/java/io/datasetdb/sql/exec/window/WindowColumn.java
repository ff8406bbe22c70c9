// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.vector.Vector;

/** The computed column of one call. */
@FunctionalInterface
public interface WindowColumn {
    /** The values of the rows from {@code from} to {@code to - 1} of the sorted order; asked for in ascending order. */
    Vector slice(int from, int to);
}
