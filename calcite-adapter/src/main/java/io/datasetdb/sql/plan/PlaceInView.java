// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.registry.DatasetName;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A place in the query of a view, which is another text than that of the statement. */
final class PlaceInView extends SqlParserPos {
    private static final long serialVersionUID = 1;

    private final String view;

    private PlaceInView(SqlParserPos place, DatasetName view) {
        super(place.getLineNum(), place.getColumnNum(), place.getEndLineNum(), place.getEndColumnNum());
        this.view = view.toString();
    }

    /** The view's full name. */
    String view() {
        return view;
    }

    /** The algebra of a view, whose calls know the view that they stand in; of views within it they know that already. */
    static RelNode mark(RelNode rel, DatasetName view) {
        return rel.accept(new Marks(rel.getCluster(), view));
    }

    private static final class Marks extends RelHomogeneousShuttle {
        private final RexShuttle expressions;

        Marks(RelOptCluster cluster, DatasetName view) {
            RexBuilder rexBuilder = cluster.getRexBuilder();
            expressions = new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    RexNode visited = super.visitCall(call);
                    return visited instanceof RexCall marked
                                    && marked.getClass() == RexCall.class
                                    && marked.getParserPosition().getLineNum() > 0
                                    && !(marked.getParserPosition() instanceof PlaceInView)
                            ? rexBuilder.makeCall(
                                    new PlaceInView(marked.getParserPosition(), view),
                                    marked.getType(),
                                    marked.getOperator(),
                                    marked.getOperands())
                            : visited;
                }

                @Override
                public RexNode visitSubQuery(RexSubQuery subQuery) {
                    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
                    return visited.clone(visited.rel.accept(Marks.this));
                }
            };
        }

        @Override
        public RelNode visit(RelNode other) {
            return super.visit(other).accept(expressions);
        }
    }
}
