// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.JoinLookup;
import io.datasetdb.sql.exec.join.JoinTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Selection;

/**
 * The rows of one left batch after the other and what they find in the table of a join: pairs of a left row and a right row
 * with an equal key, a batch of them at a time. Used by one thread.
 */
final class JoinPairs {
    private final JoinTable table;
    private final JoinLookup lookup;
    private final boolean all;
    private final int[] pairPlaces = new int[Batch.SIZE];
    private final int[] pairPositions = new int[Batch.SIZE];
    private final int[] pairRows = new int[Batch.SIZE];

    private int count;
    private int[] positions = {};
    private int[] places = {};
    private boolean[] matched = {};
    /** The left row, by place in the selection, whose pairs come next, and where in the table these go on, if not at first. */
    private int next;

    private int member;

    /**
     * @param all whether every pair is wanted rather than one for each left row
     */
    JoinPairs(JoinTable table, boolean all) {
        this.table = table;
        this.lookup = new JoinLookup(table);
        this.all = all;
    }

    /** Looks up the keys of a batch. */
    void start(Batch batch) {
        count = batch.size();
        positions = batch.selection().positions();
        places = new int[count];
        lookup.find(batch, positions, count, places);
        matched = new boolean[count];
        next = 0;
        member = -1;
    }

    /** The positions of the left rows in their batch. */
    int[] positions() {
        return positions;
    }

    /** The first place in the table of what each left row finds, -1 where that is nothing. */
    int[] places() {
        return places;
    }

    /** Whether each left row finds something. */
    boolean[] found() {
        boolean[] found = new boolean[count];
        for (int i = 0; i < count; i++) {
            found[i] = places[i] >= 0;
        }
        return found;
    }

    /** Whether each left row was in a pair that {@link #match matched}. */
    boolean[] matched() {
        return matched;
    }

    /** Finds the next pairs; returns how many, 0 after the last ones. */
    int fill() {
        int pairs = 0;
        while (next < count && pairs < Batch.SIZE) {
            int at = member < 0 ? places[next] : member;
            if (at < 0 || matched[next] && !all) {
                next++;
                member = -1;
                continue;
            }
            boolean more = true;
            while (more && pairs < Batch.SIZE) {
                pairPlaces[pairs] = next;
                pairPositions[pairs] = positions[next];
                pairRows[pairs++] = table.row(at);
                more = table.hasMore(at++);
            }
            member = more ? at : -1;
            next += more ? 0 : 1;
        }
        return pairs;
    }

    /** The position of the left row of each pair. */
    int[] pairPositions() {
        return pairPositions;
    }

    /** The right row of each pair. */
    int[] pairRows() {
        return pairRows;
    }

    /** Takes note of the pairs that are more than equal in their keys. */
    void match(Selection pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            matched[pairPlaces[pairs.position(i)]] = true;
        }
    }
}
