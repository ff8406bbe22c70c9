// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ending what runs: queries and deposits that would take hours. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CancelTest {
    private static final String LONG_QUERY =
            "WITH d AS (SELECT * FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS v(x)),"
                    + " m AS (SELECT a.x FROM d AS a, d AS b, d AS c, d AS e, d AS f)"
                    + " SELECT a.x + b.x AS s FROM m AS a, m AS b, m AS c WHERE a.x + b.x + c.x > 1000";
    private static final String LONG_DEPOSIT = "CREATE DATASET hours AS " + LONG_QUERY;

    @TempDir
    private Path folder;

    private static SQLException failure(Statement statement, String sql) {
        try {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows != null && rows.next()) {
                        // Read to the end, which is far away.
                    }
                }
            }
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    /** Waits until the deposit is under way, which its job says. */
    private static void awaitJob(Connection connection, String state) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM registry.jobs WHERE state = '"
                        + state + "' AND statement LIKE '%hours%'")) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        return;
                    }
                }
            }
        }
    }

    private static void assertNothingWasDeposited(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM registry.datasets")) {
            assertThat(rows.next()).isFalse();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATASET hours AS SELECT 1 AS x");
            try (ResultSet rows =
                    statement.executeQuery("SELECT version FROM registry.versions WHERE name = 'hours'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("1.0.0");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OWN_REMOTE"})
    void cancelEndsADepositAndLeavesNothing(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Connection watcher = place.connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> ended =
                    CompletableFuture.supplyAsync(() -> failure(statement, LONG_DEPOSIT));
            awaitJob(watcher, "RUNNING");
            statement.cancel();
            assertThat(ended.get(60, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
            awaitJob(watcher, "CANCELLED");
            assertNothingWasDeposited(connection);
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void closingTheConnectionEndsADepositAndLeavesNothing(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection watcher = place.connect()) {
            Connection connection = place.connect();
            Statement statement = connection.createStatement();
            CompletableFuture<SQLException> ended =
                    CompletableFuture.supplyAsync(() -> failure(statement, LONG_DEPOSIT));
            awaitJob(watcher, "RUNNING");
            connection.close();
            // How the call ends is the client's business: stock ones may trip over an assertion of their own.
            ended.handle((result, thrown) -> null).get(60, TimeUnit.SECONDS);
            awaitJob(watcher, "CANCELLED");
            assertNothingWasDeposited(watcher);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OWN_REMOTE"})
    void theTimeOutEndsQueriesAndDeposits(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(failure(statement, LONG_QUERY).getSQLState()).isEqualTo("57014");
            assertThat(failure(statement, LONG_DEPOSIT).getSQLState()).isEqualTo("57014");
            statement.setQueryTimeout(0);
            assertNothingWasDeposited(connection);
        }
    }

    /** Closing the last connection closes the engine: not under the hands of what still runs. */
    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED"})
    void closingTheLastConnectionEndsItsDepositInOneSentence(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"))) {
            Connection connection = place.connect();
            Statement statement = connection.createStatement();
            CompletableFuture<SQLException> ended =
                    CompletableFuture.supplyAsync(() -> failure(statement, LONG_DEPOSIT));
            try (Connection watcher = place.connect()) {
                awaitJob(watcher, "RUNNING");
            }
            connection.close();
            assertThat(ended.get(60, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
            try (Connection next = place.connect()) {
                awaitJob(next, "CANCELLED");
                assertNothingWasDeposited(next);
            }
        }
    }
}
