// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.nearest.Metric;
import io.datasetdb.sql.exec.nearest.VectorQuery;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.schema.ScalarFunctionOperator;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.builtin.DistanceFunctions;
import io.datasetdb.vector.DataType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * {@code ORDER BY distance(column, vector) LIMIT n} right above a scan, as the scan is told of it. The sort stays, so that a scan
 * is free to yield more rows than the nearest.
 *
 * @param column of the scan
 * @param vector of no column; a parameter's value is known when the query runs
 * @param type of the vector
 * @param keepsTies whether rows at the same distance in the index are to be sorted: by more keys, or by more digits
 */
record NearestSearch(
        Metric metric,
        int column,
        RexNode vector,
        DataType type,
        @Nullable RexNode offset,
        RexNode fetch,
        boolean keepsTies) {
    /** The input of a sort that, if it keeps the rows that are nearest to a vector, says so to a scan. */
    static BatchRel of(LogicalSort sort, BatchRel input) {
        RexNode fetch = sort.fetch;
        List<SortKey> keys = SortKeys.of(sort.getCollation());
        if (fetch == null
                || keys.isEmpty()
                || !RuleStages.uses(sort, Optimization.VECTOR_INDEX)
                || !(input instanceof BatchProject project)
                || !(project.getInput() instanceof BatchScan scan)) {
            return input;
        }
        RexNode distance = project.getProjects().get(keys.get(0).ordinal());
        return of(distance, keys, sort.offset, fetch)
                .<BatchRel>map(search -> project.copy(
                        project.getTraitSet(), scan.nearest(search), project.getProjects(), project.getRowType()))
                .orElse(input);
    }

    private static Optional<NearestSearch> of(
            RexNode node, List<SortKey> keys, @Nullable RexNode offset, RexNode fetch) {
        SortKey key = keys.get(0);
        // NULLs and what has no direction must come last, as they do in an index.
        if (!(node instanceof RexCall call)
                || !(call.getOperator() instanceof ScalarFunctionOperator operator)
                || key.nullsFirst()) {
            return Optional.empty();
        }
        ScalarFunction function = operator.function(
                call.getOperands().stream().map(RexNode::getType).toList());
        Metric metric = metric(function);
        if (metric == null || key.ascending() == (metric == Metric.INNER_PRODUCT)) {
            return Optional.empty();
        }
        for (int i = 0; i < 2; i++) {
            Integer column = column(call.getOperands().get(i));
            RexNode vector = call.getOperands().get(1 - i);
            if (column != null && RexUtil.isConstant(vector)) {
                DataType type = function.parameters().get(1 - i).type();
                boolean keepsTies = keys.size() > 1 || !type.equals(DataType.array(DataType.REAL));
                return Optional.of(new NearestSearch(metric, column, vector, type, offset, fetch, keepsTies));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Metric metric(ScalarFunction function) {
        if (!function.className().equals(DistanceFunctions.class.getName())) {
            return null;
        }
        return switch (function.name()) {
            case "cosine_distance" -> Metric.COSINE;
            case "euclidean_distance", "l2_distance" -> Metric.EUCLIDEAN;
            case "inner_product" -> Metric.INNER_PRODUCT;
            default -> null;
        };
    }

    /** The column of vectors that an operand is, be it with other numbers of the same values; {@code null} if it is none. */
    private static @Nullable Integer column(RexNode operand) {
        RexNode node = operand;
        while (node.getKind() == SqlKind.CAST && isVector(node)) {
            node = ((RexCall) node).getOperands().get(0);
        }
        return node instanceof RexInputRef column && isVector(node) ? column.getIndex() : null;
    }

    private static boolean isVector(RexNode node) {
        return TypeMapping.toDataType(node.getType()) instanceof DataType.Array array
                && (array.element().equals(DataType.REAL) || array.element().equals(DataType.DOUBLE));
    }

    /** What is searched for, in the terms of those who search. */
    VectorQuery query(BatchImplementor implementor) {
        Expression value = ExpressionCompiler.coerce(implementor.expression(vector), type);
        return new VectorQuery(
                metric,
                value,
                offset == null ? null : implementor.expression(offset),
                implementor.expression(fetch),
                keepsTies);
    }
}
