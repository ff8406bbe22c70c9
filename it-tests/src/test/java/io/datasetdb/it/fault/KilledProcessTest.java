// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that deposits is killed at any moment, again and again: what it had acknowledged is there, what it had not is
 * there as a whole or not at all, and the next deposit works. {@code -Ddatasetdb.fault.kills} says how often,
 * {@code -Ddatasetdb.fault.seed} which moments are drawn.
 */
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("datasetdb.fault.kills", 24);
    private static final long SEED = Long.getLong("datasetdb.fault.seed", 20260131);

    /** Processes that live at the same time, each on a warehouse of its own. */
    private static final int LANES = 2;

    private static final int MAX_ACKS = 6;

    @TempDir
    static Path folder;

    private static ChildJvm children;
    private static long startNanos;

    @BeforeAll
    static void startOnceWithoutHarm() throws IOException, InterruptedException {
        children = ChildJvm.in(folder);
        Path files = Files.createDirectories(folder.resolve("first-files"));
        Path errors = folder.resolve("first.err");
        String warehouse = folder.resolve("first").toString();
        Process recorded = children.startRecording(Depositor.class, errors, warehouse, "0", "4", files.toString(), "d");
        String output = new String(recorded.getInputStream().readAllBytes());
        assertThat(recorded.waitFor())
                .as("%s %s", output, Files.readString(errors))
                .isZero();
        assertThat(output.lines().filter(Ack::isAck)).hasSize(4);
        long start = System.nanoTime();
        Process child = children.start(Depositor.class, errors, warehouse, "1", "1", files.toString(), "d");
        child.getInputStream().readAllBytes();
        assertThat(child.waitFor()).isZero();
        startNanos = System.nanoTime() - start;
    }

    @Test
    void whatWasAcknowledgedStaysAndNothingIsHalfVisible() throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                Lane lane = new Lane(i);
                running.add(lanes.submit(lane::run));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        } finally {
            lanes.shutdownNow();
        }
    }

    /** A warehouse on which one process after the other is killed. */
    private static final class Lane {
        private final int number;
        private final Path files;
        private final Path errors;
        private final Random random;
        private final Map<String, String> known = new TreeMap<>();
        private final Map<String, String> acknowledged = new TreeMap<>();
        private int kills;

        Lane(int number) throws IOException {
            this.number = number;
            this.files = Files.createDirectories(folder.resolve("files" + number));
            this.errors = folder.resolve("lane" + number + ".err");
            this.random = new Random(SEED + number);
        }

        Void run() throws Exception {
            Path warehouse = folder.resolve("warehouse" + number);
            for (int run = number; run < KILLS; run += LANES) {
                // Now and then the very making of a warehouse is cut off.
                boolean fresh = run / LANES % 4 == 0;
                String what = "kill " + run + " with seed " + SEED;
                if (fresh) {
                    Path other = folder.resolve("fresh" + run);
                    kill(other, run, 0);
                    new Check(other, new TreeMap<>(), Map.of(), 1).after(what, run, files);
                } else {
                    acknowledged.putAll(kill(warehouse, run, random.nextInt(MAX_ACKS)));
                    kills++;
                    new Check(warehouse, known, acknowledged, kills).after(what, run, files);
                }
            }
            try (Connection connection = connect(warehouse)) {
                assertThat(new WarehouseAudit(warehouse, connection).readVersions(Set.of()))
                        .as("all versions in the end")
                        .isEqualTo(known);
            }
            return null;
        }

        /** Starts a process, kills it some time after so many acknowledgements, and answers all that it gave. */
        private Map<String, String> kill(Path warehouse, int run, int acks) throws Exception {
            Map<String, String> given = new TreeMap<>();
            Process child = children.start(
                    Depositor.class, errors, warehouse.toString(), "" + (run + 1), "1000", files.toString(), "d");
            try (BufferedReader output = child.inputReader()) {
                if (acks == 0) {
                    child.waitFor((long) (random.nextDouble() * startNanos), TimeUnit.NANOSECONDS);
                } else {
                    while (given.size() < acks) {
                        collect(output.readLine(), given);
                    }
                    child.waitFor(random.nextInt(40_000), TimeUnit.MICROSECONDS);
                }
                // Through its handle, because the process itself would close its output, which is still to be read.
                child.toHandle().destroyForcibly();
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    collect(line, given);
                }
            }
            assertThat(child.waitFor())
                    .as("it was killed: %s", Files.readString(errors))
                    .isEqualTo(137);
            return given;
        }

        private void collect(String line, Map<String, String> given) throws IOException {
            assertThat(line)
                    .as("output of a process: %s", Files.readString(errors))
                    .isNotNull();
            if (Ack.isAck(line)) {
                Ack ack = Ack.parse(line);
                given.put(ack.version(), ack.checksum());
            }
        }
    }

    private static Connection connect(Path warehouse) throws SQLException {
        return DriverManager.getConnection("jdbc:datasetdb:" + warehouse);
    }

    /**
     * What must hold after a kill.
     *
     * @param known checksums of the versions read so far, completed by each check
     * @param acknowledged checksums of the versions that were acknowledged
     * @param kills how many kills the warehouse has seen
     */
    private record Check(Path warehouse, Map<String, String> known, Map<String, String> acknowledged, int kills) {
        void after(String what, int run, Path files) throws Exception {
            try (Connection connection = connect(warehouse)) {
                WarehouseAudit audit = new WarehouseAudit(warehouse, connection);
                Map<String, String> read = audit.readVersions(known.keySet());
                known.putAll(read);
                assertThat(known).as("acknowledged before %s", what).containsAllEntriesOf(acknowledged);
                for (Map.Entry<String, String> version : read.entrySet()) {
                    assertThat(version.getValue())
                            .as("%s after %s", version.getKey(), what)
                            .isEqualTo(expected(connection, version.getKey(), files));
                }
                audit.checkJobs();
                assertThat(audit.unfinishedFolders())
                        .as("folders left by %s", what)
                        .isLessThanOrEqualTo(kills);
                depositNext(connection, run);
                known.putAll(audit.readVersions(known.keySet()));
            }
        }

        /** What the rows of a version must be, whether it was acknowledged or not. */
        private static String expected(Connection connection, String version, Path files)
                throws SQLException, IOException {
            String table = version.replace("main.public.", "main.public.\"") + "\"";
            if (version.contains(".numbers@")) {
                RowsChecksum checksum = new RowsChecksum();
                for (int n = 0; n < 10_000; n++) {
                    checksum.add(String.valueOf(n));
                }
                return checksum.value();
            }
            boolean listing = version.contains("." + ListedFiles.DATASET + "@");
            String sql = listing ? "SELECT max(name) FROM " + table : "SELECT run, round FROM " + table + " LIMIT 1";
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return listing
                        ? ListedFiles.checksum(files, row.getString(1))
                        : new Round(row.getInt(1), row.getInt(2)).checksum();
            }
        }

        private void depositNext(Connection connection, int run) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                Depositor.execute(statement, Round.NUMBERS);
                String made =
                        Depositor.execute(statement, new Round(run, 1_000_000).sql("d" + run % Depositor.DATASETS));
                assertThat(known).as("versions before").doesNotContainKey(made);
            }
        }
    }
}
