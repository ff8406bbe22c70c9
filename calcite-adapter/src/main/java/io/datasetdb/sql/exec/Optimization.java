// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What makes queries faster and changes no row of theirs, so that each can be switched off, to find out which of them is slow
 * or wrong: {@code SET disabled_optimizers = 'join_order,semi_joins'}.
 */
public enum Optimization {
    /** Inner joins are done in the order that is expected to cost least. */
    JOIN_ORDER,
    /** EXISTS, IN and NOT IN become semi and anti joins before they are decorrelated. */
    SEMI_JOINS,
    /** Joins find rows by hash also where what must be equal is computed or of different types. */
    COMPUTED_KEYS,
    /** COUNT, MIN and MAX of all rows of a version are told from what is kept about it. */
    STORED_ANSWERS,
    /** Sub-queries aggregate only the groups that are asked for. */
    GROUP_REDUCTION,
    /** Equal parts of a plan are computed once. */
    COMMON_SUB_PLANS,
    /** Columns end at the last step that uses them. */
    COLUMN_PRUNING,
    /** Scans leave out files, row groups and pages in which no row can pass the filter above them. */
    FILTER_PUSHDOWN,
    /** Scans leave out rows whose values a join above them does not find among the keys of its other side. */
    JOIN_FILTERS,
    /** Joins find keys of a narrow range by their rank rather than in a hash table. */
    RANKED_KEYS,
    /** Scans apply the filter above them while they read, and decode other columns only where rows pass. */
    LATE_MATERIALIZATION,
    /** Decoded columns are kept for later queries. */
    COLUMN_CACHE,
    /** A sort whose first rows only are wanted keeps no others. */
    TOP_N,
    /** Scans below such a sort leave out rows that cannot be among the first any more. */
    TOP_N_FILTERS,
    /**
     * A sort by the distance to a vector whose first rows only are wanted finds them by a vector index; these are nearly always the
     * nearest, and this is the one exception to what is said above.
     */
    VECTOR_INDEX,
    /** What several expressions of a select list have in common is computed once. */
    COMMON_EXPRESSIONS,
    /**
     * Groups are found by the codes of dictionaries or by where a key lies in a range; the rows of few groups are added up
     * group by group; calls that need the same sums share them.
     */
    FAST_GROUPS,
    /** All threads work for the rows of a query, in stored order, also where nothing above them sorts or groups. */
    PARALLEL_ROOT;

    /** The name in statements. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The optimization of this name, matched without regard to case. */
    public static Optional<Optimization> of(String key) {
        return Arrays.stream(values())
                .filter(optimization -> optimization.name().equalsIgnoreCase(key))
                .findFirst();
    }

    /** All names in statements. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Optimization::key).toList();
    }
}
