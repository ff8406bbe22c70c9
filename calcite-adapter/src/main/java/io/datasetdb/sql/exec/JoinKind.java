// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

/** Which rows a join yields. */
public enum JoinKind {
    /** Every matching pair. */
    INNER,
    /** Every matching pair, and left rows without a match with NULLs on the right. */
    LEFT,
    /** Every matching pair, and right rows without a match with NULLs on the left. */
    RIGHT,
    /** Every matching pair, and rows of both sides without a match. */
    FULL,
    /** Left rows with at least one match, once; left columns only. */
    SEMI,
    /** Left rows without a match ({@code NOT EXISTS}); left columns only. */
    ANTI,
    /**
     * Left rows of which it is certain that nothing matches ({@code NOT IN}): a comparison that is neither true nor
     * false
     * because of a NULL keeps the row out. Left columns only.
     */
    NULL_AWARE_ANTI,
    /**
     * Every left row once, with one more BOOLEAN column, the value of {@code x IN (right)}: TRUE with a match, NULL
     * when
     * only a NULL stands in the way of FALSE, else FALSE.
     */
    MARK;

    /** Whether the right columns are part of the result. */
    public boolean hasRightColumns() {
        return switch (this) {
            case INNER, LEFT, RIGHT, FULL -> true;
            case SEMI, ANTI, NULL_AWARE_ANTI, MARK -> false;
        };
    }

    /** Whether left rows without a match are kept, with NULLs on the right. */
    boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** Whether right rows without a match are kept, with NULLs on the left. */
    boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }
}
