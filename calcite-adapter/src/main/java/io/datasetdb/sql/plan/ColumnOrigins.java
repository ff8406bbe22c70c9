// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.registry.ColumnLineage;
import io.datasetdb.registry.ColumnLineage.Derivation;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Where the values of a result's columns come from: walks the algebra from the scans up and keeps, for every column, the
 * stored columns that its values are computed from, and how. What only decides which rows there are (filters, join
 * conditions, grouping) is no origin of a value.
 */
final class ColumnOrigins {
    /** A stored column, or a field inside one. */
    private record Origin(BatchTable table, String column) {}

    /** The origins of one column, each with the strongest thing that happens to it. */
    private static final class Origins extends LinkedHashMap<Origin, Derivation> {
        private static final long serialVersionUID = 1L;

        void add(Map<Origin, Derivation> others, Derivation atLeast) {
            others.forEach(
                    (origin, derivation) -> merge(origin, stronger(derivation, atLeast), ColumnOrigins::stronger));
        }
    }

    private final Map<CorrelationId, List<Origins>> outer = new LinkedHashMap<>();

    private ColumnOrigins() {}

    static List<ColumnLineage> of(RelNode algebra, Schema schema) {
        List<Origins> columns = new ColumnOrigins().visit(algebra);
        List<ColumnLineage> result = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            String column = schema.field(i).name();
            columns.get(i)
                    .forEach((origin, derivation) -> origin.table()
                            .version()
                            .ifPresent(parent ->
                                    result.add(new ColumnLineage(column, parent.ref(), origin.column(), derivation))));
        }
        return result;
    }

    private static Derivation stronger(Derivation left, Derivation right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private List<Origins> visit(RelNode rel) {
        if (rel instanceof TableScan scan) {
            return scan(scan);
        }
        if (rel instanceof Project project) {
            List<Origins> input = visit(project.getInput());
            return project.getProjects().stream()
                    .map(node -> expression(node, input))
                    .toList();
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (rel instanceof Join join) {
            return concat(visit(join.getLeft()), visit(join.getRight()), rel);
        }
        if (rel instanceof Correlate correlate) {
            List<Origins> left = visit(correlate.getLeft());
            outer.put(correlate.getCorrelationId(), left);
            return concat(left, visit(correlate.getRight()), rel);
        }
        if (rel instanceof SetOp || rel instanceof RepeatUnion) {
            return union(rel);
        }
        if (rel instanceof Uncollect uncollect) {
            return uncollect(uncollect);
        }
        if (rel instanceof Window window) {
            return window(window);
        }
        if (rel instanceof Values || rel.getInputs().isEmpty()) {
            return none(rel);
        }
        // Filters, sorts and the like hand their columns through.
        return visit(rel.getInput(0));
    }

    private static List<Origins> none(RelNode rel) {
        List<Origins> result = new ArrayList<>();
        rel.getRowType().getFieldList().forEach(field -> result.add(new Origins()));
        return result;
    }

    private static List<Origins> scan(TableScan scan) {
        List<Origins> result = none(scan);
        BatchTable table = scan.getTable().unwrap(BatchTable.class);
        if (table != null) {
            for (int i = 0; i < result.size(); i++) {
                result.get(i).put(new Origin(table, table.schema().field(i).name()), Derivation.IDENTITY);
            }
        }
        return result;
    }

    private List<Origins> aggregate(Aggregate aggregate) {
        List<Origins> input = visit(aggregate.getInput());
        List<Origins> result = new ArrayList<>();
        aggregate.getGroupSet().forEachInt(key -> result.add(input.get(key)));
        for (AggregateCall call : aggregate.getAggCallList()) {
            Origins origins = new Origins();
            call.getArgList().forEach(argument -> origins.add(input.get(argument), Derivation.AGGREGATED));
            result.add(origins);
        }
        return result;
    }

    private List<Origins> window(Window window) {
        List<Origins> input = visit(window.getInput());
        List<Origins> result = new ArrayList<>(input);
        for (Window.Group group : window.groups) {
            for (Window.RexWinAggCall call : group.aggCalls) {
                Origins origins = new Origins();
                call.getOperands().forEach(operand -> {
                    if (operand instanceof RexInputRef reference && reference.getIndex() < input.size()) {
                        origins.add(input.get(reference.getIndex()), Derivation.AGGREGATED);
                    }
                });
                result.add(origins);
            }
        }
        return result;
    }

    private static List<Origins> concat(List<Origins> left, List<Origins> right, RelNode rel) {
        List<Origins> result = new ArrayList<>(left);
        result.addAll(right);
        return result.subList(0, rel.getRowType().getFieldCount());
    }

    private List<Origins> union(RelNode rel) {
        List<Origins> result = none(rel);
        for (RelNode input : rel.getInputs()) {
            List<Origins> columns = visit(input);
            for (int i = 0; i < result.size(); i++) {
                result.get(i).add(columns.get(i), Derivation.IDENTITY);
            }
        }
        return result;
    }

    /** Elements are parts of their list's values, so every column comes from every list that can have made it. */
    private List<Origins> uncollect(Uncollect uncollect) {
        List<Origins> input = visit(uncollect.getInput());
        List<Origins> result = none(uncollect);
        int elements = result.size() - (uncollect.withOrdinality ? 1 : 0);
        for (int i = 0; i < elements; i++) {
            if (input.size() == elements) {
                result.get(i).add(input.get(i), Derivation.TRANSFORMED);
            } else {
                Origins origins = result.get(i);
                input.forEach(column -> origins.add(column, Derivation.TRANSFORMED));
            }
        }
        return result;
    }

    private Origins expression(RexNode node, List<Origins> input) {
        Origins result = new Origins();
        if (node instanceof RexInputRef reference) {
            result.add(input.get(reference.getIndex()), Derivation.IDENTITY);
        } else if (node instanceof RexFieldAccess access) {
            field(access, input, result);
        } else {
            collect(node, input, result);
        }
        return result;
    }

    private void field(RexFieldAccess access, List<Origins> input, Origins result) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            List<Origins> row = outer.get(variable.id);
            if (row != null) {
                result.add(row.get(access.getField().getIndex()), Derivation.IDENTITY);
            }
            return;
        }
        expression(access.getReferenceExpr(), input)
                .forEach((origin, derivation) -> result.put(
                        new Origin(
                                origin.table(),
                                origin.column() + "." + access.getField().getName()),
                        derivation));
    }

    private void collect(RexNode node, List<Origins> input, Origins result) {
        node.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef reference) {
                result.add(input.get(reference.getIndex()), Derivation.TRANSFORMED);
                return super.visitInputRef(reference);
            }

            @Override
            public Void visitFieldAccess(RexFieldAccess access) {
                Origins field = new Origins();
                field(access, input, field);
                result.add(field, Derivation.TRANSFORMED);
                return null;
            }

            @Override
            public Void visitOver(RexOver over) {
                Origins operands = new Origins();
                over.getOperands().forEach(operand -> operands.add(expression(operand, input), Derivation.AGGREGATED));
                result.add(operands, Derivation.AGGREGATED);
                return null;
            }

            @Override
            public Void visitCall(RexCall call) {
                return super.visitCall(call);
            }
        });
    }
}
