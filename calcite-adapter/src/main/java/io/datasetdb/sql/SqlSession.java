// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.parse.SqlCopy;
import io.datasetdb.sql.parse.SqlCreateDataset;
import io.datasetdb.sql.parse.SqlCreateVectorIndex;
import io.datasetdb.sql.parse.SqlDescribe;
import io.datasetdb.sql.parse.SqlExplainStatement;
import io.datasetdb.sql.parse.SqlRefreshDataset;
import io.datasetdb.sql.parse.SqlReproduceDataset;
import io.datasetdb.sql.parse.SqlSetParam;
import io.datasetdb.sql.parse.SqlSetting;
import io.datasetdb.sql.parse.SqlShow;
import io.datasetdb.sql.parse.SqlShowSettings;
import io.datasetdb.sql.parse.SqlUse;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.statement.Changes;
import io.datasetdb.sql.statement.Command;
import io.datasetdb.sql.statement.Commands;
import io.datasetdb.sql.statement.CopyStatement;
import io.datasetdb.sql.statement.CreateDatasetStatement;
import io.datasetdb.sql.statement.CreateTemporaryStatement;
import io.datasetdb.sql.statement.CreateVectorIndexStatement;
import io.datasetdb.sql.statement.DescribeStatement;
import io.datasetdb.sql.statement.ExplainRefresh;
import io.datasetdb.sql.statement.ExplainStatement;
import io.datasetdb.sql.statement.FunctionStatements;
import io.datasetdb.sql.statement.ParamStatements;
import io.datasetdb.sql.statement.PlanCache;
import io.datasetdb.sql.statement.QueryPlans;
import io.datasetdb.sql.statement.QueryStatement;
import io.datasetdb.sql.statement.RecordedStatement;
import io.datasetdb.sql.statement.RefreshStatement;
import io.datasetdb.sql.statement.RegistryMetadata;
import io.datasetdb.sql.statement.RegistryQueries;
import io.datasetdb.sql.statement.ReproduceStatement;
import io.datasetdb.sql.statement.RunningQueries;
import io.datasetdb.sql.statement.SessionState;
import io.datasetdb.sql.statement.SetMetricStatement;
import io.datasetdb.sql.statement.SettingStatements;
import io.datasetdb.sql.statement.ShowSettings;
import io.datasetdb.sql.statement.ShowStatement;
import io.datasetdb.sql.statement.StatementContext;
import io.datasetdb.sql.statement.UserFunctions;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Turns text into prepared statements: the one place that knows which class runs which node. */
final class SqlSession implements Session {
    private final Registry registry;
    private final DatasetStore store;
    private final UserFunctions functions;
    private final PlanCache planCache;
    private final Scheduler scheduler;
    private final MemoryBudget memory;
    private final boolean recordsQueries;
    private final Consumer<SqlSession> onClose;
    private final RunningQueries running;
    private final SessionState state;
    private volatile SessionOptions options;

    SqlSession(
            Registry registry,
            DatasetStore store,
            UserFunctions functions,
            SessionOptions options,
            PlanCache planCache,
            Scheduler scheduler,
            MemoryBudget memory,
            RunningQueries running,
            SessionState state,
            boolean recordsQueries,
            Consumer<SqlSession> onClose) {
        this.registry = registry;
        this.store = store;
        this.functions = functions;
        this.options = options;
        this.planCache = planCache;
        this.scheduler = scheduler;
        this.memory = memory;
        this.running = running;
        this.state = state;
        this.recordsQueries = recordsQueries;
        this.onClose = onClose;
    }

    @Override
    public PreparedStatement prepare(String sql) {
        return prepare(sql, context(false));
    }

    @Override
    public PreparedStatement prepareOnce(String sql) {
        return prepare(sql, context(true));
    }

    @Override
    public PreparedStatement prepareOnce(String sql, ProgramFunctions program) {
        return program.isEmpty() ? prepareOnce(sql) : prepare(sql, context(program, recordsQueries));
    }

    @Override
    public Schema schemaOf(String query, ProgramFunctions program) {
        running.checkOpen();
        return query(context(program, false), StatementParser.parse(query), query)
                .schema();
    }

    private PreparedStatement prepare(String sql, StatementContext context) {
        running.checkOpen();
        return RecordedStatement.of(context, sql, () -> statement(context, sql));
    }

    private PreparedStatement statement(StatementContext context, String sql) {
        SqlNode node = StatementParser.parse(sql);
        return isQuery(node) ? query(context, node, sql) : change(context.exact(), node, sql);
    }

    private PreparedStatement change(StatementContext context, SqlNode node, String sql) {
        if (node instanceof SqlCreateDataset create) {
            return create.temporary()
                    ? new CreateTemporaryStatement(context, create, sql)
                    : CreateDatasetStatement.prepare(context, create, sql);
        }
        if (node instanceof SqlCall call && node.getKind() == SqlKind.PROCEDURE_CALL) {
            return SetMetricStatement.prepare(context, call, sql);
        }
        if (node instanceof SqlCopy copy) {
            return new CopyStatement(context, copy, sql);
        }
        if (Changes.include(node)) {
            return Changes.prepare(context, node, sql);
        }
        if (node instanceof SqlRefreshDataset refresh) {
            return new RefreshStatement(context, refresh, sql);
        }
        if (node instanceof SqlCreateVectorIndex create) {
            return new CreateVectorIndexStatement(context, create, sql);
        }
        if (node instanceof SqlUse use) {
            return use(use, sql);
        }
        if (node instanceof SqlSetParam param) {
            return ParamStatements.of(param, sql, context);
        }
        if (node instanceof SqlSetting setting) {
            return set(setting, sql);
        }
        Optional<Command> command =
                new Commands(context).of(node, sql).or(() -> new FunctionStatements(context, functions).of(node, sql));
        return command.orElseThrow(() -> unsupported(node));
    }

    private StatementContext context(boolean runsAtOnce) {
        return new StatementContext(
                registry,
                store,
                functions.current(),
                options,
                () -> options.settings(),
                planCache,
                scheduler,
                memory,
                state,
                running,
                recordsQueries,
                runsAtOnce);
    }

    /** For one statement that knows functions of the program: its plan is of no use to others and kept from them. */
    private StatementContext context(ProgramFunctions program, boolean records) {
        return new StatementContext(
                registry,
                store,
                functions.current().with(program),
                options,
                () -> options.settings(),
                new PlanCache(),
                scheduler,
                memory,
                state,
                running,
                records,
                true);
    }

    private static boolean isQuery(SqlNode node) {
        return node.isA(SqlKind.QUERY)
                || node instanceof SqlExplainStatement
                || node instanceof SqlShow
                || node instanceof SqlShowSettings
                || node instanceof SqlDescribe
                || node instanceof SqlReproduceDataset;
    }

    private static PreparedStatement query(StatementContext context, SqlNode node, String sql) {
        if (node instanceof SqlExplainStatement explain) {
            return explain(context, explain, sql);
        }
        if (node instanceof SqlShow show && !RegistryQueries.answers(show)) {
            return new ShowStatement(sql, show, context);
        }
        if (node instanceof SqlShow) {
            RegistryQueries queries = new RegistryQueries(context);
            return query(context, sql, () -> queries.of((SqlShow) StatementParser.parse(sql)));
        }
        if (node instanceof SqlShowSettings settings) {
            return new ShowSettings(sql, settings, context);
        }
        if (node instanceof SqlReproduceDataset reproduce) {
            return new ReproduceStatement(context.exact(), reproduce, sql);
        }
        if (node instanceof SqlDescribe describe) {
            return describe(context, describe, sql);
        }
        return new QueryStatement(sql, new QueryPlans(context, sql, () -> StatementParser.parse(sql)), context);
    }

    private static QueryStatement query(StatementContext context, String sql, Supplier<SqlNode> parse) {
        return new QueryStatement(sql, new QueryPlans(context, null, parse), context);
    }

    private static PreparedStatement explain(StatementContext context, SqlExplainStatement explain, String sql) {
        SqlNode statement = explain.statement();
        boolean isChange = Changes.include(statement);
        boolean deposits = isChange || statement instanceof SqlCreateDataset || statement instanceof SqlRefreshDataset;
        if (deposits && explain.analyze()) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot explain the statement: ANALYZE would run it, give it the query alone");
        }
        if (isChange) {
            return new ExplainStatement(sql, Changes.plans(context.exact(), statement, sql), false, context);
        }
        if (statement instanceof SqlRefreshDataset refresh) {
            return new ExplainRefresh(context.exact(), refresh, sql);
        }
        if (!statement.isA(SqlKind.QUERY) && !(statement instanceof SqlCreateDataset)) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot explain the statement: only queries and statements that hold one have a plan ("
                            + name(statement) + ")");
        }
        QueryPlans plans = new QueryPlans(deposits ? context.exact() : context, sql, () -> {
            SqlNode inner = ((SqlExplainStatement) StatementParser.parse(sql)).statement();
            return inner instanceof SqlCreateDataset create ? create.query() : inner;
        });
        return new ExplainStatement(sql, plans, explain.analyze(), context);
    }

    private static PreparedStatement describe(StatementContext context, SqlDescribe describe, String sql) {
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
        return Command.ofSession(sql, running, () -> {
            use(namespace, project);
            return "Using " + options.namespace() + "." + options.project();
        });
    }

    private Command set(SqlSetting node, String sql) {
        UnaryOperator<Settings> change = SettingStatements.change(node);
        return Command.ofSession(sql, running, () -> {
            change(old -> old.withSettings(change.apply(old.settings())));
            return SettingStatements.says(node, options.settings());
        });
    }

    private synchronized void change(UnaryOperator<SessionOptions> change) {
        options = change.apply(options);
    }

    private static DatasetDbException unsupported(SqlNode node) {
        return new DatasetDbException(
                SqlError.UNSUPPORTED, "Cannot run the statement: it is not supported yet (" + name(node) + ")");
    }

    private static String name(SqlNode node) {
        return node instanceof SqlCall call
                ? call.getOperator().getName()
                : node.getKind().name();
    }

    @Override
    public SessionOptions options() {
        return options;
    }

    @Override
    public void use(String namespace, String project) {
        List<SessionMetadata.Project> all = metadata().projects(null, null);
        SessionMetadata.Project found = all.stream()
                .filter(known -> known.namespace().equalsIgnoreCase(namespace)
                        && known.project().equalsIgnoreCase(project))
                .findFirst()
                .orElseThrow(() -> undefined(all, namespace, project));
        change(old -> old.withProject(found.namespace(), found.project()));
    }

    private DatasetDbException undefined(List<SessionMetadata.Project> all, String namespace, String project) {
        boolean isNamespace = registry.namespaces().stream().anyMatch(namespace::equalsIgnoreCase);
        Optional<String> nearest = isNamespace
                ? NearestName.of(
                        project,
                        all.stream()
                                .filter(known -> known.namespace().equalsIgnoreCase(namespace))
                                .map(SessionMetadata.Project::project)
                                .toList())
                : NearestName.of(namespace, registry.namespaces());
        return new DatasetDbException(
                SqlError.UNDEFINED_PROJECT,
                "Cannot use project " + namespace + "." + project + ": there is no such "
                        + (isNamespace ? "project" : "namespace")
                        + nearest.map(known -> ", did you mean " + known + "?").orElse(""));
    }

    @Override
    public SessionMetadata metadata() {
        return new RegistryMetadata(context(false));
    }

    @Override
    public void close() {
        running.close();
        state.close();
        onClose.accept(this);
    }
}
