// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.sql.kernel.Expression;
import org.jspecify.annotations.Nullable;

/** Which rows of the partition a window function sees. */
public record WindowFrame(Unit unit, Bound start, Bound end, Exclusion exclusion) {
    /** What an offset counts. */
    public enum Unit {
        /** Rows. */
        ROWS,
        /** Difference of the one order key's value. */
        RANGE,
        /** Groups of rows that are equal in the order keys. */
        GROUPS
    }

    /** Which rows near the current one are left out. */
    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    /** Where a bound lies. */
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /**
     * A bound.
     *
     * @param offset how far from the current row, evaluated once a run and without a row: a number, or an interval for
     *     RANGE over dates and times. Only for PRECEDING and FOLLOWING
     */
    public record Bound(BoundKind kind, @Nullable Expression offset) {
        public static Bound of(BoundKind kind) {
            return new Bound(kind, null);
        }
    }

    /**
     * What SQL takes when there is an ORDER BY and no frame: from the partition's start to the current row's last
     * peer.
     */
    public static WindowFrame toCurrentPeers() {
        return new WindowFrame(
                Unit.RANGE,
                Bound.of(BoundKind.UNBOUNDED_PRECEDING),
                Bound.of(BoundKind.CURRENT_ROW),
                Exclusion.NO_OTHERS);
    }

    /** The whole partition. */
    public static WindowFrame wholePartition() {
        return new WindowFrame(
                Unit.ROWS,
                Bound.of(BoundKind.UNBOUNDED_PRECEDING),
                Bound.of(BoundKind.UNBOUNDED_FOLLOWING),
                Exclusion.NO_OTHERS);
    }
}
