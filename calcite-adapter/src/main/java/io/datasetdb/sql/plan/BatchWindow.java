// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.ProjectOperator;
import io.datasetdb.sql.exec.WindowOperator;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.sql.exec.window.WindowFrame;
import io.datasetdb.sql.function.FilteredAggregate;
import io.datasetdb.sql.kernel.ColumnReference;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.parse.GroupsFrame;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlOperator;

/** Window functions: one sort a group of windows that share partitions and order. */
final class BatchWindow extends Window implements BatchRel {
    private BatchWindow(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            List<RexLiteral> constants,
            RelDataType rowType,
            List<Group> groups) {
        super(cluster, traits, List.of(), input, constants, rowType, groups);
    }

    static BatchRel of(LogicalWindow window, BatchRel input) {
        return new BatchWindow(
                window.getCluster(),
                BatchRules.traits(window),
                input,
                window.constants,
                window.getRowType(),
                window.groups);
    }

    @Override
    public Window copy(List<RexLiteral> newConstants) {
        return new BatchWindow(getCluster(), getTraitSet(), getInput(), newConstants, getRowType(), groups);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchWindow(getCluster(), traits, inputs.get(0), constants, getRowType(), groups);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        OperatorFactory result = withConstants(implementor.visit(getInput()), implementor);
        List<List<Integer>> places = new ArrayList<>();
        groups.forEach(group -> places.add(new ArrayList<>()));
        int next = result.types().size();
        for (List<Integer> alike : alikes()) {
            List<WindowCall> calls = new ArrayList<>();
            for (int number : alike) {
                Group group = groups.get(number);
                for (RexWinAggCall call : group.aggCalls) {
                    calls.add(call(call, group, implementor));
                    places.get(number).add(next++);
                }
            }
            Group first = groups.get(alike.get(0));
            result = new WindowOperator.Factory(result, first.keys.toArray(), SortKeys.of(first.orderKeys), calls);
        }
        return output(result, places.stream().flatMap(List::stream).toList());
    }

    /** The numbers of groups that differ in their frames only: these need one sort. */
    private Collection<List<Integer>> alikes() {
        return IntStream.range(0, groups.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        number -> List.of(groups.get(number).keys, groups.get(number).orderKeys),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    /** Literals that functions take as arguments become columns behind the input's. */
    private OperatorFactory withConstants(OperatorFactory input, BatchImplementor implementor) {
        if (constants.isEmpty()) {
            return input;
        }
        List<Expression> columns =
                new ArrayList<>(references(input.types(), 0, input.types().size()));
        constants.forEach(constant -> columns.add(implementor.expression(constant)));
        return new ProjectOperator.Factory(input, columns);
    }

    /** The input's columns without the constants, then those of the calls, each of which stands at one of the places. */
    private OperatorFactory output(OperatorFactory windowed, List<Integer> places) {
        List<DataType> types = windowed.types();
        List<Expression> columns =
                new ArrayList<>(references(types, 0, getInput().getRowType().getFieldCount()));
        for (int place : places) {
            columns.add(new ColumnReference(place, types.get(place)));
        }
        return new ProjectOperator.Factory(windowed, columns);
    }

    private static List<Expression> references(List<DataType> types, int from, int to) {
        List<Expression> result = new ArrayList<>();
        for (int i = from; i < to; i++) {
            result.add(new ColumnReference(i, types.get(i)));
        }
        return result;
    }

    private WindowCall call(RexWinAggCall call, Group group, BatchImplementor implementor) {
        int[] arguments = call.getOperands().stream()
                .mapToInt(operand -> ((RexInputRef) operand).getIndex())
                .toArray();
        WindowFrame frame = frame(group, implementor);
        DataType type = TypeMapping.toDataType(call.getType());
        return switch (call.getOperator().getKind()) {
            case ROW_NUMBER -> ranking(WindowCall.Function.ROW_NUMBER, arguments, call, frame, type);
            case RANK -> ranking(WindowCall.Function.RANK, arguments, call, frame, type);
            case DENSE_RANK -> ranking(WindowCall.Function.DENSE_RANK, arguments, call, frame, type);
            case PERCENT_RANK -> ranking(WindowCall.Function.PERCENT_RANK, arguments, call, frame, type);
            case CUME_DIST -> ranking(WindowCall.Function.CUME_DIST, arguments, call, frame, type);
            case NTILE -> ranking(WindowCall.Function.NTILE, arguments, call, frame, type);
            case LAG -> ranking(WindowCall.Function.LAG, arguments, call, frame, type);
            case LEAD -> ranking(WindowCall.Function.LEAD, arguments, call, frame, type);
            case FIRST_VALUE -> ranking(WindowCall.Function.FIRST_VALUE, arguments, call, frame, type);
            case LAST_VALUE -> ranking(WindowCall.Function.LAST_VALUE, arguments, call, frame, type);
            case NTH_VALUE -> ranking(WindowCall.Function.NTH_VALUE, arguments, call, frame, type);
            default -> aggregate(call, arguments, frame, type);
        };
    }

    private static WindowCall aggregate(RexWinAggCall call, int[] arguments, WindowFrame frame, DataType type) {
        SqlOperator operator = call.getOperator();
        int own = arguments.length;
        int filter = AggregateCall.NO_FILTER;
        if (operator instanceof FilteredAggregate filtered) {
            operator = filtered.function();
            filter = arguments[--own];
        }
        AggregateCall aggregate = new AggregateCall(
                AggregateFunctions.of(operator),
                Arrays.copyOf(arguments, own),
                call.distinct,
                filter,
                List.of(),
                call.ignoreNulls,
                null,
                type);
        return new WindowCall.Aggregate(aggregate, frame);
    }

    private static WindowCall ranking(
            WindowCall.Function function, int[] arguments, RexWinAggCall call, WindowFrame frame, DataType type) {
        return new WindowCall.Ranking(function, arguments, call.ignoreNulls, frame, type);
    }

    private WindowFrame frame(Group group, BatchImplementor implementor) {
        boolean groups = group.isRows && (countsGroups(group.lowerBound) || countsGroups(group.upperBound));
        WindowFrame.Unit rows = groups ? WindowFrame.Unit.GROUPS : WindowFrame.Unit.ROWS;
        return new WindowFrame(
                group.isRows ? rows : WindowFrame.Unit.RANGE,
                bound(group.lowerBound, implementor),
                bound(group.upperBound, implementor),
                exclusion(group.exclude));
    }

    private boolean countsGroups(RexWindowBound bound) {
        return bound.getOffset() != null
                && offset(bound) instanceof RexLiteral literal
                && literal.getValue() instanceof BigDecimal count
                && GroupsFrame.counts(count);
    }

    private RexNode offset(RexWindowBound bound) {
        RexNode offset = java.util.Objects.requireNonNull(bound.getOffset());
        if (offset instanceof RexInputRef reference) {
            int constant = reference.getIndex() - getInput().getRowType().getFieldCount();
            if (constant < 0) {
                throw new DatasetDbException(
                        SqlError.UNSUPPORTED, "Cannot plan the statement: the bound of a window must be a constant");
            }
            return constants.get(constant);
        }
        return offset;
    }

    private WindowFrame.Bound bound(RexWindowBound bound, BatchImplementor implementor) {
        if (bound.isCurrentRow()) {
            return WindowFrame.Bound.of(WindowFrame.BoundKind.CURRENT_ROW);
        }
        if (bound.isUnbounded()) {
            return WindowFrame.Bound.of(
                    bound.isPreceding()
                            ? WindowFrame.BoundKind.UNBOUNDED_PRECEDING
                            : WindowFrame.BoundKind.UNBOUNDED_FOLLOWING);
        }
        RexNode offset = offset(bound);
        if (countsGroups(bound)) {
            BigDecimal count = java.util.Objects.requireNonNull(((RexLiteral) offset).getValueAs(BigDecimal.class));
            offset = getCluster().getRexBuilder().makeExactLiteral(GroupsFrame.groups(count));
        }
        return new WindowFrame.Bound(
                bound.isPreceding() ? WindowFrame.BoundKind.PRECEDING : WindowFrame.BoundKind.FOLLOWING,
                implementor.expression(offset));
    }

    private static WindowFrame.Exclusion exclusion(RexWindowExclusion exclusion) {
        return switch (exclusion) {
            case EXCLUDE_NO_OTHER -> WindowFrame.Exclusion.NO_OTHERS;
            case EXCLUDE_CURRENT_ROW -> WindowFrame.Exclusion.CURRENT_ROW;
            case EXCLUDE_GROUP -> WindowFrame.Exclusion.GROUP;
            case EXCLUDE_TIES -> WindowFrame.Exclusion.TIES;
        };
    }
}
