// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.internal.text.TypeText;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function that is given as the body of a Java method. NULL in gives NULL out without a call; the result is of the primitive
 * type where the body allows it, so that an int widens to a BIGINT, and of the boxed one where it returns null. An ARRAY is a
 * List ({@code float[]} and {@code double[]} of REAL and DOUBLE), a MAP a Map, a ROW a record that is named as the parameter,
 * with a capital, or {@code Result}. An aggregate function is given a List of each argument. The body of a table function
 * answers a Stream or an Iterable of the record {@code Row}, which has its columns.
 *
 * @param columns of a table function
 * @param returns the type of the result; {@code null} of a table function
 */
public record JavaFunctionSource(
        Kind kind,
        List<Parameter> parameters,
        List<Parameter> columns,
        @Nullable String returns,
        String body) {
    /** What a function is given and answers. */
    public enum Kind {
        SCALAR,
        AGGREGATE,
        TABLE
    }

    /** A name and a type as SQL writes it. */
    public record Parameter(String name, String type) {
        /** Written as {@link DataType#sql()} does. */
        public Parameter {
            type = TypeText.parse(type).sql();
        }
    }

    private static final String CLASS = "DatasetDbFunction";
    private static final String METHOD = "call";
    private static final String IMPORTS =
            "import java.math.*; import java.time.*; import java.util.*; import java.util.stream.*; ";

    public JavaFunctionSource {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
        returns = returns == null ? null : TypeText.parse(returns).sql();
    }

    /**
     * Compiles the function.
     *
     * @param name how SQL calls it
     * @throws DatasetDbException with {@link UdfError#BAD_FUNCTION} that names the line of the body
     */
    public UserFunctionSet load(String name, JavaValues values) {
        DatasetDbException failure = null;
        for (String source : sources()) {
            try {
                return FunctionLoader.load(JavaSource.compile(name, CLASS, source, 1), METHOD, name, values);
            } catch (DatasetDbException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    /** The class in one line up to the body, for each type that the method may answer. */
    private List<String> sources() {
        List<String> records = new ArrayList<>();
        String arguments = parameters.stream()
                .map(parameter -> parameter(parameter, records))
                .collect(Collectors.joining(", "));
        List<String> results = new ArrayList<>();
        String annotation = "";
        String type = returns;
        if (kind == Kind.TABLE || type == null) {
            records.add(record("Row", fields(columns), records));
            annotation = "@io.datasetdb.udf.annotation.TableFunction ";
            results.addAll(List.of("Stream<Row>", "Iterable<Row>"));
        } else {
            DataType result = TypeText.parse(type);
            annotation = kind == Kind.AGGREGATE ? "@io.datasetdb.udf.annotation.AggregateFunction " : "";
            annotation += annotation(result);
            String boxed = javaType(result, "Result", records);
            results.addAll(primitive(result) == null ? List.of(boxed) : List.of(primitive(result), boxed));
        }
        String head = IMPORTS + "public final class " + CLASS + " { " + String.join(" ", records) + " " + annotation
                + "public static ";
        return results.stream()
                .map(result ->
                        head + result + " " + METHOD + "(" + arguments + ") throws Exception {\n" + body + "\n}\n}\n")
                .toList();
    }

    private static List<Field> fields(List<Parameter> columns) {
        return columns.stream()
                .map(column -> Field.of(column.name(), TypeText.parse(column.type())))
                .toList();
    }

    private String parameter(Parameter parameter, List<String> records) {
        DataType type = TypeText.parse(parameter.type());
        String name = parameter.name();
        String boxed = javaType(type, capital(name), records);
        if (kind == Kind.AGGREGATE) {
            return annotation(type) + "List<" + boxed + "> " + name;
        }
        String primitive = primitive(type);
        return annotation(type) + (primitive == null ? boxed : primitive) + " " + name;
    }

    /** Only of a DECIMAL does the Java type not tell the SQL type. */
    private static String annotation(DataType type) {
        boolean decimal = type.kind() == DataType.Kind.DECIMAL
                || type instanceof DataType.Array array && array.element().kind() == DataType.Kind.DECIMAL;
        return decimal ? "@io.datasetdb.udf.annotation.SqlType(\"" + type.sql() + "\") " : "";
    }

    private static @Nullable String primitive(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case TINYINT -> "byte";
            case SMALLINT -> "short";
            case INTEGER -> "int";
            case BIGINT -> "long";
            case REAL -> "float";
            case DOUBLE -> "double";
            case DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> null;
        };
    }

    /** The class of values that may be null; {@code name} is that of the record if it is one. */
    private static String javaType(DataType type, String name, List<String> records) {
        return switch (type.kind()) {
            case BOOLEAN -> "Boolean";
            case TINYINT -> "Byte";
            case SMALLINT -> "Short";
            case INTEGER -> "Integer";
            case BIGINT -> "Long";
            case REAL -> "Float";
            case DOUBLE -> "Double";
            case DECIMAL -> "BigDecimal";
            case VARCHAR -> "String";
            case VARBINARY -> "byte[]";
            case DATE -> "LocalDate";
            case TIME -> "LocalTime";
            case TIMESTAMP -> "LocalDateTime";
            case TIMESTAMP_LTZ -> "Instant";
            case UUID -> "UUID";
            case ARRAY -> {
                DataType element = ((DataType.Array) type).element();
                String plain = primitive(element);
                boolean vector = element.kind() == DataType.Kind.REAL || element.kind() == DataType.Kind.DOUBLE;
                yield vector ? plain + "[]" : "List<" + javaType(element, name, records) + ">";
            }
            case MAP -> {
                DataType.Map map = (DataType.Map) type;
                yield "Map<" + javaType(map.key(), name + "Key", records) + ", " + javaType(map.value(), name, records)
                        + ">";
            }
            case ROW -> {
                records.add(record(name, ((DataType.Row) type).fields(), records));
                yield name;
            }
            case INTERVAL_MONTH, INTERVAL_DAY, NULL ->
                throw new DatasetDbException(
                        UdfError.BAD_FUNCTION,
                        "Cannot create function: a function of source cannot have this type (" + type.sql() + ")");
        };
    }

    private static String record(String name, List<Field> fields, List<String> records) {
        return fields.stream()
                .map(field -> {
                    if (field.type().kind() == DataType.Kind.DECIMAL) {
                        throw new DatasetDbException(
                                UdfError.BAD_FUNCTION,
                                "Cannot create function: a DECIMAL inside of a ROW or table needs a class in a jar ("
                                        + field.name() + ")");
                    }
                    return javaType(field.type(), name + capital(field.name()), records) + " " + field.name();
                })
                .collect(Collectors.joining(", ", "public record " + name + "(", ") {}"));
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
