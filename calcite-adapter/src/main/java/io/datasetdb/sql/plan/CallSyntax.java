// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.aggregate.JsonAggregate;
import io.datasetdb.sql.function.AggregateOperators;
import io.datasetdb.sql.function.FilteredAggregate;
import io.datasetdb.sql.function.ScalarOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Calls that must be written otherwise before the validator sees them, each already with its operands rewritten.
 *
 * <ul>
 *   <li>{@code f(x) FILTER (WHERE c) OVER w} becomes {@code "FILTERED f"(x, c) OVER w}, because the conversion to algebra
 *       loses the filter;
 *   <li>{@code f(x) IGNORE NULLS FILTER (WHERE c)} becomes {@code f(x) FILTER (WHERE c AND x IS NOT NULL)}, which the
 *       validator knows;
 *   <li>{@code PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x)} becomes {@code QUANTILE_CONT(x, p)}, an aggregate function like
 *       any other, which can be filtered and have a window;
 *   <li>JSON_ARRAYAGG and JSON_OBJECTAGG become ours, GROUP_CONCAT becomes STRING_AGG, {@code %} MOD, ELEMENT_AT a
 *       subscript.
 * </ul>
 */
final class CallSyntax {
    private static final Set<String> WITHOUT_FRAME = Set.of(
            "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD", "NTH_VALUE");

    private CallSyntax() {}

    /** @param excluding names in upper case of the windows whose frames leave rows out */
    static SqlNode rewrite(SqlCall call, Set<String> excluding) {
        SqlNode window = call.getKind() == SqlKind.OVER ? filteredWindow(call, excluding) : null;
        if (window != null) {
            return window;
        }
        if (call.getOperator() instanceof SqlUnresolvedFunction
                && call.operandCount() > 1
                && Util.last(call.getOperandList()) instanceof SqlNodeList order) {
            return ordered(call, order);
        }
        return switch (call.getKind()) {
            case FILTER -> filterOfFilledOnly(call);
            case WITHIN_GROUP -> withinGroup(call);
            case PERCENTILE_CONT, PERCENTILE_DISC ->
                call.operandCount() == 2 ? quantile(call, call.getOperandList(), true) : call;
            case ARRAY_AGG -> ours(AggregateOperators.ARRAY_AGG, call);
            case ARRAY_CONCAT_AGG -> ours(AggregateOperators.ARRAY_CONCAT_AGG, call);
            case STRING_AGG, GROUP_CONCAT -> stringAggregate(call);
            case JSON_ARRAYAGG, JSON_OBJECTAGG -> json(call);
            case FIRST, LAST -> picked(call);
            case MAP_QUERY_CONSTRUCTOR -> throw mapOfQuery(call);
            case CAST, SAFE_CAST -> TextCast.of(call);
            case MOD -> ScalarOperators.MOD.createCall(call.getParserPosition(), call.getOperandList());
            default -> named(call);
        };
    }

    private static DatasetDbException mapOfQuery(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        return new DatasetDbException(
                SqlError.UNSUPPORTED,
                "Cannot make a MAP of a query: MAP takes an array of keys and one of values (at line "
                        + position.getLineNum() + ", column " + position.getColumnNum() + ")");
    }

    /** {@code list(x ORDER BY y)}, of which Calcite's grammar knows a few functions only. */
    private static SqlNode ordered(SqlCall call, SqlNodeList order) {
        SqlCall function = new SqlBasicCall(
                call.getOperator(),
                Util.skipLast(call.getOperandList()),
                call.getParserPosition(),
                call.getFunctionQuantifier());
        return SqlStdOperatorTable.WITHIN_GROUP.createCall(call.getParserPosition(), function, order);
    }

    private static SqlNode named(SqlCall call) {
        if (call.getOperator().equals(SqlLibraryOperators.MAP) && call.operandCount() == 2) {
            return SqlLibraryOperators.MAP_FROM_ARRAYS.createCall(call.getParserPosition(), call.getOperandList());
        }
        if (call.operandCount() == 1) {
            return cast(call);
        }
        if (call.operandCount() != 2 || !(call.getOperator() instanceof SqlUnresolvedFunction function)) {
            return call;
        }
        return switch (function.getName().toUpperCase(Locale.ROOT)) {
            case "ELEMENT_AT", "LIST_EXTRACT", "ARRAY_EXTRACT" ->
                SqlStdOperatorTable.ITEM.createCall(call.getParserPosition(), call.getOperandList());
            default -> call;
        };
    }

    /** {@code DATETIME(x)} and the like, which in Calcite cut microseconds, or the time of day. */
    private static SqlNode cast(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        SqlTypeName type = switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "DATETIME" -> SqlTypeName.TIMESTAMP;
            case "TIMESTAMP" -> SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
            case "TIME" -> SqlTypeName.TIME;
            default -> null;
        };
        return type == null || !(call.getOperator() instanceof SqlFunction)
                ? call
                : SqlStdOperatorTable.CAST.createCall(
                        position,
                        call.operand(0),
                        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
    }

    /** FIRST(x) and LAST(x), which Calcite knows as functions of row patterns only. */
    private static SqlNode picked(SqlCall call) {
        boolean plain = call.operandCount() == 1
                || call.operand(1) instanceof SqlNumericLiteral offset
                        && offset.bigDecimalValue().signum() == 0;
        return plain
                ? new SqlBasicCall(
                        call.getKind() == SqlKind.FIRST
                                ? AggregateOperators.FIRST_VALUE
                                : AggregateOperators.LAST_VALUE,
                        List.of(call.operand(0)),
                        call.getParserPosition())
                : call;
    }

    /** The parser knows these names and takes Calcite's operators for them, with their types. */
    private static SqlNode ours(SqlAggFunction function, SqlCall call) {
        return new SqlBasicCall(
                function, call.getOperandList(), call.getParserPosition(), call.getFunctionQuantifier());
    }

    /** A separator may stand behind the order; here it stands before it. */
    private static SqlNode stringAggregate(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        int last = operands.size() - 1;
        if (last > 0 && operands.get(last).getKind() == SqlKind.SEPARATOR) {
            SqlNode separator = ((SqlCall) operands.remove(last)).operand(0);
            operands.add(1, separator);
        }
        return new SqlBasicCall(
                AggregateOperators.STRING_AGG, operands, call.getParserPosition(), call.getFunctionQuantifier());
    }

    private static @Nullable SqlNode filteredWindow(SqlCall over, Set<String> excluding) {
        SqlNode function = over.operand(0);
        boolean treatsNulls = function.getKind() == SqlKind.IGNORE_NULLS || function.getKind() == SqlKind.RESPECT_NULLS;
        SqlNode inner = treatsNulls ? ((SqlCall) function).operand(0) : function;
        refuseOrder(inner);
        if (!(inner instanceof SqlCall aggregate)) {
            return null;
        }
        SqlNode filtered;
        if (aggregate.getKind() == SqlKind.FILTER) {
            filtered = filtered(aggregate.operand(0), aggregate.operand(1));
        } else if (hasFrame(aggregate) && mayExcludeAll(over.operand(1), excluding)) {
            filtered = filtered(aggregate, SqlLiteral.createBoolean(true, aggregate.getParserPosition()));
        } else {
            return null;
        }
        if (treatsNulls) {
            filtered = ((SqlCall) function).getOperator().createCall(function.getParserPosition(), filtered);
        }
        return over.getOperator().createCall(over.getParserPosition(), filtered, over.operand(1));
    }

    /** The conversion to algebra knows neither an order nor keys of its own inside a window. */
    private static void refuseOrder(SqlNode function) {
        SqlNode inner = function.getKind() == SqlKind.FILTER ? ((SqlCall) function).operand(0) : function;
        boolean ordered = inner.getKind() == SqlKind.WITHIN_GROUP
                || inner.getKind() == SqlKind.WITHIN_DISTINCT
                || inner instanceof SqlCall call
                        && call.getOperandList().stream().anyMatch(operand -> operand instanceof SqlNodeList);
        if (ordered) {
            SqlParserPos position = function.getParserPosition();
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot call a function over a window: an order inside the call or WITHIN DISTINCT is not"
                            + " supported there"
                            + " (at line"
                            + " " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
        }
    }

    /** EXCLUDE may leave nothing of a frame that Calcite takes to have rows always; behind a filter it does not. */
    private static boolean mayExcludeAll(SqlNode window, Set<String> excluding) {
        return window instanceof SqlWindow written
                ? excludes(written)
                : window instanceof SqlIdentifier name
                        && excluding.contains(Util.last(name.names).toUpperCase(Locale.ROOT));
    }

    /** Whether the frame of a window leaves out the current row or its peers. */
    static boolean excludes(SqlWindow window) {
        return RexWindowExclusion.create(window.getExclude()) != RexWindowExclusion.EXCLUDE_NO_OTHER;
    }

    private static boolean hasFrame(SqlCall aggregate) {
        return !WITHOUT_FRAME.contains(aggregate.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    private static SqlNode filtered(SqlCall aggregate, SqlNode condition) {
        SqlParserPos position = aggregate.getParserPosition();
        List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
        if (operands.size() == 1 && operands.get(0) instanceof SqlIdentifier identifier && identifier.isStar()) {
            operands.clear();
        }
        operands.add(condition);
        SqlUnresolvedFunction function = new SqlUnresolvedFunction(
                new SqlIdentifier(
                        FilteredAggregate.PREFIX + aggregate.getOperator().getName(), position),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return new SqlBasicCall(function, operands, position, aggregate.getFunctionQuantifier());
    }

    private static SqlNode filterOfFilledOnly(SqlCall filter) {
        if (!(filter.operand(0) instanceof SqlCall treatment)
                || treatment.getKind() != SqlKind.IGNORE_NULLS && treatment.getKind() != SqlKind.RESPECT_NULLS) {
            return filter;
        }
        SqlCall aggregate = treatment.operand(0);
        SqlParserPos position = filter.getParserPosition();
        if (treatment.getKind() == SqlKind.RESPECT_NULLS || aggregate.operandCount() == 0) {
            return filter.getOperator().createCall(position, aggregate, filter.operand(1));
        }
        SqlNode filled = SqlStdOperatorTable.IS_NOT_NULL.createCall(position, List.of(aggregate.operand(0)));
        return filter.getOperator()
                .createCall(
                        position, aggregate, SqlStdOperatorTable.AND.createCall(position, filter.operand(1), filled));
    }

    private static SqlNode withinGroup(SqlCall call) {
        SqlCall function = call.operand(0);
        SqlNodeList order = call.operand(1);
        boolean percentile =
                function.getKind() == SqlKind.PERCENTILE_CONT || function.getKind() == SqlKind.PERCENTILE_DISC;
        boolean mode = function.getOperator().getName().equalsIgnoreCase("MODE");
        if (order.size() != 1
                || !(percentile && function.operandCount() == 1 || mode && function.operandCount() == 0)) {
            return call;
        }
        SqlNode value = order.get(0);
        boolean ascending = true;
        while (value.getKind() == SqlKind.DESCENDING
                || value.getKind() == SqlKind.NULLS_FIRST
                || value.getKind() == SqlKind.NULLS_LAST) {
            ascending &= value.getKind() != SqlKind.DESCENDING;
            value = ((SqlCall) value).operand(0);
        }
        if (mode) {
            return AggregateOperators.MODE.createCall(function.getParserPosition(), value);
        }
        return quantile(function, List.of(value, function.operand(0)), ascending);
    }

    private static SqlNode quantile(SqlCall percentile, List<SqlNode> operands, boolean ascending) {
        SqlAggFunction function = percentile.getKind() == SqlKind.PERCENTILE_CONT
                ? ascending ? AggregateOperators.QUANTILE_CONT : AggregateOperators.QUANTILE_CONT_DESCENDING
                : ascending ? AggregateOperators.QUANTILE_DISC : AggregateOperators.QUANTILE_DISC_DESCENDING;
        return new SqlBasicCall(function, operands, percentile.getParserPosition(), percentile.getFunctionQuantifier());
    }

    private static SqlNode json(SqlCall call) {
        SqlJsonConstructorNullClause nulls;
        if (call.getOperator() instanceof SqlJsonArrayAggAggFunction array) {
            nulls = array.getNullClause();
        } else if (call.getOperator() instanceof SqlJsonObjectAggAggFunction object) {
            nulls = object.getNullClause();
        } else {
            return call;
        }
        JsonAggregate form = new JsonAggregate(
                call.getKind() == SqlKind.JSON_OBJECTAGG,
                nulls == SqlJsonConstructorNullClause.ABSENT_ON_NULL,
                isJson(call.operand(call.operandCount() - 1)));
        return new SqlBasicCall(
                AggregateOperators.json(form),
                call.getOperandList(),
                call.getParserPosition(),
                call.getFunctionQuantifier());
    }

    /** Whether a value is made by a JSON function, whose text becomes a part of the whole and not a string in it. */
    private static boolean isJson(SqlNode value) {
        return value instanceof SqlCall call
                && List.of("JSON_OBJECT", "JSON_ARRAY", "JSON_QUERY", "JSON_PRETTY")
                        .contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }
}
