// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.copy.CopiedRows;
import io.datasetdb.sql.copy.CopyOptions;
import io.datasetdb.sql.copy.CopyTarget;
import io.datasetdb.sql.parse.SqlCopy;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** COPY … TO: runs a query and writes its rows for others, all of them or none. */
public final class CopyStatement implements PreparedStatement {
    private static final Schema RESULT = Schema.of(
            Field.required("uri", DataType.VARCHAR),
            Field.required("rows", DataType.BIGINT),
            Field.required("bytes", DataType.BIGINT),
            Field.required("files", DataType.BIGINT),
            Field.required("milliseconds", DataType.BIGINT));

    private final String sql;
    private final CopyOptions options;
    private final CopyTarget target;
    private final QueryPlans plans;
    private final StatementContext context;

    /** Plans the query of the statement. */
    public CopyStatement(StatementContext context, SqlCopy node, String sql) {
        this.sql = sql;
        this.context = context;
        this.options = CopyClauses.of(node);
        this.target = CopyTarget.of(context.store(), node.uri());
        this.plans = new QueryPlans(context, sql, () -> query((SqlCopy) StatementParser.parse(sql), options));
        check(plans.latest().schema());
    }

    /** The query, sorted by the partitions if there are any, so that one file is written at a time. */
    private static SqlNode query(SqlCopy node, CopyOptions options) {
        SqlNode source = node.source();
        SqlParserPos position = source.getParserPosition();
        if (options.partitions().isEmpty()) {
            return source instanceof SqlIdentifier ? all(source, position) : source;
        }
        SqlNode table = source instanceof SqlIdentifier
                ? source
                : SqlStdOperatorTable.AS.createCall(position, source, new SqlIdentifier("copied", position));
        SqlNodeList keys = new SqlNodeList(position);
        options.partitions().forEach(name -> keys.add(new SqlIdentifier(name, position)));
        return new SqlOrderBy(position, all(table, position), keys, null, null);
    }

    private static SqlSelect all(SqlNode table, SqlParserPos position) {
        // At no place: an error at the place of the name is one of the name.
        SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(SqlParserPos.ZERO));
        return new SqlSelect(position, null, star, table, null, null, null, null, null, null, null, null, null);
    }

    private Schema check(Schema schema) {
        Set<String> names = new HashSet<>();
        for (Field field : schema.fields()) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new DatasetDbException(
                        SqlError.DUPLICATE_COLUMN,
                        "Cannot copy: two columns have the same name (" + field.name() + ")");
            }
            if (options.format() == CopyOptions.Format.PARQUET && !StoredColumns.isStored(field.type())) {
                throw new DatasetDbException(
                        SqlError.INVALID_DEFINITION,
                        "Cannot copy: column " + field.name() + " has a type that is not stored, cast it ("
                                + field.type() + ")");
            }
        }
        List<String> partitions = options.partitions();
        for (String partition : partitions) {
            checkPartition(schema, partition);
        }
        if (new HashSet<>(partitions).size() != partitions.size() || partitions.size() == schema.size()) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot copy: the partitions must be different columns and leave one for the files ("
                            + String.join(", ", partitions) + ")");
        }
        return schema;
    }

    private static void checkPartition(Schema schema, String partition) {
        int ordinal = schema.indexOf(partition);
        if (ordinal < 0) {
            List<String> known = schema.fields().stream().map(Field::name).toList();
            throw new DatasetDbException(
                    SqlError.UNDEFINED_COLUMN,
                    "Cannot copy: there is no column to partition by"
                            + NearestName.of(partition, known)
                                    .map(nearest -> ", did you mean " + nearest + "?")
                                    .orElse("")
                            + " (" + partition + ")");
        }
        DataType type = schema.field(ordinal).type();
        if (type.kind().isNested()) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot copy: values of this type cannot name folders (" + partition + " " + type + ")");
        }
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
        return RESULT;
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
        Instant startedAt = Instant.now();
        PlannedQuery plan = plans.current(arguments);
        Schema schema = check(plan.schema());
        long rows = 0;
        try (RunningQuery query = RunningQuery.start(plan, arguments, context, timeoutNanos, cancellation);
                CopiedRows copied = CopiedRows.begin(target, schema, options)) {
            for (Batch batch = query.next(); batch != null; batch = query.next()) {
                copied.write(batch);
                rows += batch.size();
            }
            cancellation.check();
            long bytes = copied.finish();
            long millis = Duration.between(startedAt, Instant.now()).toMillis();
            return new RowResult(
                    RESULT, List.of(List.of(target.uri(), rows, bytes, (long) copied.fileCount(), millis)), rows);
        }
    }
}
