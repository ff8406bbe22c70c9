// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.TableFunction;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
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
 *   <li>{@code x FOR SYSTEM_TIME AS OF TIMESTAMP '…'} becomes a versioned name, so that the row type is that of the version
 *       and not of the newest one;
 *   <li>calls, as {@link CallSyntax} says;
 *   <li>arguments of table functions become positional, with NULL for what is not given, because Calcite cannot tell names
 *       and positions apart when a call has both;
 *   <li>short forms of clauses and times are replaced, as {@link QueryShorthands} and {@link TimeSyntax} say.
 * </ul>
 */
final class SyntaxRewriter extends SqlShuttle {
    private final FunctionLibrary functions;
    private final QueryShorthands shorthands;

    private SyntaxRewriter(FunctionLibrary functions, SqlOperatorTable operators) {
        this.functions = functions;
        this.shorthands = new QueryShorthands(operators);
    }

    /**
     * @param functions the table functions that may be called
     * @param operators all other functions
     */
    static SqlNode rewrite(SqlNode query, FunctionLibrary functions, SqlOperatorTable operators) {
        return Objects.requireNonNull(query.accept(new SyntaxRewriter(functions, operators)));
    }

    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral time) {
            return TimeSyntax.rewrite(time);
        }
        return literal instanceof SqlIntervalLiteral interval ? TimeSyntax.rewrite(interval) : literal;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        // The query's own order tells which rows DISTINCT ON keeps.
        SqlNode visited = super.visit(call instanceof SqlOrderBy ordered ? shorthands.expand(ordered) : call);
        if (visited instanceof SqlSelect select) {
            shorthands.expand(select);
            QueryShorthands.distinctOn(select, SqlNodeList.EMPTY);
        }
        if (visited instanceof SqlSelect select && select.getFrom() != null) {
            select.setFrom(named(select.getFrom()));
        }
        if (visited instanceof SqlJoin join) {
            join.setLeft(named(join.getLeft()));
            join.setRight(named(join.getRight()));
        }
        if (visited instanceof SqlSnapshot snapshot) {
            return pin(snapshot);
        }
        if (visited instanceof SqlBasicCall unresolved && unresolved.getOperator() instanceof SqlUnresolvedFunction) {
            Optional<TableFunction> table =
                    functions.table(unresolved.getOperator().getName());
            if (table.isPresent()) {
                return TableArguments.positional(unresolved, table.get());
            }
        }
        if (visited instanceof SqlCall empty
                && empty.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                && empty.operandCount() == 0) {
            return NestedOperators.EMPTY_ARRAY.createCall(empty.getParserPosition());
        }
        SqlNode timed = visited instanceof SqlCall other ? TimeSyntax.rewrite(other) : visited;
        return timed instanceof SqlCall other ? CallSyntax.rewrite(other) : timed;
    }

    /** {@code x FOR VERSION AS OF …} without an alias is still called x; {@code "x@1"} is called what it says. */
    private static SqlNode named(SqlNode table) {
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

    private static SqlNode pin(SqlSnapshot snapshot) {
        if (!(snapshot.getTableRef() instanceof SqlIdentifier name)) {
            throw error("Cannot read as of a time: only a dataset has versions", snapshot);
        }
        int last = name.names.size() - 1;
        return name.setName(last, name.names.get(last) + StatementCatalog.AS_OF + timestamp(snapshot));
    }

    private static String timestamp(SqlSnapshot snapshot) {
        SqlNode period = snapshot.getPeriod();
        if (period instanceof SqlUnknownLiteral unknown) {
            period = unknown.resolve(SqlTypeName.TIMESTAMP);
        }
        if (period instanceof SqlTimestampLiteral literal) {
            return Objects.requireNonNull(((SqlLiteral) literal).getValueAs(TimestampString.class))
                    .toString();
        }
        throw error("Cannot read as of a time: AS OF takes a TIMESTAMP literal", snapshot);
    }

    private static DatasetDbException error(String sentence, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_STATEMENT,
                sentence + " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
    }
}
