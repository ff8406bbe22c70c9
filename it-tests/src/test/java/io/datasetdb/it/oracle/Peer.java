// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** An engine with the tables in it, behind JDBC. */
record Peer(String name, Connection connection) implements AutoCloseable {
    /** The rows of a query as text; sorted, unless the query orders them. Numbers count to twelve digits. */
    List<String> rows(String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(text(rows.getObject(i)));
                }
                result.add(String.join("|", cells));
            }
        }
        Collections.sort(result);
        return result;
    }

    private static String text(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Number number) {
            double rounded = number instanceof BigDecimal decimal ? decimal.doubleValue() : number.doubleValue();
            return rounded == 0 ? "0" : String.format(Locale.ROOT, "%.11e", rounded);
        }
        return value.toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
