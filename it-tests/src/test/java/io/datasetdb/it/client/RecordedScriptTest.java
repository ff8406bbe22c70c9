// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.script.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The property {@code source} of a connection: the client's script, kept verbatim with every deposit. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class RecordedScriptTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"EMBEDDED", "OWN_REMOTE"})
    void theScriptIsKeptVerbatimWithEveryDeposit(Client client) throws Exception {
        String text = "# größe\nconnection.execute('…')\n";
        Path script = Files.writeString(folder.resolve("job.py"), text);
        Properties properties = new Properties();
        properties.setProperty("user", "tester");
        properties.setProperty("source", script.toString());
        try (Place place = Place.open(client, folder.resolve("warehouse"));
                Connection connection = DriverManager.getConnection(place.url(), properties);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATASET a AS SELECT 1 AS x");
            statement.execute("INSERT INTO a SELECT 2");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT script, script_name, statement FROM registry.versions WHERE name = 'a' ORDER BY version")) {
                for (String deposit : new String[] {"CREATE DATASET a AS SELECT 1 AS x", "INSERT INTO a SELECT 2"}) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(text);
                    assertThat(rows.getString(2)).endsWith("job.py");
                    assertThat(rows.getString(3)).isEqualTo(deposit);
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }
}
