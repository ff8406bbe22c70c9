// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.MeasuredFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A step of a plan as people read it.
 *
 * @param title what it does
 * @param detail to what; may be empty
 * @param estimatedRows how many rows the planner expects to come out
 * @param measured the step that keeps account, if the plan has such
 * @param inputs the steps that it pulls from
 */
public record PlanStep(
        String title,
        String detail,
        double estimatedRows,
        @Nullable MeasuredFactory measured,
        List<PlanStep> inputs) {

    /** The tree of a plan. */
    static PlanStep of(RelNode rel, Map<RelNode, MeasuredFactory> measured) {
        return of(rel, measured, new Estimates());
    }

    private static PlanStep of(RelNode rel, Map<RelNode, MeasuredFactory> measured, Estimates estimates) {
        List<PlanStep> inputs = rel.getInputs().stream()
                .map(input -> of(input, measured, estimates))
                .toList();
        return new PlanStep(title(rel), detail(rel), estimates.rows(rel), measured.get(rel), inputs);
    }

    private static String title(RelNode rel) {
        if (rel instanceof TableScan scan) {
            List<String> names = scan.getTable().getQualifiedName();
            return "Scan " + names.get(names.size() - 1);
        }
        if (rel instanceof BatchJoin join) {
            String type = join.getJoinType().name().toLowerCase(Locale.ROOT);
            return (join.hashes() ? "Hash " : "Nested loop ") + type + " join";
        }
        if (rel instanceof Sort sort) {
            boolean sorts = !sort.getCollation().getFieldCollations().isEmpty();
            return !sorts ? "Limit" : sort.fetch == null ? "Sort" : "Top";
        }
        // The classes are called after what they do.
        String words = rel.getClass()
                .getSimpleName()
                .replaceFirst("^Batch", "")
                .replaceAll("(?<=.)(\\p{Lu})", " $1")
                .toLowerCase(Locale.ROOT);
        return words.isEmpty() ? "Step" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String detail(RelNode rel) {
        if (rel instanceof BatchScan scan) {
            return scan.indexes()
                    + scan.conditions().stream()
                            .map(condition -> text(rel, condition))
                            .collect(Collectors.joining(" AND "));
        }
        if (rel instanceof Filter filter) {
            return text(filter.getInput(), filter.getCondition());
        }
        if (rel instanceof Join join) {
            return RexText.of(rel.getCluster().getRexBuilder(), join.getCondition(), bothSides(join));
        }
        if (rel instanceof Project project) {
            return String.join(", ", project.getRowType().getFieldNames());
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (rel instanceof Sort sort) {
            return sort(sort);
        }
        return rel instanceof Values values ? values.getTuples().size() + " rows" : "";
    }

    private static String text(RelNode input, RexNode node) {
        return RexText.of(
                input.getCluster().getRexBuilder(), node, input.getRowType().getFieldNames());
    }

    private static List<String> bothSides(Join join) {
        return java.util.stream.Stream.of(join.getLeft(), join.getRight())
                .flatMap(side -> side.getRowType().getFieldNames().stream())
                .toList();
    }

    private static String aggregate(Aggregate aggregate) {
        List<String> columns = aggregate.getInput().getRowType().getFieldNames();
        String calls = aggregate.getAggCallList().stream()
                .map(call -> call.getAggregation().getName().toLowerCase(Locale.ROOT)
                        + call.getArgList().stream()
                                .map(columns::get)
                                .collect(Collectors.joining(", ", call.isDistinct() ? "(distinct " : "(", ")")))
                .collect(Collectors.joining(", "));
        String keys =
                aggregate.getGroupSet().asList().stream().map(columns::get).collect(Collectors.joining(", "));
        return calls + (calls.isEmpty() || keys.isEmpty() ? "" : " ") + (keys.isEmpty() ? "" : "by " + keys);
    }

    private static String sort(Sort sort) {
        List<String> columns = sort.getRowType().getFieldNames();
        String keys = sort.getCollation().getFieldCollations().stream()
                .map(key -> columns.get(key.getFieldIndex())
                        + (key.getDirection() == RelFieldCollation.Direction.DESCENDING ? " desc" : ""))
                .collect(Collectors.joining(", "));
        String limit = sort.fetch == null ? "" : text(sort, sort.fetch);
        String by = keys.isEmpty() ? "" : "by " + keys;
        String rows = limit + (limit.isEmpty() || by.isEmpty() ? "" : " ") + by;
        return sort.offset == null ? rows : rows + " after " + text(sort, sort.offset);
    }
}
