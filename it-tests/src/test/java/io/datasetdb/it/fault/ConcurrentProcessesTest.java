// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that deposit the same dataset at once, while others read it and collect garbage. */
class ConcurrentProcessesTest {
    private static final int ROUNDS = 25;
    private static final int PROCESSES = 2;

    @TempDir
    Path folder;

    @Test
    void everyDepositGetsANumberOfItsOwnAndReadersSeeWholeVersions() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        Path errors = folder.resolve("errors");
        ChildJvm children = ChildJvm.in(folder);
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse)) {
            try (Statement statement = connection.createStatement()) {
                Depositor.execute(statement, Round.NUMBERS);
                Depositor.execute(statement, new Round(0, 0).sql("shared"));
            }
            List<Process> processes = new ArrayList<>();
            try {
                for (int i = 1; i <= PROCESSES; i++) {
                    processes.add(children.start(
                            Depositor.class, errors, warehouse.toString(), "" + i, "" + ROUNDS, "-", "shared"));
                }
                List<BufferedReader> outputs =
                        processes.stream().map(Process::inputReader).toList();
                for (BufferedReader output : outputs) {
                    assertThat(output.readLine()).as(Files.readString(errors)).isEqualTo(Depositor.READY);
                }
                for (Process process : processes) {
                    process.outputWriter().append('\n').flush();
                }
                do {
                    readWholeVersion(connection);
                } while (processes.stream().anyMatch(Process::isAlive));
                check(warehouse, connection, outputs, errors);
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
        }
    }

    /**
     * Each deposit drops the version before, whose files a process of its own removes as soon as nobody reads them, while
     * readers of a third process may be at them.
     */
    @Test
    void whatIsCollectedMeanwhileIsNothingThatSomebodyUses() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        Path errors = folder.resolve("errors");
        ChildJvm children = ChildJvm.in(folder);
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse)) {
            try (Statement statement = connection.createStatement();
                    Registry registry = Registry.open(warehouse)) {
                Depositor.execute(statement, Round.NUMBERS);
                Depositor.execute(statement, new Round(0, 0).sql("shared"));
                registry.setRetention(DatasetName.of("shared"), OptionalLong.of(1));
            }
            Process collector = children.start(Collector.class, errors, warehouse.toString());
            Process depositor =
                    children.start(Depositor.class, errors, warehouse.toString(), "1", "" + ROUNDS, "-", "shared");
            try (BufferedReader collected = collector.inputReader();
                    BufferedReader deposited = depositor.inputReader()) {
                assertThat(collected.readLine()).as(Files.readString(errors)).isEqualTo(Collector.COLLECTED);
                assertThat(deposited.readLine()).as(Files.readString(errors)).isEqualTo(Depositor.READY);
                depositor.outputWriter().append('\n').flush();
                do {
                    readWholeVersion(connection);
                } while (depositor.isAlive());
                assertThat(deposited.lines()).as(Files.readString(errors)).hasSize(ROUNDS);
                collector.outputWriter().append('\n').flush();
                assertThat(collector.waitFor()).as(Files.readString(errors)).isZero();
            } finally {
                collector.destroyForcibly();
                depositor.destroyForcibly();
            }
            try (Registry registry = Registry.open(warehouse)) {
                new GarbageCollection(registry, Duration.ZERO).collect(Progress.NONE);
            }
            WarehouseAudit audit = new WarehouseAudit(warehouse, connection);
            assertThat(audit.readVersions(Set.of()))
                    .containsOnlyKeys("main.public.numbers@1.0.0", "main.public.shared@1.0." + ROUNDS)
                    .containsValue(new Round(1, ROUNDS - 1).checksum());
            assertThat(audit.unfinishedFolders()).isZero();
        }
    }

    private static void check(Path warehouse, Connection connection, List<BufferedReader> outputs, Path errors)
            throws Exception {
        Map<String, String> given = new HashMap<>();
        for (BufferedReader output : outputs) {
            List<Ack> acks = output.lines().map(Ack::parse).toList();
            assertThat(acks).as(Files.readString(errors)).hasSize(ROUNDS);
            for (Ack ack : acks) {
                assertThat(given.put(ack.version(), ack.checksum()))
                        .as("%s was given twice", ack)
                        .isNull();
            }
        }
        WarehouseAudit audit = new WarehouseAudit(warehouse, connection);
        Map<String, String> read = audit.readVersions(Set.of());
        assertThat(read).containsAllEntriesOf(given);
        // numbers, and the version from which the others set out
        assertThat(read).hasSize(PROCESSES * ROUNDS + 2);
        assertThat(audit.unfinishedFolders()).isZero();
        assertThat(audit.jobs()).containsExactlyInAnyOrderEntriesOf(Map.of("COMPLETE", PROCESSES * ROUNDS + 2));
    }

    /** The rows of whatever is the latest version now are those of one round, all of them. */
    private static void readWholeVersion(Connection connection) throws Exception {
        RowsChecksum checksum = new RowsChecksum();
        Round round = null;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM shared")) {
            while (rows.next()) {
                if (round == null) {
                    round = new Round(rows.getInt("run"), rows.getInt("round"));
                }
                checksum.add(rows);
            }
        }
        assertThat(round).as("a version has rows").isNotNull();
        assertThat(checksum.value()).as("%s", round).isEqualTo(round.checksum());
    }
}
