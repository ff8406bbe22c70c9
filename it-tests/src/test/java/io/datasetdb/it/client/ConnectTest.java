// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the properties of a connection lead. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConnectTest {
    @TempDir
    private Path folder;

    private static Connection connect(Place place, String... pairs) throws SQLException {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return DriverManager.getConnection(place.url(), properties);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OWN_REMOTE"})
    void aConnectionBeginsInAProjectThatIsThere(Client client) throws Exception {
        try (Place place = Place.open(client, folder.resolve("w"));
                Connection first = place.connect();
                Statement statement = first.createStatement()) {
            statement.execute("CREATE NAMESPACE lab");
            statement.execute("CREATE PROJECT lab.x_ray");
            try (Connection whole = connect(place, "namespace", "LAB", "project", "x_Ray");
                    Connection half = connect(place, "namespace", "lab")) {
                assertThat(whole.getCatalog()).isEqualTo("lab");
                assertThat(whole.getSchema()).isEqualTo("x_ray");
                assertThat(half.getSchema()).isEqualTo("x_ray");
            }
            assertThatThrownBy(() -> connect(place, "namespace", "lab", "project", "xray"))
                    .hasMessage("Cannot use project lab.xray: there is no such project, did you mean x_ray?")
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3F000"));
            assertThatThrownBy(() -> connect(place, "namespace", "labs"))
                    .hasMessage("Cannot use project labs.public: there is no such namespace, did you mean lab?");
            assertThatThrownBy(() -> connect(place, "project", "nowhere"))
                    .hasMessage("Cannot use project main.nowhere: there is no such project");
        }
    }
}
