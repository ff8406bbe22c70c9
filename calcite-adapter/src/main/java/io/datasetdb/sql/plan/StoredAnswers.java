// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.store.ColumnStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Answers COUNT, MIN and MAX over all rows of a version from what is kept about it: a version never changes, so that this
 * reads no file at all. Only where the bounds that are kept are values that are there: those of strings may be cut off, and
 * those of floating-point numbers pass over NaN.
 */
final class StoredAnswers {
    private StoredAnswers() {}

    static RelNode apply(RelNode rel) {
        List<RelNode> inputs =
                rel.getInputs().stream().map(StoredAnswers::apply).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        RelNode answer = copy instanceof LogicalAggregate aggregate ? answer(aggregate) : null;
        return answer == null ? copy : answer;
    }

    private static @Nullable RelNode answer(LogicalAggregate aggregate) {
        RelNode input = aggregate.getInput();
        TableScan scan = ScanPushdown.scanBelow(input instanceof Project project ? project.getInput() : input);
        BatchTable table = scan == null ? null : scan.getTable().unwrap(BatchTable.class);
        boolean whole =
                aggregate.getGroupSet().isEmpty() && aggregate.getGroupSets().size() == 1;
        if (scan == null || table == null || !whole || table.version().isEmpty() || table.rowCount() < 0) {
            return null;
        }
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        List<RexNode> values = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RexNode value = value(call, input, table, rexBuilder);
            if (value == null) {
                return null;
            }
            values.add(rexBuilder.ensureType(call.getType(), value, true));
        }
        return values.isEmpty()
                ? null
                : LogicalProject.create(
                        LogicalValues.createOneRow(aggregate.getCluster()),
                        List.of(),
                        values,
                        aggregate.getRowType().getFieldNames(),
                        Set.of());
    }

    private static @Nullable RexNode value(AggregateCall call, RelNode input, BatchTable table, RexBuilder rexBuilder) {
        SqlKind kind = call.getAggregation().getKind();
        if (call.hasFilter() || kind != SqlKind.COUNT && kind != SqlKind.MIN && kind != SqlKind.MAX) {
            return null;
        }
        if (kind == SqlKind.COUNT && call.getArgList().isEmpty()) {
            return ConstantFolder.literal(rexBuilder, table.rowCount(), call.getType());
        }
        if (table.rowCount() == 0) {
            return kind == SqlKind.COUNT
                    ? ConstantFolder.literal(rexBuilder, 0L, call.getType())
                    : rexBuilder.makeNullLiteral(call.getType());
        }
        ColumnStatistics known =
                call.getArgList().size() == 1 ? known(call.getArgList().get(0), input, table) : null;
        if (known == null || known.nullCount() < 0) {
            return null;
        }
        if (kind == SqlKind.COUNT) {
            return call.isDistinct()
                    ? null
                    : ConstantFolder.literal(rexBuilder, table.rowCount() - known.nullCount(), call.getType());
        }
        if (known.nullCount() == table.rowCount()) {
            return rexBuilder.makeNullLiteral(call.getType());
        }
        Object bound = kind == SqlKind.MIN ? known.min() : known.max();
        return bound == null || !isExact(call.getType())
                ? null
                : ConstantFolder.literal(rexBuilder, bound, call.getType());
    }

    private static @Nullable ColumnStatistics known(int column, RelNode input, BatchTable table) {
        if (!(input instanceof Project project)) {
            return table.statistics(table.schema().field(column).name()).orElse(null);
        }
        return project.getProjects().get(column) instanceof RexInputRef reference
                ? known(reference.getIndex(), project.getInput(), table)
                : null;
    }

    private static boolean isExact(RelDataType type) {
        return switch (TypeMapping.toDataType(type).kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE -> true;
            case REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> false;
        };
    }
}
