// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.udf.TableFunction;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * What must change in a parsed query before the validator sees it.
 *
 * <ul>
 *   <li>{@code x FOR SYSTEM_TIME AS OF …} becomes a versioned name, so that the row type is that of the version
 *       and not of the newest one;
 *   <li>calls, as {@link CallSyntax} says, and PARAM, as {@link ParamSyntax} says;
 *   <li>arguments of table functions become positional, with NULL for what is not given, because Calcite cannot tell names
 *       and positions apart when a call has both;
 *   <li>columns that USING merges are told by a table's name, as {@link UsingColumns} says;
 *   <li>short forms of clauses and times are replaced, as {@link QueryShorthands} and {@link TimeSyntax} say.
 * </ul>
 */
final class SyntaxRewriter extends SqlShuttle {
    private final StatementCatalog catalog;
    private final SqlOperatorTable operators;
    private final QueryShorthands shorthands;
    private final SnapshotTime times;
    private final UnionByName unions;

    /** Names of windows with EXCLUDE, of the whole statement: one too many costs nothing. */
    private final Set<String> excluding = new HashSet<>();

    private SyntaxRewriter(StatementCatalog catalog, SqlOperatorTable operators, SnapshotTime times) {
        this.catalog = catalog;
        this.operators = operators;
        this.times = times;
        this.unions = new UnionByName(query ->
                catalog.columns(query.toString(), () -> QueryPlanner.columns(query, catalog, operators, times)));
        this.shorthands =
                new QueryShorthands(operators, query -> unions.columns(query).size());
    }

    /**
     * @param catalog knows the table functions that may be called
     * @param operators all other functions
     * @param times computes times that are no literals
     */
    static SqlNode rewrite(SqlNode query, StatementCatalog catalog, SqlOperatorTable operators, SnapshotTime times) {
        return Objects.requireNonNull(query.accept(new SyntaxRewriter(catalog, operators, times)));
    }

    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral time) {
            return TimeSyntax.rewrite(time);
        }
        return literal instanceof SqlIntervalLiteral interval ? TimeSyntax.rewrite(interval) : literal;
    }

    @Override
    public @Nullable SqlNode visit(SqlIntervalQualifier unit) {
        return TimeSyntax.rewrite(unit);
    }

    @Override
    public @Nullable SqlNode visit(SqlDataTypeSpec type) {
        TypeLimits.check(type);
        return type;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call instanceof SqlWith with) {
            WithNames.check(with);
            unions.enter();
            SqlNode visited = super.visit(call);
            unions.leave();
            return visited;
        }
        if (call instanceof SqlWithItem item) {
            SqlWithItem written = UnionByName.copy(item);
            SqlNode visited = super.visit(call);
            unions.see(written);
            return visited;
        }
        if (UnionByName.matches(call)) {
            return visit(unions.byPosition(call));
        }
        if (call instanceof SqlSnapshot snapshot) {
            return pin(snapshot);
        }
        if (ParamSyntax.matches(call)) {
            return ParamSyntax.value(call, catalog).accept(this);
        }
        if (call instanceof SqlSelect select) {
            collectExcluding(select);
        }
        if (call instanceof SqlOrderBy ordered) {
            refuseParameters(ordered);
        }
        // The query's own order tells which rows DISTINCT ON keeps.
        SqlNode visited = super.visit(call instanceof SqlOrderBy ordered ? shorthands.expand(limited(ordered)) : call);
        if (visited instanceof SqlSelect select) {
            SampleSyntax.rewrite(select, this::named);
        }
        if (visited instanceof SqlSelect select && select.getFrom() != null) {
            select.setFrom(named(select.getFrom()));
        }
        if (visited instanceof SqlSelect select) {
            SemiJoinSyntax.rewrite(select);
            UnnestedColumns.rewrite(select);
            UsingColumns.rewrite(select);
            shorthands.expand(select);
            QueryShorthands.distinctOn(select, SqlNodeList.EMPTY);
        }
        if (visited instanceof SqlOrderBy ordered) {
            UsingColumns.rewrite(ordered);
        }
        if (visited instanceof SqlJoin join) {
            join.setLeft(SemiJoinSyntax.asTable(named(join.getLeft())));
            join.setRight(SemiJoinSyntax.asTable(named(join.getRight())));
        }
        if (visited instanceof SqlCall sampled && SampleSyntax.matches(sampled)) {
            return SampleSyntax.table(sampled, named(sampled.operand(0)));
        }
        if (visited instanceof SqlCall escaped && escaped.getOperator() instanceof SqlJdbcFunctionCall) {
            return JdbcEscapes.rewrite(escaped);
        }
        if (visited instanceof SqlBasicCall unresolved && unresolved.getOperator() instanceof SqlUnresolvedFunction) {
            Optional<TableFunction> table = function(unresolved.getOperator());
            if (table.isPresent()) {
                return TableArguments.positional(unresolved, table.get());
            }
        }
        if (visited instanceof SqlCall unnest && unnest.getKind() == SqlKind.UNNEST && unnest.operandCount() > 1) {
            // In step: the shorter ones are filled up with NULL, which their elements' types need not allow.
            for (int i = 0; i < unnest.operandCount(); i++) {
                SqlNode list = unnest.operand(i);
                unnest.setOperand(i, NestedOperators.PADDED.createCall(list.getParserPosition(), list));
            }
        }
        if (visited instanceof SqlCall empty
                && empty.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                && empty.operandCount() == 0) {
            return NestedOperators.EMPTY_ARRAY.createCall(empty.getParserPosition());
        }
        SqlNode timed = visited instanceof SqlCall other ? TimeSyntax.rewrite(other) : visited;
        return timed instanceof SqlCall other ? CallSyntax.rewrite(other, excluding) : timed;
    }

    private Optional<TableFunction> function(SqlOperator operator) {
        SqlIdentifier name = operator instanceof SqlFunction function ? function.getSqlIdentifier() : null;
        return name == null ? Optional.empty() : catalog.tableFunction(name.names);
    }

    private SqlOrderBy limited(SqlOrderBy ordered) {
        return new SqlOrderBy(
                ordered.getParserPosition(),
                ordered.query,
                ordered.orderList,
                LimitSyntax.rewrite(ordered.offset, catalog, operators),
                LimitSyntax.rewrite(ordered.fetch, catalog, operators));
    }

    private void collectExcluding(SqlSelect select) {
        for (SqlNode node : select.getWindowList()) {
            if (node instanceof SqlWindow window && window.getDeclName() != null && CallSyntax.excludes(window)) {
                excluding.add(window.getDeclName().getSimple().toUpperCase(Locale.ROOT));
            }
        }
    }

    /** {@code x FOR VERSION AS OF …} without an alias is still called x; {@code "x@1"} is called what it says. */
    private SqlNode named(SqlNode item) {
        SqlNode table = DiffSyntax.rewrite(SeriesSyntax.rewrite(item), catalog);
        if (table instanceof SqlIdentifier name) {
            int last = name.names.size() - 1;
            int at = name.names.get(last).indexOf('@');
            if (at > 0 && isClause(name.getComponentParserPosition(last), name.names.get(last))) {
                return SqlStdOperatorTable.AS.createCall(
                        name.getParserPosition(),
                        name,
                        new SqlIdentifier(name.names.get(last).substring(0, at), name.getParserPosition()));
            }
        }
        return table;
    }

    /** Whether the version stood in a clause behind the name, and not inside the quotes of the name itself. */
    private static boolean isClause(SqlParserPos position, String name) {
        return position.getEndLineNum() > position.getLineNum()
                || position.getEndColumnNum() - position.getColumnNum() + 1 > name.length() + 2
                || !position.isQuoted();
    }

    private SqlNode pin(SqlSnapshot snapshot) {
        if (!(snapshot.getTableRef() instanceof SqlIdentifier name)) {
            throw error("Cannot read as of a time: only a dataset has versions", snapshot);
        }
        int last = name.names.size() - 1;
        return name.setName(last, name.names.get(last) + StatementCatalog.AS_OF + timestamp(snapshot.getPeriod()));
    }

    private String timestamp(SqlNode period) {
        SqlNode visited = period instanceof SqlLiteral ? Objects.requireNonNull(period.accept(this)) : period;
        if (visited instanceof SqlUnknownLiteral unknown) {
            visited = unknown.resolve(SqlTypeName.TIMESTAMP);
        }
        if (visited instanceof SqlTimestampLiteral literal) {
            return Objects.requireNonNull(((SqlLiteral) literal).getValueAs(TimestampString.class))
                    .toString();
        }
        return times.of(period).toString().replace('T', ' ');
    }

    /** A parameter is a value and not the number of a column, which is what people who write this mean. */
    private static void refuseParameters(SqlOrderBy ordered) {
        for (SqlNode key : ordered.orderList) {
            if (key instanceof SqlDynamicParam) {
                throw error("Cannot order the rows: a parameter is not a column", key);
            }
        }
    }

    private static DatasetDbException error(String sentence, SqlNode node) {
        return new DatasetDbException(SqlError.INVALID_STATEMENT, sentence + at(node));
    }

    private static String at(SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")";
    }
}
