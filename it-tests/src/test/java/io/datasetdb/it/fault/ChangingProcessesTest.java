// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that insert into, update and deposit the same datasets at once: nobody sees an error, nothing is lost. */
class ChangingProcessesTest {
    private static final long SEED = Long.getLong("datasetdb.fault.seed", 20261122);

    @TempDir
    static Path programs;

    private static ChildJvm children;

    @TempDir
    Path folder;

    @BeforeAll
    static void packPrograms() throws IOException {
        children = ChildJvm.in(programs);
    }

    @Test
    void severalProcessesChangeTheSameDatasets() throws Exception {
        runTogether(4, "8");
    }

    @Tag("bench")
    @Test
    void tenProcessesChangeTheSameDatasetsForAMinute() throws Exception {
        runTogether(10, "60s");
    }

    private void runTogether(int count, String length) throws Exception {
        try (Warehouse warehouse = prepared()) {
            Path errors = folder.resolve("errors");
            List<List<String>> outputs = new ArrayList<>();
            List<Process> processes = new ArrayList<>();
            try {
                for (int run = 1; run <= count; run++) {
                    processes.add(start(errors, run, length));
                }
                List<BufferedReader> readers = new ArrayList<>();
                for (Process process : processes) {
                    readers.add(process.inputReader());
                    assertThat(readers.get(readers.size() - 1).readLine())
                            .as(Files.readString(errors))
                            .isEqualTo(Changer.READY);
                }
                for (Process process : processes) {
                    process.outputWriter().append('\n').flush();
                }
                for (int i = 0; i < count; i++) {
                    outputs.add(readers.get(i).lines().toList());
                    assertThat(processes.get(i).waitFor())
                            .as(Files.readString(errors))
                            .isZero();
                }
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
            check(warehouse, outputs);
        }
    }

    private Warehouse prepared() throws Exception {
        Warehouse warehouse = Warehouse.open(folder.resolve("warehouse"));
        for (String sql : Changer.PREPARATION) {
            warehouse.deposit(sql);
        }
        return warehouse;
    }

    private Process start(Path errors, int run, String length) throws IOException {
        String warehouse = folder.resolve("warehouse").toString();
        return children.start(Changer.class, errors, warehouse, "" + run, length);
    }

    private static long said(List<List<String>> outputs, String word) {
        return outputs.stream()
                .flatMap(List::stream)
                .filter(line -> line.startsWith(word))
                .count();
    }

    private static void check(Warehouse warehouse, List<List<String>> outputs) throws Exception {
        long inserted = said(outputs, Changer.INSERTED);
        long counted = said(outputs, Changer.COUNTED);
        long deposited = said(outputs, Changer.DEPOSITED);
        assertThat(warehouse.rows("SELECT count(*), count(DISTINCT run * 1000000 + number) FROM log"))
                .containsExactly(inserted + " | " + inserted);
        assertThat(warehouse.rows("SELECT n FROM counter")).containsExactly("" + counted);
        assertThat(warehouse.rows("SELECT name, count(*), count(DISTINCT version) FROM registry.versions"
                        + " GROUP BY name ORDER BY name"))
                .containsExactly(
                        "counter | " + (counted + 1) + " | " + (counted + 1),
                        "log | " + (inserted + 1) + " | " + (inserted + 1),
                        "shared | " + (deposited + 1) + " | " + (deposited + 1));
        assertThat(warehouse.rows("SELECT state, error_message FROM registry.jobs WHERE state <> 'COMPLETE'"))
                .isEmpty();
        assertThat(warehouse.audit().unfinishedFolders()).isZero();
    }

    /** What was acknowledged is there; what was not is there as a whole or not at all, and the next change works. */
    @Test
    void processThatIsKilledLosesNothing() throws Exception {
        Random random = new Random(SEED);
        try (Warehouse warehouse = prepared()) {
            long inserted = 0;
            long counted = 0;
            int kills = 6;
            for (int kill = 1; kill <= kills; kill++) {
                List<String> said = kill(kill, 1 + random.nextInt(12), random);
                String what = "kill " + kill + " with seed " + SEED;
                inserted += said(List.of(said), Changer.INSERTED);
                counted += said(List.of(said), Changer.COUNTED);
                long rows = number(warehouse, "SELECT count(*) FROM log");
                long count = number(warehouse, "SELECT n FROM counter");
                assertThat(rows).as("rows after %s", what).isBetween(inserted, inserted + 1);
                assertThat(count).as("counted after %s", what).isBetween(counted, counted + 1);
                inserted = rows;
                counted = count;
                warehouse.audit().readVersions(Set.of());
                assertThat(warehouse.audit().unfinishedFolders())
                        .as("folders after %s", what)
                        .isLessThanOrEqualTo(kill);
                warehouse.deposit("INSERT INTO log VALUES (0, " + kill + ")");
                inserted++;
            }
        }
    }

    private static long number(Warehouse warehouse, String sql) throws Exception {
        return Long.parseLong(warehouse.rows(sql).get(0));
    }

    /** Starts a process, kills it some time after so many lines, and answers all that it said. */
    private List<String> kill(int run, int lines, Random random) throws Exception {
        Path errors = folder.resolve("errors");
        Process child = start(errors, run, "100000");
        List<String> said = new ArrayList<>();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).as(Files.readString(errors)).isEqualTo(Changer.READY);
            child.outputWriter().append('\n').flush();
            for (int i = 0; i < lines; i++) {
                String line = output.readLine();
                assertThat(line).as(Files.readString(errors)).isNotNull();
                said.add(line);
            }
            child.waitFor(random.nextInt(40_000), TimeUnit.MICROSECONDS);
            child.toHandle().destroyForcibly();
            output.lines().forEach(said::add);
        }
        assertThat(child.waitFor()).as(Files.readString(errors)).isEqualTo(137);
        return said;
    }
}
