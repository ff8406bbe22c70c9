// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.SeriesOperator;
import io.datasetdb.sql.kernel.nested.Series;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * {@code FROM generate_series(…)} and {@code FROM range(…)}: every row of the input once for each element of a series, whose
 * start, stop and step are the input's last three columns. The elements are made as they are asked for, so that a series may
 * be of any length.
 */
final class BatchSeries extends SingleRel implements BatchRel {
    private static final int ARGUMENTS = 3;

    private final boolean inclusive;
    private final boolean withOrdinality;
    private final boolean outer;

    private BatchSeries(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            boolean inclusive,
            boolean withOrdinality,
            boolean outer,
            RelDataType rowType) {
        super(cluster, traits, input);
        this.inclusive = inclusive;
        this.withOrdinality = withOrdinality;
        this.outer = outer;
        this.rowType = rowType;
    }

    /** Whether an expression is the array of a series. */
    static boolean isSeries(RexNode node) {
        return node instanceof RexCall call && (isNamed(call, "GENERATE_SERIES") || isNamed(call, "RANGE"));
    }

    private static boolean isNamed(RexCall call, String name) {
        return call.getOperator().getName().equals(name);
    }

    /**
     * The unnesting of a series.
     *
     * @param input whose last column is what is unnested
     * @param kept how many columns it has before
     * @param outer whether a row stays, with NULL, if its series has no element
     * @return {@code null} if what is unnested is no series, or not that alone
     */
    static @Nullable BatchRel of(BatchRel input, int kept, Uncollect uncollect, boolean outer, RelDataType rowType) {
        if (!(input instanceof BatchProject project)
                || project.getProjects().size() != kept + 1
                || !isSeries(project.getProjects().get(kept))) {
            return null;
        }
        RexCall call = (RexCall) project.getProjects().get(kept);
        RelDataType element = rowType.getFieldList().get(kept).getType();
        List<RexNode> projects = new ArrayList<>(project.getProjects().subList(0, kept));
        projects.addAll(arguments(call, element, input.getCluster().getRexBuilder()));
        RelDataTypeFactory.Builder columns = input.getCluster().getTypeFactory().builder();
        columns.addAll(project.getRowType().getFieldList().subList(0, kept));
        for (int i = 0; i < ARGUMENTS; i++) {
            columns.add("series" + i, projects.get(kept + i).getType());
        }
        BatchRel rows = new BatchProject(
                input.getCluster(),
                BatchRules.traits(input),
                project.getInput(),
                projects,
                columns.uniquify().build());
        return new BatchSeries(
                input.getCluster(),
                BatchRules.traits(input),
                rows,
                isNamed(call, "GENERATE_SERIES"),
                uncollect.withOrdinality,
                outer,
                rowType);
    }

    /** Start, stop and step; from 0 and by 1 if they are not given. */
    private static List<RexNode> arguments(RexCall call, RelDataType element, RexBuilder rexBuilder) {
        List<RexNode> given = call.getOperands();
        boolean isTimes = element.getSqlTypeName() == SqlTypeName.TIMESTAMP;
        RelDataType bigint = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        RexNode start = given.size() > 1 ? given.get(0) : rexBuilder.makeExactLiteral(BigDecimal.ZERO, bigint);
        RexNode stop = given.get(given.size() > 1 ? 1 : 0);
        RexNode step = given.size() == ARGUMENTS ? given.get(2) : rexBuilder.makeExactLiteral(BigDecimal.ONE, bigint);
        return List.of(
                cast(start, element, rexBuilder),
                cast(stop, element, rexBuilder),
                isTimes ? step : cast(step, bigint, rexBuilder));
    }

    private static RexNode cast(RexNode node, RelDataType type, RexBuilder rexBuilder) {
        RelDataType nullable = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(type, node.getType().isNullable());
        return rexBuilder.ensureType(nullable, node, true);
    }

    /** How many elements a row of the input yields, if the step unnests a series of known numbers. */
    static OptionalDouble size(RelNode rel) {
        if (!(rel.getInput(0) instanceof Project project)) {
            return OptionalDouble.empty();
        }
        List<RexNode> projects = project.getProjects();
        int last = projects.size() - 1;
        List<RexNode> arguments = List.of();
        boolean inclusive = true;
        if (rel instanceof BatchSeries series) {
            arguments = projects.subList(projects.size() - ARGUMENTS, projects.size());
            inclusive = series.inclusive;
        } else if (last >= 0 && isSeries(projects.get(last))) {
            RexCall call = (RexCall) projects.get(last);
            RexBuilder rexBuilder = rel.getCluster().getRexBuilder();
            RelDataType element = call.getType().getComponentType();
            arguments = element == null ? List.of() : arguments(call, element, rexBuilder);
            inclusive = isNamed(call, "GENERATE_SERIES");
        }
        long[] numbers = new long[ARGUMENTS];
        for (int i = 0; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof RexLiteral literal)
                    || literal.getType().getSqlTypeName() != SqlTypeName.BIGINT
                    || literal.isNull()) {
                return OptionalDouble.empty();
            }
            numbers[i] = RexLiteral.numberValue(literal).longValue();
        }
        return arguments.isEmpty() || numbers[2] == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Series.of(numbers[0], numbers[1], numbers[2], DataType.BIGINT, inclusive)
                        .size());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchSeries(getCluster(), traits, inputs.get(0), inclusive, withOrdinality, outer, getRowType());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("inclusive", inclusive)
                .itemIf("ordinality", true, withOrdinality)
                .itemIf("outer", true, outer);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        return new SeriesOperator.Factory(implementor.visit(getInput()), inclusive, withOrdinality, outer);
    }
}
