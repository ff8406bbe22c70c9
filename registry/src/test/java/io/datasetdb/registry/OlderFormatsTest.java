// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @ValueSource(strings = "format-1.sql")
    void whatLaterReleasesBroughtWorksOnIt(String dump) throws Exception {
        restore(dump);
        DatasetName photos = DatasetName.of("photos");
        try (Registry registry = Registry.open(folder)) {
            assertThat(registry.retention(photos)).isEmpty();
            registry.setRetention(photos, OptionalLong.of(1));
            Deposits.deposit(registry, "photos");
            assertThat(registry.versions(photos))
                    .filteredOn(version -> version.state() == VersionState.COMPLETE)
                    .hasSize(1);
            assertThat(new GarbageCollection(registry, Duration.ofDays(-1)).collect(Progress.NONE))
                    .extracting(Garbage::kind)
                    .contains(Garbage.Kind.DROPPED);
        }
        assertThat(migrations()).as("each once").doesNotHaveDuplicates().contains("1", "7");
    }

    @Test
    void readOnlyRegistryOfAnOlderReleaseSaysWhatToDo() throws Exception {
        restore("format-1.sql");
        Failures.assertFails(
                () -> Registry.openReadOnly(folder),
                RegistryError.READ_ONLY,
                "25006",
                "Cannot migrate the registry: the warehouse is read-only");
        assertThat(migrations()).containsExactly("1");
    }

    @Test
    void processesThatMigrateAtOnceDoSoOnce() throws Exception {
        restore("format-1.sql");
        int each = 3;
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                processes.add(DepositingProcess.start(folder, "photos", each));
            }
            for (Process process : processes) {
                try (BufferedReader output = process.inputReader()) {
                    assertThat(output.readLine()).isEqualTo("ready");
                    process.outputWriter().append('\n').flush();
                    assertThat(output.lines()).hasSize(each);
                    assertThat(process.waitFor()).isZero();
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(migrations()).doesNotHaveDuplicates();
        try (Registry registry = Registry.open(folder)) {
            assertThat(registry.resolve(DatasetName.of("photos"), VersionSelector.LATEST)
                            .version())
                    .hasToString("1.1." + 3 * each);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
    }

    private List<String> migrations() throws Exception {
        List<String> versions = new ArrayList<>();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank")) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        return versions;
    }
}
