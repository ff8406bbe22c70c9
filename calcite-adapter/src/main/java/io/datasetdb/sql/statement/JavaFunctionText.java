// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlCreateFunction;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.udf.FunctionLoader;
import io.datasetdb.udf.JavaSource;
import io.datasetdb.udf.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * A function that is given as the body of a Java method. NULL in gives NULL out without a call; the result is of the
 * primitive type where the body allows it, so that an int widens to a BIGINT, and of the boxed one where it returns null.
 */
final class JavaFunctionText {
    private static final String CLASS = "DatasetDbFunction";

    /** Lines of the class before the body. */
    private static final int LINES_BEFORE = 5;

    /** The Java type of each SQL type, and where that is primitive the class that may be null. */
    private static final Map<String, List<String>> JAVA_TYPES = Map.ofEntries(
            Map.entry("BOOLEAN", List.of("boolean", "Boolean")),
            Map.entry("TINYINT", List.of("byte", "Byte")),
            Map.entry("SMALLINT", List.of("short", "Short")),
            Map.entry("INTEGER", List.of("int", "Integer")),
            Map.entry("BIGINT", List.of("long", "Long")),
            Map.entry("REAL", List.of("float", "Float")),
            Map.entry("FLOAT", List.of("double", "Double")),
            Map.entry("DOUBLE", List.of("double", "Double")),
            Map.entry("DECIMAL", List.of("BigDecimal")),
            Map.entry("CHAR", List.of("String")),
            Map.entry("VARCHAR", List.of("String")),
            Map.entry("VARBINARY", List.of("byte[]")),
            Map.entry("DATE", List.of("LocalDate")),
            Map.entry("TIME", List.of("LocalTime")),
            Map.entry("TIMESTAMP", List.of("LocalDateTime")),
            Map.entry("UUID", List.of("UUID")),
            Map.entry("REAL ARRAY", List.of("float[]")),
            Map.entry("DOUBLE ARRAY", List.of("double[]")));

    private JavaFunctionText() {}

    /** The names and types of the parameters and the type of the result, {@code (a VARCHAR) BIGINT}. */
    static String signature(SqlCreateFunction node) {
        List<String> parameters = new ArrayList<>();
        List<SqlNode> given = node.parameters();
        if (given == null || node.returnType() == null) {
            throw refused(
                    "a function of source says its parameters and what it RETURNS",
                    node.name().toString());
        }
        for (int i = 0; i < given.size(); i += 2) {
            parameters.add(((SqlIdentifier) given.get(i)).getSimple() + " " + sql(given.get(i + 1)));
        }
        return "(" + String.join(", ", parameters) + ") " + sql(node.returnType());
    }

    private static String sql(SqlNode type) {
        return StatementParser.toSql(type).replace("\"", "").toUpperCase(Locale.ROOT);
    }

    /** The function of a definition that has source. */
    static List<ScalarFunction> load(FunctionDefinition definition, String body) {
        String signature = definition.signature();
        int end = signature.lastIndexOf(") ") + 1;
        String statement = "CREATE FUNCTION f" + signature.substring(0, end) + " RETURNS " + signature.substring(end)
                + " LANGUAGE JAVA AS '" + body.replace("'", "''") + "'";
        return load((SqlCreateFunction) StatementParser.parse(statement), definition.name());
    }

    /** The function that a statement describes, under a name. */
    static List<ScalarFunction> load(SqlCreateFunction node, String name) {
        List<String> results = javaTypes(sql(Objects.requireNonNull(node.returnType())));
        DatasetDbException failure = null;
        for (String result : results) {
            try {
                return FunctionLoader.load(JavaSource.compile(CLASS, source(node, result), LINES_BEFORE), "call", name);
            } catch (DatasetDbException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    private static String source(SqlCreateFunction node, String result) {
        List<String> parameters = new ArrayList<>();
        List<SqlNode> given = Objects.requireNonNull(node.parameters());
        for (int i = 0; i < given.size(); i += 2) {
            String type = sql(given.get(i + 1));
            parameters.add(
                    annotation(type) + javaTypes(type).get(0) + " " + ((SqlIdentifier) given.get(i)).getSimple());
        }
        String resultType = sql(Objects.requireNonNull(node.returnType()));
        return "import java.math.*;\nimport java.time.*;\nimport java.util.*;\npublic final class " + CLASS + " {\n"
                + annotation(resultType) + "public static " + result + " call(" + String.join(", ", parameters)
                + ") throws Exception {\n" + node.body() + "\n}\n}\n";
    }

    /** Only of a DECIMAL does the Java type not tell the SQL type. */
    private static String annotation(String type) {
        return type.startsWith("DECIMAL") ? "@io.datasetdb.udf.annotation.SqlType(\"" + type + "\") " : "";
    }

    private static List<String> javaTypes(String type) {
        List<String> known = JAVA_TYPES.get(type.startsWith("DECIMAL") ? "DECIMAL" : type);
        if (known == null) {
            throw refused("a function of source cannot have this type, a class in a jar can", type);
        }
        return known;
    }

    private static DatasetDbException refused(String reason, @Nullable String value) {
        return new DatasetDbException(
                SqlError.INVALID_DEFINITION, "Cannot create function: " + reason + " (" + value + ")");
    }
}
