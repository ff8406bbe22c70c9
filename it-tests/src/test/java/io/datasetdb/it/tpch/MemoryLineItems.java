// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The columns of LINEITEM that queries 1 and 6 use, as rows in memory for Calcite's own engine. Numbers are DOUBLE, which
 * it adds several times as fast as DECIMAL.
 */
final class MemoryLineItems extends AbstractTable implements ScannableTable {
    private static final String COLUMNS =
            "l_quantity, l_extendedprice, l_discount, l_tax, l_returnflag, l_linestatus, l_shipdate";

    private final List<Object[]> rows;

    private MemoryLineItems(List<Object[]> rows) {
        this.rows = rows;
    }

    /** Calcite with the table, filled from the warehouse behind this URL. */
    static Connection calcite(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "false");
        Connection connection = DriverManager.getConnection("jdbc:calcite:", properties);
        connection.unwrap(CalciteConnection.class).getRootSchema().add("LINEITEM", new MemoryLineItems(rows(url)));
        return connection;
    }

    private static List<Object[]> rows(String url) throws SQLException {
        List<Object[]> result = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet source = statement.executeQuery("SELECT " + COLUMNS + " FROM lineitem")) {
            while (source.next()) {
                Object[] row = new Object[7];
                for (int i = 0; i < 4; i++) {
                    row[i] = source.getDouble(i + 1);
                }
                row[4] = source.getString(5);
                row[5] = source.getString(6);
                row[6] = (int) source.getObject(7, Date.class).toLocalDate().toEpochDay();
                result.add(row);
            }
        }
        return result;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder builder = factory.builder();
        String[] names = COLUMNS.toUpperCase(java.util.Locale.ROOT).split(", ");
        for (int i = 0; i < names.length; i++) {
            RelDataType type = i < 4
                    ? factory.createSqlType(SqlTypeName.DOUBLE)
                    : i < 6 ? factory.createSqlType(SqlTypeName.VARCHAR, 1) : factory.createSqlType(SqlTypeName.DATE);
            builder.add(names[i], type);
        }
        return builder.build();
    }

    @Override
    public Enumerable<Object[]> scan(DataContext root) {
        return Linq4j.asEnumerable(rows);
    }
}
