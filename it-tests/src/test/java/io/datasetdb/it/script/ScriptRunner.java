// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the statements of a script on a connection and writes down what they answer. */
final class ScriptRunner {
    private final Connection connection;
    private final Map<String, String> variables;

    ScriptRunner(Connection connection, Map<String, String> variables) {
        this.connection = connection;
        this.variables = variables;
    }

    List<List<String>> run(Script script) throws SQLException {
        List<List<String>> results = new ArrayList<>();
        for (Script.Step step : script.steps()) {
            results.add(run(step.sql()));
        }
        return results;
    }

    private List<String> run(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            String text = expand(sql);
            if (statement.execute(text.substring(0, text.length() - 1))) {
                try (ResultSet rows = statement.getResultSet()) {
                    print(rows, lines);
                }
            } else {
                lines.add("> updated " + statement.getUpdateCount());
            }
        } catch (SQLException e) {
            lines.clear();
            lines.add("! " + e.getSQLState() + " " + sentence(e));
        }
        return lines.stream().map(this::contract).toList();
    }

    /** Stock clients put words of their own around the server's sentence. */
    private static String sentence(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf("Cannot ");
        String sentence = start < 0 ? message : message.substring(start);
        return sentence.lines().findFirst().orElse("");
    }

    private static void print(ResultSet rows, List<String> lines) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            cells.add(rows.getMetaData().getColumnLabel(i));
        }
        lines.add("> " + String.join(" | ", cells));
        while (rows.next()) {
            cells.clear();
            for (int i = 1; i <= columns; i++) {
                cells.add(isMeasured(rows, i) ? "…" : Cells.text(rows, i));
            }
            lines.add(("> " + String.join(" | ", cells)).stripTrailing());
        }
    }

    /** When a dataset was dropped, as errors say it. */
    private static final Pattern DROP_TIME = Pattern.compile("on \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");

    /** Bytes and times of a deposit differ from run to run. */
    private static boolean isMeasured(ResultSet rows, int column) throws SQLException {
        String label = rows.getMetaData().getColumnLabel(column);
        return label.equals("bytes") || label.equals("milliseconds");
    }

    private String expand(String sql) {
        String result = sql;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            result = result.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return result;
    }

    private String contract(String line) {
        String result = DROP_TIME.matcher(line).replaceAll("on … UTC");
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            result = result.replace(variable.getValue(), "${" + variable.getKey() + "}");
        }
        return result;
    }
}
