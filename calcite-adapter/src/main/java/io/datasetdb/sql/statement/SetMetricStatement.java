// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL registry.set_metric('dataset' | 'dataset@version', 'metric', value)}: records a measurement of a version. The
 * arguments are any scalar expressions, queries too; they are the columns of a query of one row.
 */
public final class SetMetricStatement implements PreparedStatement {
    private static final String NAME = "registry.set_metric";

    private final String sql;
    private final QueryPlans plans;
    private final StatementContext context;

    private SetMetricStatement(String sql, QueryPlans plans, StatementContext context) {
        this.sql = sql;
        this.plans = plans;
        this.context = context;
    }

    /** The statement of a CALL; fails if there is no such procedure. */
    public static SetMetricStatement prepare(StatementContext context, SqlCall call, String sql) {
        SqlCall procedure = call.operand(0);
        SqlIdentifier name = ((SqlFunction) procedure.getOperator()).getSqlIdentifier();
        String called = name == null ? procedure.getOperator().getName() : name.toString();
        if (!called.equalsIgnoreCase(NAME)) {
            throw new DatasetDbException(
                    SqlError.UNDEFINED_FUNCTION,
                    "Cannot call " + called + ": there is no such procedure; there is " + NAME + place(procedure));
        }
        boolean named =
                procedure.getOperandList().stream().anyMatch(node -> node.getKind() == SqlKind.ARGUMENT_ASSIGNMENT);
        if (procedure.operandCount() != 3 || named) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot call " + NAME + ": it takes a dataset, the metric's name and its value, in this order"
                            + place(procedure));
        }
        QueryPlans plans = new QueryPlans(context, sql, () -> query(StatementParser.parse(sql)));
        return new SetMetricStatement(sql, plans, context);
    }

    private static String place(SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")";
    }

    private static SqlNode query(SqlNode call) {
        SqlCall procedure = ((SqlCall) call).operand(0);
        SqlParserPos position = procedure.getParserPosition();
        SqlNodeList columns = new SqlNodeList(position);
        columns.add(Metric.cast(procedure.operand(0), SqlTypeName.VARCHAR));
        columns.add(Metric.cast(procedure.operand(1), SqlTypeName.VARCHAR));
        columns.add(Metric.cast(procedure.operand(2), SqlTypeName.DOUBLE));
        return new SqlSelect(position, null, columns, null, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public Schema schema() {
        return RowResult.SAYS;
    }

    @Override
    public List<Field> parameters() {
        return plans.latest().parameters();
    }

    @Override
    public List<String> inputs() {
        return ProvenanceCollector.inputs(plans.latest());
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        List<Object> row = evaluate(arguments, timeoutNanos, cancellation);
        Metric metric = Metric.of((String) row.get(1), row.get(2));
        SessionOptions options = context.options();
        DatasetVersion version = version((String) row.get(0));
        context.registry().recordMetric(version, metric.name(), metric.value(), options.author());
        return RowResult.says("Recorded " + metric.name() + " = " + metric.value() + " of " + version.ref());
    }

    private List<Object> evaluate(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        List<String> names = List.of("the dataset", "the metric", "the value");
        List<Object> row = new ArrayList<>();
        try (RunningQuery query =
                RunningQuery.start(plans.current(arguments), arguments, context, timeoutNanos, cancellation)) {
            for (Batch batch = query.next(); batch != null; batch = query.next()) {
                for (int i = 0; i < names.size() && batch.size() > 0; i++) {
                    Object value =
                            batch.columns().get(i).getObject(batch.selection().position(0));
                    if (value == null) {
                        throw Metric.refused(names.get(i) + " must not be NULL", "NULL");
                    }
                    row.add(value);
                }
            }
        }
        return row;
    }

    private DatasetVersion version(String text) {
        int at = text.lastIndexOf('@');
        SessionOptions options = context.options();
        DatasetName name =
                DatasetName.parse(at < 0 ? text : text.substring(0, at), options.namespace(), options.project());
        VersionSelector selector = at < 0 ? VersionSelector.LATEST : VersionSelector.parse(text.substring(at + 1));
        return context.registry().resolve(name, selector);
    }
}
