// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * The parts that several expressions of a select list have in common, each to be computed once. Parts that are computed for
 * some rows only, such as the branches of CASE, are left alone: elsewhere they might fail.
 */
final class CommonExpressions {
    private final int inputs;
    private final Map<RexNode, Integer> uses = new HashMap<>();
    private final Map<RexNode, RexInputRef> places = new HashMap<>();
    private final List<RexNode> common = new ArrayList<>();
    private final List<RexNode> rewritten;

    /**
     * @param inputs how many columns the input has
     */
    CommonExpressions(List<RexNode> expressions, int inputs) {
        this.inputs = inputs;
        expressions.forEach(this::count);
        this.rewritten = expressions.stream().map(this::rewrite).toList();
    }

    /** What is to be computed first, in this order, as more columns after those of the input. */
    List<RexNode> common() {
        return common;
    }

    /** The expressions over the input's columns and the common ones. */
    List<RexNode> rewritten() {
        return rewritten;
    }

    /** Counts how often a call occurs; what is inside it counts once, however often it occurs. */
    private void count(RexNode node) {
        if (node instanceof RexCall call && isAlwaysComputed(call) && uses.merge(call, 1, Integer::sum) == 1) {
            call.getOperands().forEach(this::count);
        }
    }

    private static boolean isAlwaysComputed(RexCall call) {
        return switch (call.getKind()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD, CAST, MINUS_PREFIX -> RexUtil.isDeterministic(call);
            default -> false;
        };
    }

    private RexNode rewrite(RexNode node) {
        if (!(node instanceof RexCall call) || !uses.containsKey(call)) {
            return node;
        }
        RexInputRef place = places.get(call);
        if (place != null) {
            return place;
        }
        RexNode result = call.clone(
                call.getType(), call.getOperands().stream().map(this::rewrite).toList());
        if (uses.getOrDefault(call, 0) < 2) {
            return result;
        }
        RexInputRef made = new RexInputRef(inputs + common.size(), call.getType());
        common.add(result);
        places.put(call, made);
        return made;
    }
}
