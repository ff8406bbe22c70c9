// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * Finds the parts of a plan that stand in it more than once, and computes each of them once, where keeping its rows is cheap
 * against computing them again: few come out of many read.
 */
final class CommonSubPlans {
    /** Of the stored rows that a part reads, how many may come out of it. */
    private static final double WORTH_KEEPING = 0.25;

    private static final double MOST_ROWS = 2_000_000;

    /** A part that reads fewer stored rows is computed again in no time. */
    private static final double FEWEST_STORED = 10_000;

    private final Estimates estimates = new Estimates();
    private final Map<RelDigest, RelNode> known = new HashMap<>();
    private final Map<RelNode, Integer> uses = new IdentityHashMap<>();
    private final Map<RelNode, RelNode> done = new IdentityHashMap<>();
    private int count;

    private CommonSubPlans() {}

    static RelNode share(RelNode rel) {
        CommonSubPlans plans = new CommonSubPlans();
        if (!plans.readsSomethingTwice(rel, new HashSet<>())) {
            return rel;
        }
        RelNode graph = plans.unified(rel);
        boolean repeats = plans.uses.values().stream().anyMatch(times -> times > 1);
        return repeats ? plans.shared(graph) : rel;
    }

    private boolean readsSomethingTwice(RelNode rel, Set<List<String>> tables) {
        if (rel instanceof Shared shared) {
            count = Math.max(count, shared.number());
        }
        boolean here = rel instanceof TableScan && !tables.add(rel.getTable().getQualifiedName());
        boolean below = false;
        for (RelNode input : rel.getInputs()) {
            below |= readsSomethingTwice(input, tables);
        }
        return here || below;
    }

    /** The tree as a graph, in which equal parts are one node. */
    private RelNode unified(RelNode rel) {
        List<RelNode> inputs = rel.getInputs().stream().map(this::unified).toList();
        boolean same = true;
        for (int i = 0; i < inputs.size(); i++) {
            same &= inputs.get(i) == rel.getInput(i);
        }
        RelNode copy = same ? rel : rel.copy(rel.getTraitSet(), inputs);
        RelNode first = known.putIfAbsent(copy.getRelDigest(), copy);
        if (first == null) {
            inputs.forEach(input -> uses.merge(input, 1, Integer::sum));
            return copy;
        }
        // Equal but for the names of columns, by which nobody but the scan goes.
        return first;
    }

    private RelNode shared(RelNode rel) {
        RelNode result = done.get(rel);
        if (result == null) {
            List<RelNode> inputs = rel.getInputs().stream().map(this::shared).toList();
            result = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
            if (uses.getOrDefault(rel, 0) > 1 && isWorthKeeping(rel)) {
                result = Shared.of(result, ++count);
            }
            done.put(rel, result);
        }
        return result;
    }

    private boolean isWorthKeeping(RelNode rel) {
        if (rel instanceof TableScan || rel instanceof Values || rel instanceof Shared) {
            return false;
        }
        double rows = estimates.rows(rel);
        double stored = stored(rel);
        return stored >= FEWEST_STORED && rows <= MOST_ROWS && rows <= WORTH_KEEPING * stored && dependsOnNothing(rel);
    }

    /** The stored rows that are read below. */
    private double stored(RelNode rel) {
        return rel instanceof TableScan
                ? estimates.rows(rel)
                : rel.getInputs().stream().mapToDouble(this::stored).sum();
    }

    /** Whether a part yields the same rows wherever in the plan it stands. */
    static boolean dependsOnNothing(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).isEmpty() && isStable(rel, new HashSet<>());
    }

    private static boolean isStable(RelNode rel, Set<RelNode> seen) {
        if (!seen.add(rel)) {
            return true;
        }
        if (rel instanceof TableScan scan && ScanPushdown.scanBelow(scan) == null) {
            return false;
        }
        boolean[] stable = {true};
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                stable[0] &= RexUtil.isDeterministic(call);
                return call;
            }
        });
        return stable[0] && rel.getInputs().stream().allMatch(input -> isStable(input, seen));
    }
}
