// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.JdbcTypes;
import io.datasetdb.jdbc.internal.LocalResult;
import io.datasetdb.jdbc.internal.TypeOutline;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What tools hear of functions. Each overload is one; its specific name has the types of its parameters. */
final class FunctionListing {
    /** Asked of embedded and remote engines alike. */
    static final String QUERY = "SELECT function_name, specific_name, kind, remarks, ordinal_position, column_name,"
            + " column_kind, data_type, column_remarks FROM TABLE(registry.function_columns())";

    private static final Schema FUNCTIONS = Schema.of(
            Field.of("FUNCTION_CAT", DataType.VARCHAR),
            Field.of("FUNCTION_SCHEM", DataType.VARCHAR),
            Field.required("FUNCTION_NAME", DataType.VARCHAR),
            Field.of("REMARKS", DataType.VARCHAR),
            Field.required("FUNCTION_TYPE", DataType.SMALLINT),
            Field.required("SPECIFIC_NAME", DataType.VARCHAR));

    private static final Schema COLUMNS = Schema.of(
            Field.of("FUNCTION_CAT", DataType.VARCHAR),
            Field.of("FUNCTION_SCHEM", DataType.VARCHAR),
            Field.required("FUNCTION_NAME", DataType.VARCHAR),
            Field.required("COLUMN_NAME", DataType.VARCHAR),
            Field.required("COLUMN_TYPE", DataType.SMALLINT),
            Field.required("DATA_TYPE", DataType.INTEGER),
            Field.required("TYPE_NAME", DataType.VARCHAR),
            Field.of("PRECISION", DataType.INTEGER),
            Field.of("LENGTH", DataType.INTEGER),
            Field.of("SCALE", DataType.SMALLINT),
            Field.of("RADIX", DataType.SMALLINT),
            Field.required("NULLABLE", DataType.SMALLINT),
            Field.of("REMARKS", DataType.VARCHAR),
            Field.of("CHAR_OCTET_LENGTH", DataType.INTEGER),
            Field.required("ORDINAL_POSITION", DataType.INTEGER),
            Field.required("IS_NULLABLE", DataType.VARCHAR),
            Field.required("SPECIFIC_NAME", DataType.VARCHAR));

    private final Connection connection;

    FunctionListing(Connection connection) {
        this.connection = connection;
    }

    /** One row an overload. */
    ResultSet functions(Predicate<String> names) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        read(names, row -> {
            if (row.getString("column_kind").equals("RESULT")) {
                boolean table = row.getString("kind").equals("TABLE");
                int type = table ? DatabaseMetaData.functionReturnsTable : DatabaseMetaData.functionNoTable;
                rows.add(Arrays.asList(
                        null,
                        null,
                        row.getString("function_name"),
                        row.getString("remarks"),
                        (short) type,
                        row.getString("specific_name")));
            }
        });
        return LocalResult.of(FUNCTIONS, rows);
    }

    /** The result of each overload, with an empty name, then its parameters, then the columns of a table. */
    ResultSet columns(Predicate<String> names, Predicate<String> columns) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        read(names, row -> {
            String name = row.getString("column_name");
            String column = name == null ? "" : name;
            if (!row.getString("data_type").equals("TABLE") && columns.test(column)) {
                rows.add(column(row, column));
            }
        });
        return LocalResult.of(COLUMNS, rows);
    }

    private static List<@Nullable Object> column(ResultSet row, String column) throws SQLException {
        String type = row.getString("data_type");
        JdbcTypes.Facts facts = JdbcTypes.facts(TypeOutline.of(type));
        int kind = switch (row.getString("column_kind")) {
            case "IN" -> DatabaseMetaData.functionColumnIn;
            case "COLUMN" -> DatabaseMetaData.functionColumnResult;
            case "RESULT" -> DatabaseMetaData.functionReturn;
            default -> DatabaseMetaData.functionColumnUnknown;
        };
        boolean number = facts.radix() > 0;
        return Arrays.asList(
                null,
                null,
                row.getString("function_name"),
                column,
                (short) kind,
                facts.code(),
                type,
                facts.precision(),
                facts.width(),
                number ? (short) facts.scale() : null,
                number ? (short) facts.radix() : null,
                (short) DatabaseMetaData.functionNullable,
                row.getString("column_remarks"),
                null,
                row.getInt("ordinal_position"),
                "YES",
                row.getString("specific_name"));
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(Predicate<String> names, Reader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                if (names.test(rows.getString("function_name"))) {
                    reader.read(rows);
                }
            }
        }
    }
}
