// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Selection;
import java.time.Instant;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** An expression of constants and parameters whose value the plan of the statement around it depends on. */
final class ConstantValue {
    private static final Batch ONE_ROW = Batch.of(List.of(), 1);

    private final PlannedQuery plan;
    private final @Nullable RexNode value;

    private ConstantValue(PlannedQuery plan) {
        this.plan = plan;
        this.value = value(plan.algebra());
    }

    /** Plans an expression cast to a type. */
    static ConstantValue of(
            SqlNode expression, SqlTypeName type, StatementCatalog catalog, SqlOperatorTable functions) {
        SqlParserPos position = expression.getParserPosition();
        SqlDataTypeSpec target = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position);
        SqlNode cast = SqlStdOperatorTable.CAST.createCall(position, expression, target);
        SqlNode row =
                SqlStdOperatorTable.VALUES.createCall(position, SqlStdOperatorTable.ROW.createCall(position, cast));
        return new ConstantValue(new QueryPlanner(catalog, functions, Settings.ofMachine()).plan(row));
    }

    /** The plan, which knows the types of the parameters. */
    PlannedQuery plan() {
        return plan;
    }

    /** Whether it is an expression of constants and parameters at all, and not a query, say. */
    boolean isConstant() {
        return value != null;
    }

    /** The value, for an expression that is constant. */
    @Nullable
    Object evaluate(List<@Nullable Object> arguments, Instant now) {
        ExpressionCompiler compiler =
                new ExpressionCompiler(plan.algebra().getCluster().getRexBuilder(), (row, ordinal) -> {
                    throw new IllegalStateException("an outer column is not constant");
                });
        Bindings bindings = new Bindings(arguments, now, "", new Object[0]);
        return compiler.compile(java.util.Objects.requireNonNull(value))
                .evaluate(ONE_ROW, Selection.all(1), bindings)
                .getObject(0);
    }

    /** The only value of a relation of one row; {@code null} if it is any other. */
    private static @Nullable RexNode value(RelNode rel) {
        if (rel instanceof Values values && values.getTuples().size() == 1) {
            return values.getTuples().get(0).get(0);
        }
        boolean constant = rel instanceof Project project && value(project.getInput()) != null;
        return constant ? ((Project) rel).getProjects().get(0) : null;
    }
}
