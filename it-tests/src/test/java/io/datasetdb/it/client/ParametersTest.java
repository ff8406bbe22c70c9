// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters at places that say nothing of their types, and at places that decide on the plan. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ParametersTest {
    @TempDir
    private Path folder;

    /** A query, the types of its parameters, their values, and the first row. */
    private record Query(String sql, List<String> types, List<Object> values, String row) {}

    private static List<Object> values(Object... values) {
        return new ArrayList<>(java.util.Arrays.asList(values));
    }

    private static final List<Query> QUERIES = List.of(
            new Query("SELECT ?", List.of("VARCHAR"), values("a"), "a"),
            new Query("SELECT upper(?), length(?)", List.of("VARCHAR", "VARCHAR"), values("a", "abc"), "A|3"),
            new Query("SELECT file_ext(?)", List.of("VARCHAR"), values("a.txt"), "txt"),
            new Query("SELECT coalesce(?, 'xyz')", List.of("VARCHAR"), values((Object) null), "xyz"),
            new Query("SELECT coalesce(?, 5)", List.of("INTEGER"), values((Object) null), "5"),
            new Query("SELECT nullif(?, 5)", List.of("INTEGER"), values(6), "6"),
            new Query("SELECT coalesce(?, ?)", List.of("VARCHAR", "VARCHAR"), values(null, "q"), "q"),
            new Query("SELECT ? || 'a'", List.of("VARCHAR"), values("long"), "longa"),
            new Query("SELECT ? + 1", List.of("INTEGER"), values(2), "3"),
            new Query("SELECT ? + ?", List.of("DOUBLE", "DOUBLE"), values(2, 3.5), "5.5"),
            new Query("SELECT sqrt(?), -?", List.of("DOUBLE", "DOUBLE"), values(4, 2), "2.0|-2.0"),
            new Query("SELECT substring(?, ?)", List.of("VARCHAR", "INTEGER"), values("abc", 2), "bc"),
            new Query("SELECT ? IS NULL", List.of("VARCHAR"), values((Object) null), "true"),
            new Query(
                    "SELECT CASE WHEN ? THEN ? ELSE 'n' END",
                    List.of("BOOLEAN", "VARCHAR"),
                    values(true, "yes"),
                    "yes"),
            new Query(
                    "SELECT 2 IN (?, ?), ? IN (1, 2)",
                    List.of("INTEGER", "INTEGER", "INTEGER"),
                    values(1, 2, 3),
                    "true|false"),
            new Query("SELECT ? BETWEEN 1 AND 3", List.of("INTEGER"), values(2), "true"),
            new Query("SELECT (1, 'a') IN ((?, ?))", List.of("INTEGER", "VARCHAR"), values(1, "a"), "true"),
            new Query("VALUES (?, ?)", List.of("VARCHAR", "VARCHAR"), values("a", "b"), "a|b"),
            new Query("SELECT cardinality(array[?, ?])", List.of("VARCHAR", "VARCHAR"), values("a", "b"), "2"),
            new Query("SELECT x FROM UNNEST(array[?]) t(x)", List.of("VARCHAR"), values("a"), "a"),
            new Query("SELECT 2 = ANY(?)", List.of("INTEGER ARRAY"), values("[1, 2]"), "true"),
            new Query(
                    "SELECT x FROM (VALUES (1), (2)) t(x) ORDER BY x LIMIT ? OFFSET ?",
                    List.of("INTEGER", "INTEGER"),
                    values(1, 1),
                    "2"),
            new Query("SELECT DATE '2024-01-01' + ?", List.of("INTEGER"), values(5), "2024-01-06"),
            new Query("SELECT DATE '2024-01-01' + ? * INTERVAL '1' DAY", List.of("INTEGER"), values(5), "2024-01-06"),
            // A literal beside a parameter does not cut it.
            new Query(
                    "SELECT 1.5 * ?",
                    List.of("DECIMAL(28, 9)"),
                    values(new java.math.BigDecimal("10.25")),
                    "15.3750000000"));

    @ParameterizedTest
    @EnumSource(Client.class)
    void aParameterHasTheTypeThatItsPlaceSaysOrIsText(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            for (Query query : QUERIES) {
                try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
                    assertThat(types(statement)).as(query.sql()).isEqualTo(query.types());
                    assertThat(firstRow(statement, query.values()))
                            .as(query.sql())
                            .isEqualTo(query.row());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aDepositRecordsThem(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("CREATE DATASET x AS SELECT ? AS a, upper(?) AS b")) {
                statement.setString(1, "one");
                statement.setString(2, "two");
                statement.execute();
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT string_agg(param || param_value || origin, ' ' ORDER BY param) FROM registry.params")) {
                assertThat(firstRow(statement, values())).isEqualTo("?1oneBOUND ?2twoBOUND");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void theTimeOfASnapshotMayBeAParameter(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATASET x AS SELECT 'old' AS a");
            Timestamp between;
            try (ResultSet time = statement.executeQuery("SELECT max(created_at) FROM registry.versions")) {
                time.next();
                // A stock client carries milliseconds only.
                between = new Timestamp(time.getTimestamp(1).getTime() + 1);
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT a FROM x FOR SYSTEM_TIME AS OF ?")) {
                assertThat(types(query)).containsExactly("TIMESTAMP");
                query.setTimestamp(1, between);
                String before = first(query);
                while (!now(statement).after(between)) {
                    Thread.onSpinWait();
                }
                statement.execute("CREATE OR REPLACE DATASET x AS SELECT 'new' AS a");
                assertThat(before).isEqualTo("old");
                assertThat(first(query)).isEqualTo("old");
                query.setTimestamp(1, Timestamp.valueOf("2999-01-01 00:00:00"));
                assertThat(first(query)).isEqualTo("new");
                query.setTimestamp(1, Timestamp.valueOf("1999-01-01 00:00:00"));
                assertThatThrownBy(() -> first(query)).hasMessageContaining("Cannot find version as of 1999-01-01");
            }
        }
    }

    private static Timestamp now(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return row.getTimestamp(1);
        }
    }

    private static List<String> types(PreparedStatement statement) throws SQLException {
        ParameterMetaData parameters = statement.getParameterMetaData();
        List<String> result = new ArrayList<>();
        for (int i = 1; i <= parameters.getParameterCount(); i++) {
            result.add(parameters.getParameterTypeName(i));
        }
        return result;
    }

    private static String firstRow(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return first(statement);
    }

    private static String first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                cells.add(rows.getString(i));
            }
            return String.join("|", cells);
        }
    }
}
