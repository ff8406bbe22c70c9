// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import java.util.List;

/**
 * How two chains are compared: by key, where NULL equals NULL. Immutable.
 *
 * @param on key columns of this side
 * @param rightOn key columns of the other side, in the same order
 * @param compare columns of which one that differs makes a row changed; none for all that both sides have
 * @param rightCompare the same on the other side
 * @param statuses which rows are wanted: {@code A} only here, {@code D} only in the other, {@code M} changed, {@code S} same
 * @param statusColumn name of the column that says which
 */
public record Diff(
        List<String> on,
        List<String> rightOn,
        List<String> compare,
        List<String> rightCompare,
        String statuses,
        String statusColumn) {
    public Diff {
        on = List.copyOf(on);
        rightOn = List.copyOf(rightOn);
        compare = List.copyOf(compare);
        rightCompare = List.copyOf(rightCompare);
    }

    /** Rows that were added, deleted or modified, by columns that both sides have. */
    public static Diff on(String... columns) {
        return new Diff(List.of(columns), List.of(columns), List.of(), List.of(), "ADM", "status");
    }

    /** The same with other key names on the other side. */
    public Diff rightOn(String... columns) {
        return new Diff(on, List.of(columns), compare, rightCompare, statuses, statusColumn);
    }

    /** The same, comparing only these columns. */
    public Diff compare(String... columns) {
        return new Diff(on, rightOn, List.of(columns), List.of(columns), statuses, statusColumn);
    }

    /** The same with other names of compared columns on the other side. */
    public Diff rightCompare(String... columns) {
        return new Diff(on, rightOn, compare, List.of(columns), statuses, statusColumn);
    }

    /** The same with other rows wanted, e.g. {@code "AM"} or {@code "ADMS"}. */
    public Diff only(String newStatuses) {
        return new Diff(on, rightOn, compare, rightCompare, newStatuses, statusColumn);
    }

    /** The same with another name of the column that says what a row is. */
    public Diff withStatusColumn(String name) {
        return new Diff(on, rightOn, compare, rightCompare, statuses, name);
    }
}
