// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the cheapest order of a graph's joins: dynamic programming over connected sets of factors (bushy trees) as long
 * as they are few, above that the two sets whose join is smallest, again and again. A product is taken only between sets
 * that nothing connects.
 */
final class JoinSearch {
    private static final int MAX_EXHAUSTIVE = 10;

    /** A row of the side in memory against one that streams past and one that comes out. */
    private static final double BUILD_COST = 3;

    private static final double RESULT_COST = 0.5;

    /**
     * A set of factors, joined.
     *
     * @param factors a bit each
     * @param left streamed; with {@code right} missing for a single factor
     * @param right kept in memory
     */
    record Step(
            long factors,
            double rows,
            double cost,
            @Nullable Step left,
            @Nullable Step right) {}

    private final JoinGraph graph;
    private final Map<Long, Step> best = new HashMap<>();

    JoinSearch(JoinGraph graph) {
        this.graph = graph;
    }

    Step best() {
        List<Step> sets = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            sets.add(new Step(1L << i, graph.rows(i), 0, null, null));
        }
        return graph.size() <= MAX_EXHAUSTIVE ? exhaustive(sets) : greedy(sets);
    }

    private Step exhaustive(List<Step> factors) {
        factors.forEach(step -> best.put(step.factors, step));
        long all = (1L << factors.size()) - 1;
        for (long set = 1; set <= all; set++) {
            if (Long.bitCount(set) > 1) {
                Step found = bestOf(set);
                if (found != null) {
                    best.put(set, found);
                }
            }
        }
        Step whole = best.get(all);
        return whole != null ? whole : greedy(components(all));
    }

    private @Nullable Step bestOf(long set) {
        Step found = null;
        for (long part = (set - 1) & set; part > 0; part = (part - 1) & set) {
            Step left = best.get(part);
            Step right = best.get(set & ~part);
            if (left != null && right != null && left.rows >= right.rows && isConnected(left, right)) {
                Step step = join(left, right);
                found = found == null || step.cost < found.cost ? step : found;
            }
        }
        return found;
    }

    /** The largest connected sets. */
    private List<Step> components(long all) {
        List<Step> result = new ArrayList<>();
        long rest = all;
        while (rest != 0) {
            long first = Long.lowestOneBit(rest);
            Step largest = null;
            for (Step step : best.values()) {
                boolean larger = largest == null || Long.bitCount(step.factors) > Long.bitCount(largest.factors);
                if ((step.factors & first) != 0 && larger) {
                    largest = step;
                }
            }
            if (largest == null) {
                throw new IllegalStateException("no set has factor " + first);
            }
            result.add(largest);
            rest &= ~largest.factors;
        }
        return result;
    }

    private Step greedy(List<Step> factors) {
        List<Step> sets = new ArrayList<>(factors);
        while (sets.size() > 1) {
            Step next = null;
            boolean connected = false;
            for (Step left : sets) {
                for (Step right : sets) {
                    if (left.factors == right.factors || left.rows < right.rows) {
                        continue;
                    }
                    boolean joined = isConnected(left, right);
                    if (next == null || (joined && !connected)) {
                        next = join(left, right);
                        connected = joined;
                    } else if (joined == connected) {
                        Step step = join(left, right);
                        next = step.rows < next.rows ? step : next;
                    }
                }
            }
            Step chosen = java.util.Objects.requireNonNull(next);
            sets.removeIf(step -> (step.factors & chosen.factors) != 0);
            sets.add(chosen);
        }
        return sets.get(0);
    }

    private boolean isConnected(Step left, Step right) {
        for (BitSet members : graph.classes()) {
            if (graph.memberIn(members, left.factors) >= 0 && graph.memberIn(members, right.factors) >= 0) {
                return true;
            }
        }
        long both = left.factors | right.factors;
        return graph.conditions().stream()
                .anyMatch(condition -> (condition.factors() & ~both) == 0
                        && (condition.factors() & left.factors) != 0
                        && (condition.factors() & right.factors) != 0);
    }

    private Step join(Step left, Step right) {
        double rows = rows(left, right);
        double cost = left.cost + right.cost + left.rows + BUILD_COST * right.rows + RESULT_COST * rows;
        return new Step(left.factors | right.factors, rows, cost, left, right);
    }

    private double rows(Step left, Step right) {
        double most = 1;
        double leftKeys = 1;
        double rightKeys = 1;
        int keys = 0;
        for (BitSet members : graph.classes()) {
            double one = distinct(members, left);
            double other = distinct(members, right);
            if (one > 0 && other > 0) {
                most = Math.max(most, Math.max(one, other));
                leftKeys *= one;
                rightKeys *= other;
                keys++;
            }
        }
        // Of several columns at once there are no more values than rows; the side with fewer holds the keys of the
        // other.
        double values = keys < 2
                ? most
                : Math.max(most, Math.min(Math.min(leftKeys, left.rows), Math.min(rightKeys, right.rows)));
        double rows = left.rows * right.rows / values;
        for (JoinGraph.Condition condition : graph.conditions()) {
            rows *= condition.isDecidedBy(left.factors, right.factors) ? condition.share() : 1;
        }
        return Math.max(1, rows);
    }

    /** The different values that a class has in a set, 0 if none of its members is there. */
    private double distinct(BitSet members, Step step) {
        double fewest = 0;
        for (int column = members.nextSetBit(0); column >= 0; column = members.nextSetBit(column + 1)) {
            if ((step.factors >>> graph.factorOf(column) & 1) != 0) {
                double values = graph.distinct(column);
                fewest = fewest == 0 ? values : Math.min(fewest, values);
            }
        }
        return Math.min(fewest, step.rows);
    }
}
