// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every registry that a release ever wrote can be opened; each is kept as the SQL that makes it. */
class OlderFormatsTest {
    @TempDir
    private Path folder;

    private void restore(String dump) throws Exception {
        Files.writeString(folder.resolve("WAREHOUSE"), "DatasetDB warehouse, format 1\n");
        try (InputStream script = OlderFormatsTest.class.getResourceAsStream(dump);
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA journal_mode = WAL");
            statement.executeUpdate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "format-1.sql")
    void registryOfAnOlderReleaseIsReadAndGrows(String dump) throws Exception {
        restore(dump);
        DatasetName photos = DatasetName.of("photos");
        try (Registry registry = Registry.open(folder)) {
            assertThat(registry.datasets())
                    .extracting(dataset -> dataset.name() + "@" + dataset.latestVersion())
                    .containsExactly("lab.bench.Grown@1.0.0", "main.public.photos@1.1.0", "main.public.thumbs@1.0.0");
            Dataset dataset = registry.dataset(photos).orElseThrow();
            assertThat(dataset.comment()).isEqualTo("what was found");
            assertThat(dataset.labels()).isEqualTo(Map.of("team", "vision", "stage", "raw"));
            assertThat(dataset.columnComments()).isEqualTo(Map.of("path", "where it is"));
            DatasetVersion version = registry.resolve(photos, VersionSelector.LATEST);
            assertThat(version.files()).hasSize(1);
            assertThat(version.statistics()).isNotEmpty();
            assertThat(version.schema().fields())
                    .extracting(field -> field.name())
                    .containsExactly("id", "path", "score", "pair");
            assertThat(version.provenance().dependencies()).hasSize(1);
            assertThat(registry.lineage(photos, VersionSelector.parse("1.0.0"), Direction.DOWN, 9))
                    .extracting(row -> String.valueOf(row.node()))
                    .contains("main.public.photos@1.1.0", "main.public.thumbs@1.0.0", "main.public.gone@1.0.0");
            for (SystemTable table : SystemTables.all()) {
                assertThat(Deposits.rows(registry, table.name()))
                        .as(table.name())
                        .isNotNull();
            }
            assertThat(Deposits.rows(registry, "versions")).hasSize(5);
            assertThat(Deposits.rows(registry, "jobs")).isNotEmpty();
            assertThat(Deposits.deposit(registry, "photos").version()).hasToString("1.1.1");
            assertThat(Deposits.deposit(registry, "gone").version()).hasToString("1.0.1");
        }
    }
}
