// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

/**
 * One term of an ORDER BY.
 *
 * @param ordinal the input column, from 0
 * @param ascending smallest first
 * @param nullsFirst whether NULLs come before everything else, whatever the direction
 */
public record SortKey(int ordinal, boolean ascending, boolean nullsFirst) {
    /** Smallest first, NULLs last. */
    public static SortKey ascending(int ordinal) {
        return new SortKey(ordinal, true, false);
    }

    /** Largest first, NULLs last. */
    public static SortKey descending(int ordinal) {
        return new SortKey(ordinal, false, false);
    }
}
