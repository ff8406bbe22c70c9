// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Makes a column of each field of an outer row's ROW column that a correlated part asks for ({@code f.file.path}): Calcite's
 * decorrelation knows columns of the outer row and nothing inside them.
 */
final class OuterFields extends RelHomogeneousShuttle {
    private OuterFields() {}

    static RelNode apply(RelNode rel) {
        return rel.accept(new OuterFields());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        return visited instanceof Correlate correlate ? withColumns(correlate) : visited;
    }

    private static RelNode withColumns(Correlate correlate) {
        Columns columns = new Columns(correlate);
        rewrite(correlate.getRight(), columns);
        if (columns.places.isEmpty()) {
            return correlate;
        }
        RelNode left = LogicalProject.create(
                correlate.getLeft(), List.of(), columns.expressions, (List<String>) null, Set.of());
        columns.row = left.getRowType();
        RelNode right = rewrite(correlate.getRight(), columns);
        int outer = correlate.getLeft().getRowType().getFieldCount();
        Correlate wider = correlate.copy(
                correlate.getTraitSet(),
                left,
                right,
                correlate.getCorrelationId(),
                columns.required.build(),
                correlate.getJoinType());
        RexBuilder builder = columns.builder;
        List<RexNode> kept = new ArrayList<>();
        for (int i = 0; i < correlate.getRowType().getFieldCount(); i++) {
            kept.add(builder.makeInputRef(wider, i < outer ? i : i + columns.places.size()));
        }
        return LogicalProject.create(
                wider, List.of(), kept, correlate.getRowType().getFieldNames(), Set.of());
    }

    private static RelNode rewrite(RelNode rel, RexShuttle shuttle) {
        return rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(shuttle);
            }
        });
    }

    /** The columns of the outer row and, behind them, the fields: first collects them, then refers to them. */
    private static final class Columns extends RexShuttle {
        private final RexBuilder builder;
        private final CorrelationId id;
        private final RelNode outer;
        private final List<RexNode> expressions;
        private final Map<RexNode, Integer> places = new LinkedHashMap<>();
        private final ImmutableBitSet.Builder required = ImmutableBitSet.builder();
        /** Of the outer row with the fields, once all are known. */
        private RelDataType row;

        Columns(Correlate correlate) {
            builder = correlate.getCluster().getRexBuilder();
            id = correlate.getCorrelationId();
            outer = correlate.getLeft();
            expressions = new ArrayList<>(builder.identityProjects(outer.getRowType()));
            row = outer.getRowType();
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (!isOuter(access)) {
                return super.visitFieldAccess(access);
            }
            if (access.getReferenceExpr() instanceof RexFieldAccess) {
                int place = places.computeIfAbsent(access, missing -> {
                    expressions.add(ofOuter(access));
                    return expressions.size() - 1;
                });
                return place < row.getFieldCount() ? builder.ensureType(access.getType(), column(place), true) : access;
            }
            return column(access.getField().getIndex());
        }

        private RexNode column(int place) {
            required.set(place);
            return builder.makeFieldAccess(builder.makeCorrel(row, id), place);
        }

        private boolean isOuter(RexFieldAccess access) {
            RexNode row = access.getReferenceExpr();
            return row instanceof RexFieldAccess inner
                    ? isOuter(inner)
                    : row instanceof RexCorrelVariable variable && variable.id.equals(id);
        }

        private RexNode ofOuter(RexFieldAccess access) {
            int field = access.getField().getIndex();
            return access.getReferenceExpr() instanceof RexFieldAccess inner
                    ? builder.makeFieldAccess(ofOuter(inner), field)
                    : builder.makeInputRef(outer, field);
        }
    }
}
