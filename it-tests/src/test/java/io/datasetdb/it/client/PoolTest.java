// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real pool on every driver. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PoolTest {
    @TempDir
    private Path folder;

    private static HikariConfig config(Place place) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(place.url());
        config.setUsername("tester");
        config.setMaximumPoolSize(3);
        config.setConnectionTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setPoolName("pool-" + place.client());
        if (!place.client().isOurs()) {
            config.setDriverClassName("org.apache.calcite.avatica.remote.Driver");
        }
        return config;
    }

    private static int one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void severalThreadsShareItsConnections(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                HikariDataSource pool = new HikariDataSource(config(place))) {
            List<CompletableFuture<Integer>> sums = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> borrowed(pool, i)))
                    .toList();
            for (int i = 0; i < sums.size(); i++) {
                assertThat(sums.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i + 1);
            }
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isBetween(1, 3);
        }
    }

    private static int borrowed(HikariDataSource pool, int i) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS INTEGER) + 1 AS x")) {
            statement.setInt(1, i);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whatABorrowerSetsIsGoneForTheNext(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"))) {
            HikariConfig config = config(place);
            config.setMaximumPoolSize(1);
            config.setCatalog("main");
            config.setSchema("public");
            try (HikariDataSource pool = new HikariDataSource(config)) {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE PROJECT main.other");
                    connection.setSchema("other");
                    connection.setReadOnly(true);
                    connection.setAutoCommit(false);
                    connection.setNetworkTimeout(Runnable::run, 60_000);
                    statement.setQueryTimeout(30);
                    statement.setMaxRows(1);
                    connection.commit();
                }
                try (Connection connection = pool.getConnection()) {
                    assertThat(connection.getSchema()).isEqualTo("public");
                    assertThat(connection.isReadOnly()).isFalse();
                    assertThat(connection.getAutoCommit()).isTrue();
                    assertThat((Object) connection.getWarnings()).isNull();
                    assertThat(connection.isValid(60)).isTrue();
                    assertThat(one(connection, "SELECT count(*) FROM (VALUES (1), (2)) AS v(x)"))
                            .isEqualTo(2);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aReadOnlyPoolOnlyReads(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"))) {
            HikariConfig config = config(place);
            config.setReadOnly(true);
            try (HikariDataSource pool = new HikariDataSource(config);
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(one(connection, "SELECT 1")).isEqualTo(1);
                assertThatThrownBy(() -> statement.execute("CREATE DATASET t AS SELECT 1 AS x"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("25006"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OWN_REMOTE"})
    void aRequestLeavesNothingBehindEvenWhatAStatementSet(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            connection.beginRequest();
            statement.execute("CREATE PROJECT main.other");
            statement.execute("USE main.other");
            connection.setReadOnly(true);
            assertThat(connection.getSchema()).isEqualTo("other");
            connection.endRequest();
            assertThat(connection.getSchema()).isEqualTo("public");
            assertThat(connection.isReadOnly()).isFalse();
            statement.execute("CREATE DATASET t AS SELECT 1 AS x");
        }
    }
}
