// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import io.datasetdb.sql.schema.DatasetTypeSystem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Sets up each engine with the tables. */
final class Peers {
    private Peers() {}

    static Peer duckDb(List<OracleData.Table> tables) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        for (OracleData.Table table : tables) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + table.name() + " ("
                        + table.columns().stream()
                                .map(column -> column.name() + " " + column.type())
                                .collect(Collectors.joining(", "))
                        + ")");
            }
            String marks = table.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + table.name() + " VALUES (" + marks + ")")) {
                for (Object[] row : table.rows()) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setObject(i + 1, row[i]);
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        return new Peer("DuckDB", connection);
    }

    static Peer ours(List<OracleData.Table> tables, Path warehouse) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse);
        for (OracleData.Table table : tables) {
            String columns = table.columns().stream()
                    .map(column -> "CAST(" + column.name() + " AS " + column.type() + ") AS " + column.name())
                    .collect(Collectors.joining(", "));
            String names = table.columns().stream().map(OracleData.Column::name).collect(Collectors.joining(", "));
            String rows = table.rows().stream().map(Peers::literals).collect(Collectors.joining(",\n"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATASET " + table.name() + " AS SELECT " + columns + " FROM (VALUES " + rows
                        + ") AS v(" + names + ")");
            }
        }
        return new Peer("DatasetDB", connection);
    }

    /** Another session on our warehouse. */
    static Peer session(Path warehouse) throws SQLException {
        return new Peer("DatasetDB", DriverManager.getConnection("jdbc:datasetdb:" + warehouse));
    }

    private static String literals(Object[] row) {
        StringBuilder text = new StringBuilder("(");
        for (Object value : row) {
            text.append(text.length() == 1 ? "" : ", ").append(literal(value));
        }
        return text.append(")").toString();
    }

    private static String literal(Object value) {
        if (value instanceof String string) {
            return "'" + string.replace("'", "''") + "'";
        }
        if (value instanceof LocalDate date) {
            return "DATE '" + date + "'";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return String.valueOf(value).toUpperCase(java.util.Locale.ROOT);
    }

    static Peer calcite(List<OracleData.Table> tables) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("lex", "MYSQL_ANSI");
        properties.setProperty("conformance", "LENIENT");
        properties.setProperty("defaultNullCollation", "LAST");
        properties.setProperty("typeSystem", DatasetTypeSystem.class.getName());
        Connection connection = DriverManager.getConnection("jdbc:calcite:", properties);
        CalciteConnection calcite = connection.unwrap(CalciteConnection.class);
        tables.forEach(table -> calcite.getRootSchema().add(table.name(), new MemoryTable(table)));
        return new Peer("Calcite", connection);
    }

    /** Rows in memory, in the forms of Calcite's run time. */
    private static final class MemoryTable extends AbstractTable implements ScannableTable {
        private final OracleData.Table table;

        MemoryTable(OracleData.Table table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder builder = factory.builder();
            for (OracleData.Column column : table.columns()) {
                RelDataType type = column.type().startsWith("DECIMAL")
                        ? factory.createSqlType(SqlTypeName.DECIMAL, 12, 2)
                        : factory.createSqlType(SqlTypeName.valueOf(column.type()));
                builder.add(column.name(), factory.createTypeWithNullability(type, true));
            }
            return builder.build();
        }

        @Override
        public Enumerable<Object[]> scan(DataContext root) {
            return Linq4j.asEnumerable(table.rows().stream()
                    .map(row -> {
                        Object[] copy = row.clone();
                        for (int i = 0; i < copy.length; i++) {
                            if (copy[i] instanceof LocalDate date) {
                                copy[i] = (int) date.toEpochDay();
                            }
                        }
                        return copy;
                    })
                    .toList());
        }
    }
}
