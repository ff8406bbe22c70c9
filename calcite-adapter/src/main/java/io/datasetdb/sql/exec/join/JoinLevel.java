// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

/**
 * Where in a join that is divided by the hash of its keys a join of two partitions stands, and what it must know of the rest.
 *
 * @param depth how often the rows were divided already
 * @param mustFit whether the kept side has to fit in memory, as dividing it further would not help
 * @param otherRows whether the kept side has rows beside these
 * @param otherNullKeys whether one of those can match nothing because of a NULL
 */
public record JoinLevel(int depth, boolean mustFit, boolean otherRows, boolean otherNullKeys) {
    /** The whole join. */
    public static final JoinLevel TOP = new JoinLevel(0, false, false, false);

    private static final int MOST_DEPTH = 5;

    /**
     * The level of a join of partitions.
     *
     * @param part rows of the kept side in the partition
     * @param all rows of the kept side in all partitions
     * @param nullKeys whether one of these can match nothing because of a NULL
     */
    public JoinLevel below(long part, long all, boolean nullKeys) {
        boolean helped = part < all - all / 8 || depth == 0;
        return new JoinLevel(
                depth + 1, depth + 1 == MOST_DEPTH || !helped, otherRows || all > 0, otherNullKeys || nullKeys);
    }
}
