// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as text that can be compared between engines: numbers count to ten digits. */
public final class Answers {
    private Answers() {}

    public static List<String> of(Connection connection, String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    Object value = rows.getObject(i);
                    cells.add(text(value == null ? "" : value.toString()));
                }
                result.add(String.join("|", cells));
            }
        }
        return result;
    }

    /** The line of an answer file in the same form. */
    static String ofLine(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split("\\|", -1)) {
            cells.add(text(cell));
        }
        return String.join("|", cells);
    }

    private static String text(String cell) {
        if (!cell.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            return cell;
        }
        return String.format(Locale.ROOT, "%.9e", new BigDecimal(cell).doubleValue());
    }
}
