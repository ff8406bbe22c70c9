// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** INSERT, UPDATE, DELETE and MERGE as JDBC programs run them: parameters, update counts, batches, time-outs. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ChangesTest {
    @TempDir
    private Path folder;

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                result.add(rows.getString(1));
            }
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void updateCountsAreChangedRows(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            int made = statement.executeUpdate("CREATE TABLE d (id INTEGER NOT NULL, name VARCHAR, day DATE)");
            int inserted = statement.executeUpdate("INSERT INTO d (id) VALUES (1), (2), (3)");
            boolean hasCounts = client == Client.EMBEDDED || client == Client.OWN_REMOTE;
            // To a stock client's statement that is not prepared the answer is the row, which has no count beside it.
            assertThat(made).isEqualTo(hasCounts ? 0 : -1);
            assertThat(inserted).isEqualTo(hasCounts ? 3 : -1);
            assertThat(statement.execute("UPDATE d SET name = 'x' WHERE id > 1"))
                    .isTrue();
            try (ResultSet row = statement.getResultSet()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong("rows")).isEqualTo(2);
            }
            statement.executeUpdate("UPDATE d SET name = NULL");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO d VALUES (?, ?, ?)")) {
                insert.setInt(1, 4);
                insert.setNull(2, Types.VARCHAR);
                insert.setDate(3, Date.valueOf("2024-02-29"));
                assertThat(insert.executeUpdate()).isEqualTo(1);
                insert.setInt(1, 5);
                insert.setString(2, "five");
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement update = connection.prepareStatement("UPDATE d SET name = ? WHERE id < ?")) {
                update.setString(1, "few");
                update.setInt(2, 4);
                assertThat(update.executeUpdate()).isEqualTo(3);
            }
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM d WHERE id = ?")) {
                delete.setInt(1, 99);
                assertThat(delete.executeUpdate()).isZero();
                delete.setInt(1, 1);
                assertThat(delete.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement merge =
                    connection.prepareStatement("MERGE INTO d USING (VALUES (?, ?)) AS s(id, name)"
                            + " ON d.id = CAST(s.id AS INTEGER) WHEN MATCHED THEN UPDATE SET name = s.name"
                            + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (CAST(s.id AS INTEGER), s.name)")) {
                merge.setString(1, "2");
                merge.setString(2, "merged");
                assertThat(merge.executeUpdate()).isEqualTo(1);
            }
            assertThat(rows(connection, "SELECT id || ':' || COALESCE(name, '-') FROM d"))
                    .containsExactly("2:merged", "3:few", "4:-", "5:five");
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void batchesInsertEachOfTheirRows(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE d (id INTEGER NOT NULL, name VARCHAR)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO d VALUES (?, ?)")) {
                for (int i = 0; i < 5; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "n" + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
            }
            statement.addBatch("UPDATE d SET name = 'x' WHERE id > 2");
            statement.addBatch("DELETE FROM d WHERE id = 0");
            assertThat(statement.executeBatch()).containsExactly(2, 1);
            assertThat(rows(connection, "SELECT id || name FROM d")).containsExactly("1n1", "2n2", "3x", "4x");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OWN_REMOTE"})
    void timeOutEndsAnUpdateAndLeavesNothing(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE DATASET d AS SELECT 1 AS n");
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeUpdate(
                            "UPDATE d SET n = (SELECT count(*) FROM generate_series(1, 100000) AS a(i),"
                                    + " generate_series(1, 100000) AS b(j) WHERE i * j = n)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(rows(connection, "SELECT version FROM registry.versions"))
                    .containsExactly("1.0.0");
            assertThat(statement.executeUpdate("UPDATE d SET n = 2")).isEqualTo(1);
            assertThat(rows(connection, "SELECT n FROM d")).containsExactly("2");
        }
    }
}
