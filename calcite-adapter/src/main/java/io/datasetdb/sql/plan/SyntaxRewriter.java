// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.TableFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
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
 *   <li>{@code f(x) FILTER (WHERE c) OVER w} becomes {@code f(CASE WHEN c THEN x END) OVER w}, because the conversion to
 *       algebra loses the filter;
 *   <li>arguments of table functions become positional, with NULL for what is not given, because Calcite cannot tell names
 *       and positions apart when a call has both;
 *   <li>PostgreSQL's {@code date_trunc('month', x)} becomes {@code FLOOR(x TO MONTH)}.
 * </ul>
 */
final class SyntaxRewriter extends SqlShuttle {
    private final FunctionLibrary functions;

    private SyntaxRewriter(FunctionLibrary functions) {
        this.functions = functions;
    }

    static SqlNode rewrite(SqlNode query, FunctionLibrary functions) {
        return Objects.requireNonNull(query.accept(new SyntaxRewriter(functions)));
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
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
        if (visited instanceof SqlCall over
                && over.getKind() == SqlKind.OVER
                && over.operand(0) instanceof SqlCall filter
                && filter.getKind() == SqlKind.FILTER) {
            return over.getOperator().createCall(over.getParserPosition(), filterAsCase(filter), over.operand(1));
        }
        if (visited instanceof SqlBasicCall unresolved && unresolved.getOperator() instanceof SqlUnresolvedFunction) {
            Optional<TableFunction> table =
                    functions.table(unresolved.getOperator().getName());
            if (table.isPresent()) {
                return TableArguments.positional(unresolved, table.get());
            }
        }
        if (visited instanceof SqlCall function
                && function.operandCount() == 2
                && function.getOperator().getName().equalsIgnoreCase("DATE_TRUNC")
                && function.operand(0) instanceof SqlCharStringLiteral unit) {
            return truncation(function, unit);
        }
        return visited;
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

    private static SqlNode truncation(SqlCall call, SqlCharStringLiteral unit) {
        String name = unit.getValueAs(String.class).toUpperCase(Locale.ROOT);
        TimeUnit part = Arrays.stream(TimeUnit.values())
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> error("Cannot truncate a time: there is no unit " + name, call));
        return SqlStdOperatorTable.FLOOR.createCall(
                call.getParserPosition(),
                call.operand(1),
                new SqlIntervalQualifier(part, null, unit.getParserPosition()));
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

    private static SqlNode filterAsCase(SqlCall filter) {
        SqlCall aggregate = filter.operand(0);
        SqlParserPos position = aggregate.getParserPosition();
        if (aggregate.getKind() == SqlKind.ARRAY_AGG || aggregate.getKind() == SqlKind.COLLECT) {
            throw error("Cannot filter the window function: it keeps NULLs", filter);
        }
        List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
        boolean countsRows =
                operands.isEmpty() || operands.get(0) instanceof SqlIdentifier identifier && identifier.isStar();
        SqlNode value = countsRows ? SqlLiteral.createExactNumeric("1", position) : operands.get(0);
        SqlNode guarded = new SqlCase(
                position,
                null,
                SqlNodeList.of(filter.operand(1)),
                SqlNodeList.of(value),
                SqlLiteral.createNull(position));
        if (operands.isEmpty()) {
            operands.add(guarded);
        } else {
            operands.set(0, guarded);
        }
        return new SqlBasicCall(aggregate.getOperator(), operands, position, aggregate.getFunctionQuantifier());
    }

    private static DatasetDbException error(String sentence, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_STATEMENT,
                sentence + " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
    }
}
