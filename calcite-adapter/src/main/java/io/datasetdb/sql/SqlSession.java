// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.parse.SqlCreateDataset;
import io.datasetdb.sql.parse.SqlDescribe;
import io.datasetdb.sql.parse.SqlExplainStatement;
import io.datasetdb.sql.parse.SqlShow;
import io.datasetdb.sql.parse.SqlUse;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.statement.Command;
import io.datasetdb.sql.statement.Commands;
import io.datasetdb.sql.statement.Deposit;
import io.datasetdb.sql.statement.DescribeStatement;
import io.datasetdb.sql.statement.ExplainStatement;
import io.datasetdb.sql.statement.PlanCache;
import io.datasetdb.sql.statement.QueryPlans;
import io.datasetdb.sql.statement.QueryStatement;
import io.datasetdb.sql.statement.RegistryMetadata;
import io.datasetdb.sql.statement.RegistryQueries;
import io.datasetdb.sql.statement.RunningQueries;
import io.datasetdb.sql.statement.StatementContext;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.FunctionLibrary;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Turns text into prepared statements: the one place that knows which class runs which node. */
final class SqlSession implements Session {
    private final Registry registry;
    private final DatasetStore store;
    private final FunctionLibrary functions;
    private final PlanCache planCache;
    private final Scheduler scheduler;
    private final Consumer<SqlSession> onClose;
    private final RunningQueries running = new RunningQueries();
    private volatile SessionOptions options;

    SqlSession(
            Registry registry,
            DatasetStore store,
            FunctionLibrary functions,
            SessionOptions options,
            PlanCache planCache,
            Scheduler scheduler,
            Consumer<SqlSession> onClose) {
        this.registry = registry;
        this.store = store;
        this.functions = functions;
        this.options = options;
        this.planCache = planCache;
        this.scheduler = scheduler;
        this.onClose = onClose;
    }

    @Override
    public PreparedStatement prepare(String sql) {
        running.checkOpen();
        SqlNode node = StatementParser.parse(sql);
        StatementContext context = context();
        if (node.isA(SqlKind.QUERY)) {
            return new QueryStatement(sql, new QueryPlans(context, sql, () -> StatementParser.parse(sql)), context);
        }
        if (node instanceof SqlCreateDataset create) {
            return deposit(context, create, sql);
        }
        if (node instanceof SqlExplainStatement explain) {
            return explain(context, explain, sql);
        }
        if (node instanceof SqlShow) {
            RegistryQueries queries = new RegistryQueries(context);
            return query(context, sql, () -> queries.of((SqlShow) StatementParser.parse(sql)));
        }
        if (node instanceof SqlDescribe describe) {
            return describe(context, describe, sql);
        }
        if (node instanceof SqlUse use) {
            return use(use, sql);
        }
        Optional<Command> command = new Commands(context).of(node, sql);
        return command.orElseThrow(() -> unsupported(node));
    }

    private StatementContext context() {
        return new StatementContext(registry, store, functions, options, planCache, scheduler, running);
    }

    private QueryStatement query(StatementContext context, String sql, Supplier<SqlNode> parse) {
        return new QueryStatement(sql, new QueryPlans(context, null, parse), context);
    }

    private static Deposit deposit(StatementContext context, SqlCreateDataset create, String sql) {
        return new Deposit(
                context,
                create,
                sql,
                new QueryPlans(context, sql, () -> ((SqlCreateDataset) StatementParser.parse(sql)).query()));
    }

    private PreparedStatement explain(StatementContext context, SqlExplainStatement explain, String sql) {
        SqlNode statement = explain.statement();
        if (statement instanceof SqlCreateDataset && explain.analyze()) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot explain the statement: ANALYZE would run it, give it the query alone");
        }
        if (!statement.isA(SqlKind.QUERY) && !(statement instanceof SqlCreateDataset)) {
            throw unsupported(statement);
        }
        QueryPlans plans = new QueryPlans(context, sql, () -> {
            SqlNode inner = ((SqlExplainStatement) StatementParser.parse(sql)).statement();
            return inner instanceof SqlCreateDataset create ? create.query() : inner;
        });
        return new ExplainStatement(sql, plans, explain.analyze(), context);
    }

    private PreparedStatement describe(StatementContext context, SqlDescribe describe, String sql) {
        if (describe.target() instanceof SqlIdentifier) {
            RegistryQueries queries = new RegistryQueries(context);
            return query(context, sql, () -> queries.of((SqlDescribe) StatementParser.parse(sql)));
        }
        return new DescribeStatement(
                sql, new QueryPlans(context, sql, () -> ((SqlDescribe) StatementParser.parse(sql)).target()));
    }

    private Command use(SqlUse use, String sql) {
        List<String> names = use.name().names;
        if (names.size() > 2) {
            throw new DatasetDbException(
                    SqlError.INVALID_STATEMENT, "Cannot use " + use.name() + ": a project has at most two names");
        }
        String namespace = names.size() == 1 ? options.namespace() : names.get(0);
        String project = names.get(names.size() - 1);
        return new Command(sql, () -> {
            use(namespace, project);
            return "Using " + options.namespace() + "." + options.project();
        });
    }

    private static DatasetDbException unsupported(SqlNode node) {
        String kind = node instanceof org.apache.calcite.sql.SqlCall call
                ? call.getOperator().getName()
                : node.getKind().name();
        return new DatasetDbException(
                SqlError.UNSUPPORTED, "Cannot run the statement: it is not supported yet (" + kind + ")");
    }

    @Override
    public SessionOptions options() {
        return options;
    }

    @Override
    public void use(String namespace, String project) {
        options = registry.projects().stream()
                .filter(known -> known.namespace().equalsIgnoreCase(namespace)
                        && known.name().equalsIgnoreCase(project))
                .findFirst()
                .map(known -> options.withProject(known.namespace(), known.name()))
                .orElseThrow(() -> new DatasetDbException(
                        SqlError.UNDEFINED_PROJECT,
                        "Cannot use project " + namespace + "." + project + ": there is no such project"));
    }

    @Override
    public SessionMetadata metadata() {
        return new RegistryMetadata(context());
    }

    @Override
    public void close() {
        running.close();
        onClose.accept(this);
    }
}
