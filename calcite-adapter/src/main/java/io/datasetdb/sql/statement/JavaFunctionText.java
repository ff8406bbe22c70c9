// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlCreateFunction;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.udf.JavaFunctionSource;
import io.datasetdb.udf.JavaValues;
import io.datasetdb.udf.UserFunctionSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** What CREATE FUNCTION says of a function that is given as source. */
final class JavaFunctionText {
    private JavaFunctionText() {}

    /** What kind of function a statement makes. */
    static FunctionDefinition.Kind kind(SqlCreateFunction node) {
        return node.aggregate()
                ? FunctionDefinition.Kind.AGGREGATE
                : node.columns() != null ? FunctionDefinition.Kind.TABLE : FunctionDefinition.Kind.SCALAR;
    }

    /** The names and types of the parameters and the type of the result, {@code (a VARCHAR) BIGINT}. */
    static String signature(SqlCreateFunction node) {
        JavaFunctionSource source = source(node);
        return list(source.parameters()) + " "
                + (source.returns() == null ? "TABLE " + list(source.columns()) : source.returns());
    }

    private static String list(List<JavaFunctionSource.Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.name() + " " + parameter.type())
                .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
    }

    private static String sql(SqlNode type) {
        return StatementParser.toSql(type).replace("\"", "");
    }

    /** The function of a definition that has source. */
    static UserFunctionSet load(FunctionDefinition definition, String body, JavaValues values) {
        String signature = definition.signature();
        int end = end(signature);
        String kind = definition.kind() == FunctionDefinition.Kind.AGGREGATE ? "AGGREGATE " : "";
        String statement = "CREATE " + kind + "FUNCTION f" + signature.substring(0, end) + " RETURNS "
                + signature.substring(end) + " LANGUAGE JAVA AS '" + body.replace("'", "''") + "'";
        return load((SqlCreateFunction) StatementParser.parse(statement), definition.name(), values);
    }

    /** Behind the parenthesis that ends the parameters. */
    private static int end(String signature) {
        int depth = 0;
        for (int i = 0; i < signature.length(); i++) {
            depth += signature.charAt(i) == '(' ? 1 : signature.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalStateException("a signature without parameters: " + signature);
    }

    /** The function that a statement describes, under a name. */
    static UserFunctionSet load(SqlCreateFunction node, String name, JavaValues values) {
        return source(node).load(name, values);
    }

    private static JavaFunctionSource source(SqlCreateFunction node) {
        List<SqlNode> parameters = node.parameters();
        List<SqlNode> columns = node.columns();
        SqlDataTypeSpec returns = node.returnType();
        if (parameters == null || returns == null && columns == null || node.aggregate() && returns == null) {
            throw new DatasetDbException(
                    SqlError.INVALID_DEFINITION,
                    "Cannot create function: a function of source says its parameters and what it RETURNS ("
                            + node.name() + ")");
        }
        return new JavaFunctionSource(
                JavaFunctionSource.Kind.valueOf(kind(node).name()),
                parameters(parameters),
                parameters(columns),
                returns == null ? null : sql(returns),
                node.body());
    }

    private static List<JavaFunctionSource.Parameter> parameters(@Nullable List<SqlNode> given) {
        List<JavaFunctionSource.Parameter> result = new ArrayList<>();
        for (int i = 0; given != null && i < given.size(); i += 2) {
            result.add(new JavaFunctionSource.Parameter(
                    ((SqlIdentifier) given.get(i)).getSimple(), sql(given.get(i + 1))));
        }
        return result;
    }
}
