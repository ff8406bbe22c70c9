// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The query's vector of a similarity search as a parameter. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class VectorParametersTest {
    private static final String NEAREST = "SELECT id, l2_distance(e, ?) AS l FROM points ORDER BY l LIMIT 1";

    @TempDir
    private Path folder;

    private interface Setting {
        void set(PreparedStatement statement) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OWN_REMOTE"})
    void aVectorMayComeInEveryForm(Client client) throws Exception {
        List<Setting> settings = List.of(
                statement -> statement.setObject(1, new float[] {3, 5}),
                statement -> statement.setObject(1, new double[] {3, 5}),
                statement -> statement.setObject(1, List.of(3f, 5f)),
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("REAL", new Object[] {3f, 5f})),
                statement -> statement.setArray(
                        1, statement.getConnection().createArrayOf("DOUBLE", new Object[] {3.0, 5.0})),
                statement -> statement.setObject(1, "[3, 5]"));
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            deposit(connection);
            for (int i = 0; i < settings.size(); i++) {
                try (PreparedStatement nearest = connection.prepareStatement(NEAREST)) {
                    assertThat(nearest.getParameterMetaData().getParameterTypeName(1))
                            .isEqualTo("REAL ARRAY");
                    settings.get(i).set(nearest);
                    assertThat(first(nearest)).as("form %d", i).isEqualTo("3|1.0");
                }
            }
        }
    }

    /** Stock clients have no form for it but text. */
    @ParameterizedTest
    @EnumSource(Client.class)
    void aVectorMayComeAsText(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            deposit(connection);
            try (PreparedStatement nearest = connection.prepareStatement(NEAREST)) {
                nearest.setString(1, "[3, 5]");
                assertThat(first(nearest)).isEqualTo("3|1.0");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aVectorOfAnotherLengthOrOfTextIsRefused(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection connection = place.connect()) {
            deposit(connection);
            try (PreparedStatement nearest = connection.prepareStatement(NEAREST)) {
                nearest.setObject(1, "[1, 2, 3]");
                assertThatThrownBy(() -> first(nearest))
                        .hasMessageContaining(
                                "Cannot call euclidean_distance: the arrays have different lengths (2 and 3)");
                nearest.setObject(1, "[1, x]");
                assertThatThrownBy(() -> first(nearest)).hasMessageContaining("Cannot set parameter 1");
                nearest.setObject(1, null);
                assertThat(first(nearest)).endsWith("|null");
            }
        }
    }

    private static void deposit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATASET points AS SELECT id, CAST(e AS REAL ARRAY) AS e"
                    + " FROM (VALUES (1, ARRAY[1, 0]), (2, ARRAY[0, 1]), (3, ARRAY[3, 4])) AS v(id, e)");
        }
    }

    private static String first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1) + "|" + rows.getString(2);
        }
    }
}
