// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.it.script.Client;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of many Java types for parameters of many SQL types. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BoundValuesTest {
    private static final String ID = "b3a1f0c2-0000-4000-8000-00000000abcd";

    @TempDir
    private Path folder;

    /** A query, the values of its parameters, and its rows. */
    private record Query(String sql, List<Object> values, String rows) {
        static Query of(String sql, String rows, Object... values) {
            return new Query(sql, new ArrayList<>(java.util.Arrays.asList(values)), rows);
        }
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static final List<Query> NUMBERS = List.of(
            // Integers and fractions.
            Query.of("SELECT count(*) FROM n WHERE i = ?", "0", 1.5),
            Query.of("SELECT count(*) FROM n WHERE i = ?", "1", 2.0),
            Query.of("SELECT count(*) FROM n WHERE i <> ?", "3", decimal("1.5")),
            Query.of("SELECT i FROM n WHERE i > ? ORDER BY i", "2 3", 1.5),
            Query.of("SELECT i FROM n WHERE i >= ? ORDER BY i", "2 3", decimal("1.5")),
            Query.of("SELECT i FROM n WHERE i < ? ORDER BY i", "1 2", decimal("2.000000001")),
            Query.of("SELECT i FROM n WHERE ? < i ORDER BY i", "2 3", 1.5f),
            Query.of("SELECT i FROM n WHERE i BETWEEN ? AND ? ORDER BY i", "2", 1.5, 2.5),
            Query.of("SELECT i FROM n WHERE i BETWEEN ? AND ? ORDER BY i", "2 3", decimal("1.5"), 3),
            Query.of("SELECT i FROM n WHERE i IN (?, 2) ORDER BY i", "2", 1.5),
            Query.of("SELECT i FROM n WHERE i NOT IN (?, ?) ORDER BY i", "1 2", decimal("1.5"), 3),
            Query.of("SELECT i FROM n WHERE i = ? OR t = ? ORDER BY i", "3", 1.5, 3L),
            // Out of range.
            Query.of("SELECT count(*) FROM n WHERE i = ?", "0", 5_000_000_000L),
            Query.of("SELECT count(*) FROM n WHERE t < ?", "3", 300),
            Query.of("SELECT count(*) FROM n WHERE b < ?", "3", new BigInteger("99999999999999999999")),
            Query.of("SELECT count(*) FROM n WHERE b > ?", "0", decimal("1E+30")),
            Query.of("SELECT count(*) FROM n WHERE i < ?", "3", 1e300),
            // Written out, they would be a billion digits.
            Query.of("SELECT count(*) FROM n WHERE i < ?", "3", decimal("1E+1000000000")),
            Query.of("SELECT count(*) FROM n WHERE d < ?", "3", decimal("1E+1000000000")),
            Query.of("SELECT count(*) FROM n WHERE i > ?", "3", decimal("1E-1000000000")),
            Query.of("SELECT count(*) FROM n WHERE d > ?", "3", decimal("1E-1000000000")),
            Query.of("SELECT count(*) FROM n WHERE b = ?", "1", 9007199254740993L),
            // Decimals of a longer scale.
            Query.of("SELECT count(*) FROM n WHERE d = ?", "0", decimal("7.777")),
            Query.of("SELECT count(*) FROM n WHERE d = ?", "1", decimal("7.770")),
            Query.of("SELECT count(*) FROM n WHERE d = ?", "1", 7.77),
            Query.of("SELECT count(*) FROM n WHERE d < ?", "2", decimal("7.7700000000001")),
            Query.of("SELECT count(*) FROM n WHERE d < ?", "1", decimal("7.7699999999999")),
            Query.of("SELECT count(*) FROM n WHERE d IN (?, 1.11)", "1", decimal("7.774")),
            Query.of("SELECT count(*) FROM n WHERE d IN (?, 7.77)", "1", decimal("7.768")),
            Query.of("SELECT count(*) FROM n WHERE d IN (?, 7.77)", "2", decimal("1.11")),
            // Arithmetic.
            Query.of("SELECT i + ? FROM n ORDER BY i", "2.5 3.5 4.5", 1.5),
            Query.of("SELECT i * ? FROM n WHERE i = 3", "4.500000000", decimal("1.5")),
            Query.of("SELECT i + ? FROM n WHERE i = 3", "4", 1),
            Query.of("SELECT i + ? FROM n WHERE i = 3", "5000000003", 5_000_000_000L),
            Query.of("SELECT count(*) FROM n GROUP BY i + ? HAVING count(*) > ?", "1 1 1", 0.5, 0.5));

    @ParameterizedTest
    @EnumSource(Client.class)
    void aNumberThatDoesNotFitItsPlaceIsComputedWithAsItIs(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            numbers(connection);
            for (Query query : NUMBERS) {
                check(client, connection, query);
            }
        }
    }

    private static void check(Connection connection, Query query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            assertThat(rows(statement, query.values()))
                    .as(query.sql() + " " + query.values())
                    .isEqualTo(query.rows());
        }
    }

    private static void numbers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATASET n AS SELECT CAST(i AS INTEGER) AS i, CAST(i AS TINYINT) AS t,"
                    + " CAST(d AS DECIMAL(10, 2)) AS d, CAST(b AS BIGINT) AS b"
                    + " FROM (VALUES (1, 1.11, 1), (2, 7.77, 9007199254740993), (3, 9.99, 3)) v(i, d, b)");
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void oneStatementTakesValuesThatFitAndSuchThatDoNot(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            numbers(connection);
            try (PreparedStatement query = connection.prepareStatement("SELECT i + ? FROM n WHERE i = 2")) {
                for (int round = 0; round < 3; round++) {
                    assertThat(rows(query, List.of(1))).isEqualTo("3");
                    assertThat(rows(query, List.of(1.25))).isEqualTo("3.25");
                    query.setDouble(1, 1.5);
                    try (ResultSet row = query.executeQuery()) {
                        assertThat(row.getMetaData().getColumnTypeName(1)).isEqualTo("DOUBLE");
                        assertThat(row.next()).isTrue();
                        assertThat(row.getDouble(1)).isEqualTo(3.5);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aDepositWithSuchAValueIsReproduced(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            numbers(connection);
            for (Object value : List.of(
                    1.5, decimal("1.5"), decimal("2.50"), 2, 5_000_000_000L, 1e10, 1e20, decimal("1E+20"), 1.0 / 3)) {
                try (PreparedStatement deposit = connection.prepareStatement(
                        "CREATE OR REPLACE DATASET x AS SELECT i + ? AS s, d + ? AS t FROM n WHERE i < ?")) {
                    deposit.setObject(1, value);
                    deposit.setObject(2, value);
                    deposit.setObject(3, value);
                    deposit.execute();
                }
                try (ResultSet row = statement.executeQuery("REPRODUCE DATASET x")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getBoolean("identical")).as(value.toString()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aNumberIsInsertedAsALiteralIs(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE x (i INTEGER, d DECIMAL(10, 2))");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO x VALUES (?, ?), (?, 2)")) {
                insert.setObject(1, 1.5);
                insert.setObject(2, decimal("1.005"));
                insert.setObject(3, 3);
                insert.execute();
                insert.setObject(1, 5_000_000_000L);
                assertThatThrownBy(insert::execute)
                        .hasMessageContaining("Cannot cast 5000000000 to INTEGER: it is out of range");
            }
            try (ResultSet row = statement.executeQuery("SELECT string_agg(concat(i, ' ', d), ', ') FROM x")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("2 1.01, 3 2.00");
            }
            String limited = "SELECT i FROM x ORDER BY i LIMIT ?";
            check(connection, Query.of(limited, "2 3", 5_000_000_000L));
            assertThatThrownBy(() -> check(connection, Query.of(limited, "", 1.5)))
                    .hasMessageContaining("Cannot apply LIMIT: it must be a whole number (1.5)");
        }
    }

    private static final List<Query> VALUES = List.of(
            Query.of("SELECT count(*) FROM v WHERE d = ?", "1", LocalDate.of(2024, 2, 29)),
            Query.of("SELECT count(*) FROM v WHERE d = ?", "1", "2024-02-29"),
            Query.of("SELECT count(*) FROM v WHERE d = ?", "1", java.sql.Date.valueOf("2024-02-29")),
            Query.of("SELECT count(*) FROM v WHERE ts = ?", "1", LocalDateTime.of(2024, 2, 29, 12, 30)),
            Query.of("SELECT count(*) FROM v WHERE ts = ?", "1", Instant.parse("2024-02-29T12:30:00Z")),
            Query.of("SELECT count(*) FROM v WHERE ts = ?", "1", "2024-02-29 12:30:00"),
            Query.of("SELECT count(*) FROM v WHERE ts > ?", "1", LocalDate.of(2024, 2, 29)),
            Query.of("SELECT count(*) FROM v WHERE tm = ?", "1", LocalTime.of(12, 30)),
            Query.of("SELECT count(*) FROM v WHERE tm = ?", "1", "12:30:00"),
            Query.of("SELECT count(*) FROM v WHERE u = ?", "1", UUID.fromString(ID)),
            Query.of("SELECT count(*) FROM v WHERE u = ?", "1", ID),
            Query.of("SELECT count(*) FROM v WHERE i = ?", "1", "7"),
            Query.of("SELECT count(*) FROM v WHERE i = ?", "1", (byte) 7),
            Query.of("SELECT count(*) FROM v WHERE i = ?", "1", (short) 7),
            Query.of("SELECT count(*) FROM v WHERE i = ?", "1", BigInteger.valueOf(7)),
            Query.of("SELECT count(*) FROM v WHERE i = ?", "1", decimal("7.00")),
            Query.of("SELECT count(*) FROM v WHERE i = ?", "0", (Object) null),
            Query.of("SELECT count(*) FROM v WHERE i IS NOT DISTINCT FROM ?", "0", (Object) null),
            Query.of("SELECT count(*) FROM v WHERE f = ?", "1", true),
            Query.of("SELECT count(*) FROM v WHERE f = ?", "1", "true"),
            Query.of("SELECT count(*) FROM v WHERE f = ?", "1", 1),
            Query.of("SELECT count(*) FROM v WHERE x = ?", "1", new byte[] {1, 2}),
            Query.of("SELECT count(*) FROM v WHERE s = ?", "1", "7"),
            Query.of("SELECT count(*) FROM v WHERE s = ?", "1", 7),
            Query.of("SELECT count(*) FROM v WHERE r = ?", "1", 0.5f),
            Query.of("SELECT count(*) FROM v WHERE r = ?", "1", 0.5));

    @ParameterizedTest
    @EnumSource(Client.class)
    void aValueIsOfTheTypeOfWhatItIsComparedWith(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            values(connection);
            for (Query query : VALUES) {
                check(client, connection, query);
            }
        }
    }

    private static void check(Client client, Connection connection, Query query) throws SQLException {
        if (client.isOurs() || query.values().stream().noneMatch(BoundValuesTest::isUnknownToAvatica)) {
            check(connection, query);
        }
    }

    /** What a stock client cannot send. */
    private static boolean isUnknownToAvatica(Object value) {
        return value instanceof java.time.temporal.Temporal || value instanceof UUID || value instanceof BigInteger;
    }

    private static void values(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE DATASET v AS SELECT DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 12:30:00' AS ts,"
                            + " TIME '12:30:00' AS tm, CAST('" + ID
                            + "' AS UUID) AS u, 7 AS i, true AS f, X'0102' AS x, '7' AS s,"
                            + " CAST(0.5 AS REAL) AS r, CAST(ARRAY[1, 2] AS REAL ARRAY) AS e");
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aTextThatIsNoSuchValueIsRefused(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            values(connection);
            for (String column : List.of("d", "ts", "tm", "u", "i", "f", "r", "x")) {
                try (PreparedStatement query =
                        connection.prepareStatement("SELECT count(*) FROM v WHERE " + column + " = ?")) {
                    query.setString(1, "zebra");
                    assertThatThrownBy(query::executeQuery)
                            .as(column)
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("Cannot set parameter 1: the value is no ")
                            .hasMessageContaining("(zebra)");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"EMBEDDED", "OWN_REMOTE"})
    void listsAndArraysAreArrays(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            values(connection);
            for (Object value : List.of(new float[] {1, 2}, List.of(1, 2), new Float[] {1f, 2f}, new double[] {1, 2})) {
                check(connection, Query.of("SELECT count(*) FROM v WHERE e = ?", "1", value));
            }
            check(connection, Query.of("SELECT count(*) FROM v WHERE i = ANY(?)", "1", List.of(6, 7)));
        }
    }

    private static String rows(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        try (ResultSet rows = statement.executeQuery()) {
            List<String> cells = new ArrayList<>();
            while (rows.next()) {
                cells.add(rows.getString(1));
            }
            return String.join(" ", cells);
        }
    }
}
