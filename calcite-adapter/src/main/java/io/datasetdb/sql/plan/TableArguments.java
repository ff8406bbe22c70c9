// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.udf.TableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The arguments of a call of a table function, which may be given by position first and by name after that. */
final class TableArguments {
    /** What others call an argument of ours. */
    private static final Map<String, String> OTHER_NAMES = Map.of("delim", "delimiter", "sep", "delimiter");

    private TableArguments() {}

    /** The call with one argument a parameter, in order; NULL stands for what is not given. */
    static SqlNode positional(SqlBasicCall call, TableFunction function) {
        List<TableFunction.Parameter> parameters = function.parameters();
        @Nullable SqlNode[] arguments = new SqlNode[parameters.size()];
        int next = 0;
        for (SqlNode operand : call.getOperandList()) {
            boolean equation = isEquation(operand);
            boolean named = operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT || equation;
            int ordinal = named ? ordinal(function, ((SqlCall) operand).operand(equation ? 0 : 1)) : next++;
            if (ordinal >= arguments.length || arguments[ordinal] != null) {
                throw error(
                        "Cannot call " + function.name() + ": "
                                + (ordinal < arguments.length
                                        ? "argument " + parameters.get(ordinal).name() + " is given twice"
                                        : "it takes at most " + arguments.length + " arguments"),
                        operand);
            }
            arguments[ordinal] = named ? ((SqlCall) operand).operand(equation ? 1 : 0) : operand;
        }
        List<SqlNode> result = new ArrayList<>();
        for (SqlNode argument : arguments) {
            result.add(argument == null ? SqlLiteral.createNull(call.getParserPosition()) : argument);
        }
        return call.getOperator().createCall(call.getFunctionQuantifier(), call.getParserPosition(), result);
    }

    /** {@code name = value}, as DuckDB has it: no argument can depend on a column, so that it can mean nothing else. */
    private static boolean isEquation(SqlNode operand) {
        return operand.getKind() == SqlKind.EQUALS
                && ((SqlCall) operand).operand(0) instanceof SqlIdentifier name
                && name.isSimple();
    }

    private static int ordinal(TableFunction function, SqlIdentifier name) {
        List<TableFunction.Parameter> parameters = function.parameters();
        String lower = name.getSimple().toLowerCase(Locale.ROOT);
        String meant = OTHER_NAMES.getOrDefault(lower, lower);
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(meant)) {
                return i;
            }
        }
        throw error(
                "Cannot call " + function.name() + ": it has no argument " + name + ", only "
                        + parameters.stream().map(TableFunction.Parameter::name).collect(Collectors.joining(", ")),
                name);
    }

    private static DatasetDbException error(String sentence, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_ARGUMENT,
                sentence + " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
    }
}
