// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import java.util.List;

/**
 * How two chains are merged: by equal keys, where NULL equals nothing. Immutable.
 *
 * @param on key columns of the left side
 * @param rightOn key columns of the right side, in the same order
 * @param kind which rows without a partner are kept
 * @param prefix of columns of the right side whose names the left side has too
 */
public record Merge(List<String> on, List<String> rightOn, Kind kind, String prefix) {
    /** Which rows without a partner are kept. */
    public enum Kind {
        /** Those of the left side. */
        LEFT,
        /** None. */
        INNER,
        /** All. */
        FULL
    }

    public Merge {
        on = List.copyOf(on);
        rightOn = List.copyOf(rightOn);
    }

    /** A left join by columns that both sides have. */
    public static Merge on(String... columns) {
        return new Merge(List.of(columns), List.of(columns), Kind.LEFT, "right_");
    }

    /** The same with other names on the right side. */
    public Merge rightOn(String... columns) {
        return new Merge(on, List.of(columns), kind, prefix);
    }

    /** The same, keeping only rows with a partner. */
    public Merge inner() {
        return new Merge(on, rightOn, Kind.INNER, prefix);
    }

    /** The same, keeping all rows of both sides. */
    public Merge full() {
        return new Merge(on, rightOn, Kind.FULL, prefix);
    }

    /** The same with another prefix. */
    public Merge withPrefix(String newPrefix) {
        return new Merge(on, rightOn, kind, newPrefix);
    }
}
