// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Direction;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registry through SQL, as that of a server can be asked only. */
final class SqlCatalog implements Catalog {
    private static final Schema VERSIONS = Schema.of(
            Field.required("namespace", DataType.VARCHAR),
            Field.required("project", DataType.VARCHAR),
            Field.required("name", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR),
            Field.required("state", DataType.VARCHAR));

    private final Connection connection;
    private final String namespace;
    private final String project;

    /** Takes over the connection. */
    SqlCatalog(Connection connection) throws SQLException {
        this.connection = connection;
        this.namespace = connection.getCatalog();
        this.project = connection.getSchema();
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String project() {
        return project;
    }

    @Override
    public List<List<@Nullable Object>> rows(String table, Schema columns, Map<String, String> equal, String order)
            throws SQLException {
        String where =
                equal.keySet().stream().map(column -> quoted(column) + " = ?").collect(Collectors.joining(" AND "));
        return select(
                "SELECT " + names(columns) + " FROM registry." + table + (where.isEmpty() ? "" : " WHERE " + where)
                        + " ORDER BY " + order,
                columns,
                List.copyOf(equal.values()));
    }

    private static String names(Schema columns) {
        return columns.fields().stream().map(field -> quoted(field.name())).collect(Collectors.joining(", "));
    }

    private List<List<@Nullable Object>> select(String sql, Schema columns, List<String> arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.size(); i++) {
                statement.setString(i + 1, arguments.get(i));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        row.add(value(result, i + 1, columns.field(i).type()));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    private static @Nullable Object value(ResultSet row, int column, DataType type) throws SQLException {
        if (type.equals(DataType.BIGINT)) {
            long value = row.getLong(column);
            return row.wasNull() ? null : value;
        }
        if (type.equals(DataType.INTEGER)) {
            int value = row.getInt(column);
            return row.wasNull() ? null : value;
        }
        if (type.equals(DataType.DOUBLE)) {
            double value = row.getDouble(column);
            return row.wasNull() ? null : value;
        }
        if (type.equals(DataType.BOOLEAN)) {
            boolean value = row.getBoolean(column);
            return row.wasNull() ? null : value;
        }
        if (type.kind() == DataType.Kind.MAP) {
            return row.getObject(column);
        }
        String text = row.getString(column);
        return text != null && type.equals(DataType.TIMESTAMP) ? LocalDateTime.parse(text.replace(' ', 'T')) : text;
    }

    @Override
    public Found find(NameArgument argument) throws SQLException {
        DatasetName name = argument.name();
        List<Found> versions = new ArrayList<>();
        for (List<@Nullable Object> row : select(
                "SELECT " + names(VERSIONS) + " FROM registry.versions"
                        + " WHERE lower(namespace) = ? AND lower(project) = ? AND lower(name) = ?",
                VERSIONS,
                Stream.of(name.namespace(), name.project(), name.name())
                        .map(part -> part.toLowerCase(Locale.ROOT))
                        .toList())) {
            versions.add(new Found(
                    new DatasetName(String.valueOf(row.get(0)), String.valueOf(row.get(1)), String.valueOf(row.get(2))),
                    String.valueOf(row.get(3)),
                    "DROPPED".equals(row.get(4))));
        }
        Comparator<Found> byNumber = Comparator.comparing(found -> SemanticVersion.parse(found.version()));
        Optional<Found> readable = versions.stream()
                .filter(found -> !found.dropped() && means(argument.selector(), found))
                .max(byNumber);
        Optional<Found> dropped = versions.stream()
                .filter(found -> found.dropped()
                        && (!argument.hasVersion() && versions.stream().allMatch(Found::dropped)
                                || argument.selector() instanceof VersionSelector.Exact
                                        && means(argument.selector(), found)))
                .max(byNumber);
        Optional<Found> found = readable.or(() -> dropped);
        if (found.isEmpty()) {
            throw undefined(argument);
        }
        return found.get();
    }

    private static boolean means(VersionSelector selector, Found found) {
        SemanticVersion version = SemanticVersion.parse(found.version());
        if (selector instanceof VersionSelector.Exact exact) {
            return exact.version().equals(version);
        }
        return !(selector instanceof VersionSelector.Range range) || range.matches(version);
    }

    /** The error of a statement that names this dataset, which suggests the nearest name. */
    private SQLException undefined(NameArgument argument) {
        String last = argument.hasVersion()
                ? argument.name().name() + "@" + argument.selector()
                : argument.name().name();
        try {
            connection
                    .prepareStatement("SELECT * FROM " + quoted(argument.name().namespace()) + "."
                            + quoted(argument.name().project()) + "." + quoted(last))
                    .close();
        } catch (SQLException e) {
            return withoutPosition(e);
        }
        return Failures.of("Cannot find dataset: it is gone (" + argument + ")", "42P01", null);
    }

    /** Nobody typed the statement that failed, so a position in it says nothing. */
    static SQLException withoutPosition(SQLException failure) {
        String sentence = String.valueOf(failure.getMessage()).replaceFirst(" \\(at line 1, column \\d+\\)$", "");
        return Failures.of(sentence, failure.getSQLState(), failure);
    }

    @Override
    public List<List<@Nullable Object>> lineage(Found version, Direction direction, int depth) throws SQLException {
        return select(
                "SELECT " + names(LINEAGE) + " FROM TABLE(registry.lineage(" + literal(version.toString()) + ", '"
                        + direction + "', " + depth + ")) ORDER BY depth",
                LINEAGE,
                List.of());
    }

    @Override
    public void drop(NameArgument argument, boolean purge) throws SQLException {
        run("DROP DATASET " + quoted(argument.name())
                + (argument.hasVersion()
                        ? " VERSION " + literal(argument.selector().toString())
                        : "")
                + (purge ? " PURGE" : ""));
    }

    @Override
    public void rename(DatasetName from, DatasetName to) throws SQLException {
        run("ALTER DATASET " + quoted(from) + " RENAME TO " + quoted(to));
    }

    @Override
    public void setComment(DatasetName name, String comment) throws SQLException {
        run("ALTER DATASET " + quoted(name) + " SET COMMENT " + (comment.isEmpty() ? "NULL" : literal(comment)));
    }

    @Override
    public void addLabels(DatasetName name, Map<String, String> labels) throws SQLException {
        Found found = find(new NameArgument(name, VersionSelector.LATEST));
        Map<String, String> all = new LinkedHashMap<>();
        Schema column = Schema.of(Field.required("labels", DataType.map(DataType.VARCHAR, DataType.VARCHAR)));
        Map<String, String> key = Map.of(
                "namespace", found.name().namespace(),
                "project", found.name().project(),
                "name", found.name().name());
        for (List<@Nullable Object> row : rows("datasets", column, key, "name")) {
            if (row.get(0) instanceof Map<?, ?> present) {
                present.forEach((label, value) -> all.put(String.valueOf(label), String.valueOf(value)));
            }
        }
        all.putAll(labels);
        run("ALTER DATASET " + quoted(name) + " SET LABELS ("
                + all.entrySet().stream()
                        .map(entry -> literal(entry.getKey() + "=" + entry.getValue()))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(DatasetName name) {
        return quoted(name.namespace()) + "." + quoted(name.project()) + "." + quoted(name.name());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
