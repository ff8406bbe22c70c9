// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * What it takes for a query to yield the same rows again, and for its rows to be computed from some rows of its inputs alone:
 * a query of filters, projections and UNION ALL treats each row of an input by itself, so that its result on a change of the
 * inputs is the change of its result.
 */
public final class Repeatability {
    /** Functions of the moment or of whoever runs the statement. */
    private static final Set<String> MOMENTARY = Set.of(
            "CURRENT_TIMESTAMP",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "LOCALTIMESTAMP",
            "LOCALTIME",
            "CURRENT_DATETIME",
            "NOW",
            "USER",
            "CURRENT_USER",
            "SESSION_USER");

    /** What reads files, which are as a listing says as long as the listing says the same. */
    private static final Set<String> OF_FILES = Set.of("FILE_TEXT", "FILE_BYTES");

    private Optional<String> variable = Optional.empty();
    private Optional<String> momentary = Optional.empty();
    private Optional<String> ofFiles = Optional.empty();
    private Optional<String> obstacle = Optional.empty();
    private boolean unites;

    private Repeatability() {}

    public static Repeatability of(PlannedQuery plan) {
        Repeatability result = new Repeatability();
        result.visit(plan.query());
        return result;
    }

    /** A call whose results differ from time to time. */
    public Optional<String> variable() {
        return variable;
    }

    /** A call whose result depends on when, or by whom, the statement is run. */
    public Optional<String> momentary() {
        return momentary;
    }

    /** A call that reads a file. */
    public Optional<String> ofFiles() {
        return ofFiles;
    }

    /** What keeps rows of the inputs from being treated one by one. */
    public Optional<String> obstacle() {
        return obstacle;
    }

    /** Whether rows of several queries are put together. */
    public boolean unites() {
        return unites;
    }

    private void visit(RelNode rel) {
        unites |= rel instanceof LogicalUnion;
        obstacle = obstacle.or(() -> obstacle(rel));
        rel.accept(new Calls());
        rel.getInputs().forEach(this::visit);
    }

    private static Optional<String> obstacle(RelNode rel) {
        if (rel instanceof LogicalProject || rel instanceof LogicalFilter || rel instanceof TableScan) {
            return Optional.empty();
        }
        if (rel instanceof LogicalUnion union) {
            return union.all ? Optional.empty() : Optional.of("UNION without ALL compares rows with each other");
        }
        if (rel instanceof LogicalAggregate aggregate) {
            return Optional.of(
                    aggregate.getAggCallList().isEmpty() ? "DISTINCT compares rows with each other" : "it groups rows");
        }
        if (rel instanceof Sort sort) {
            return Optional.of(
                    sort.fetch != null || sort.offset != null
                            ? "LIMIT counts rows"
                            : "ORDER BY says where each row is");
        }
        if (rel instanceof LogicalValues) {
            return Optional.of("it has rows of its own (VALUES)");
        }
        return Optional.of(rel instanceof Join ? "it joins rows" : "it has a step that takes rows together");
    }

    private final class Calls extends RexShuttle {
        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            obstacle = obstacle.or(() -> Optional.of("it has a sub-query"));
            visit(subQuery.rel);
            return super.visitSubQuery(subQuery);
        }

        @Override
        public RexNode visitOver(RexOver over) {
            obstacle = obstacle.or(() -> Optional.of("a window takes rows together"));
            return super.visitOver(over);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            if (OF_FILES.contains(name)) {
                ofFiles = Optional.of(shown(call));
            } else if (MOMENTARY.contains(name)) {
                momentary = Optional.of(shown(call));
            } else if (!call.getOperator().isDeterministic()) {
                variable = Optional.of(shown(call));
            }
            return super.visitCall(call);
        }

        private String shown(RexCall call) {
            return call.getOperator().getName() + (call.getOperands().isEmpty() ? "" : "(…)");
        }
    }
}
