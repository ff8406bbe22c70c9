// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

/**
 * The rows of a batch and the group of each. Where the groups are few, also the rows group by group, so that an accumulator
 * adds up a group's values in a register instead of adding each to memory. Filled anew for every batch.
 */
public final class GroupedBatch {
    private static final int[] NONE = {};
    /** Below so many rows a group the loop over the groups costs more than it saves. */
    private static final int ROWS_PER_GROUP = 32;
    /** Counted and placed apart, so that rows of one group need not wait for each other's stores. */
    private static final int LANES = 4;

    private final boolean byGroup;
    private int[] groups = NONE;
    private int[] positions = NONE;
    private int count;
    private int groupCount;
    private boolean few;
    private boolean counted;
    private boolean sorted;
    /** Where a lane's next row of a group goes; lane by lane. */
    private int[] cursors = NONE;

    private int[] starts = NONE;
    private int[] members = NONE;

    /**
     * @param byGroup whether rows are to be had group by group at all
     */
    public GroupedBatch(boolean byGroup) {
        this.byGroup = byGroup;
    }

    /**
     * Takes the rows of the next batch.
     *
     * @param groupCount all numbers are below
     */
    public void set(int[] newGroups, int[] newPositions, int newCount, int newGroupCount) {
        groups = newGroups;
        positions = newPositions;
        count = newCount;
        groupCount = newGroupCount;
        few = byGroup && (newGroupCount == 1 || (long) newGroupCount * ROWS_PER_GROUP <= newCount);
        counted = false;
        sorted = false;
    }

    /** The group of each row. */
    int[] groups() {
        return groups;
    }

    /** Where in the vectors each row stands. */
    int[] positions() {
        return positions;
    }

    /** How many rows there are. */
    int count() {
        return count;
    }

    /** Whether the rows are to be had group by group. */
    boolean isFew() {
        return few;
    }

    /** How many groups there are; some may have no row here. */
    int groupCount() {
        return groupCount;
    }

    /** Where the rows of a group start among {@link #members}; up to the start of the next group. */
    int start(int group) {
        if (!counted) {
            countRows();
        }
        return starts[group];
    }

    /** The positions of the rows, group by group, each group's in order. */
    int[] members() {
        if (groupCount == 1) {
            return positions;
        }
        if (!sorted) {
            sort();
        }
        return members;
    }

    private void countRows() {
        counted = true;
        if (starts.length <= groupCount) {
            starts = new int[groupCount + ROWS_PER_GROUP];
            cursors = new int[LANES * starts.length];
        }
        if (groupCount == 1) {
            starts[1] = count;
            return;
        }
        java.util.Arrays.fill(cursors, 0, LANES * groupCount, 0);
        int lane = count / LANES;
        int[] numbers = cursors;
        int second = groupCount;
        int third = 2 * groupCount;
        int fourth = 3 * groupCount;
        for (int i = 0; i < lane; i++) {
            numbers[groups[i]]++;
            numbers[second + groups[lane + i]]++;
            numbers[third + groups[2 * lane + i]]++;
            numbers[fourth + groups[3 * lane + i]]++;
        }
        for (int i = LANES * lane; i < count; i++) {
            numbers[fourth + groups[i]]++;
        }
        int start = 0;
        for (int group = 0; group < groupCount; group++) {
            starts[group] = start;
            for (int k = group; k < LANES * groupCount; k += groupCount) {
                int rows = numbers[k];
                numbers[k] = start;
                start += rows;
            }
        }
        starts[groupCount] = start;
    }

    private void sort() {
        if (!counted) {
            countRows();
        }
        sorted = true;
        if (members.length < count) {
            members = new int[count];
        }
        int[] target = members;
        int[] next = cursors;
        int lane = count / LANES;
        int second = groupCount;
        int third = 2 * groupCount;
        int fourth = 3 * groupCount;
        for (int i = 0; i < lane; i++) {
            target[next[groups[i]]++] = positions[i];
            target[next[second + groups[lane + i]]++] = positions[lane + i];
            target[next[third + groups[2 * lane + i]]++] = positions[2 * lane + i];
            target[next[fourth + groups[3 * lane + i]]++] = positions[3 * lane + i];
        }
        for (int i = LANES * lane; i < count; i++) {
            target[next[fourth + groups[i]]++] = positions[i];
        }
    }
}
