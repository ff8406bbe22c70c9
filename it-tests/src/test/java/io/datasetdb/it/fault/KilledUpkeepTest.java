// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.FileProblem;
import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.Verification;
import io.datasetdb.store.DatasetStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that copies, exports, imports, indexes and collects garbage is killed at any moment: what has its name is whole, what was
 * acknowledged has its name, and no file of the warehouse is lost. {@code -Ddatasetdb.fault.kills} says how often, {@code
 * -Ddatasetdb.fault.seed} which moments are drawn.
 */
class KilledUpkeepTest {
    private static final int KILLS = Integer.getInteger("datasetdb.fault.kills", 6);
    private static final long SEED = Long.getLong("datasetdb.fault.seed", 20261122);

    /** No more than this after a process could begin, a kill meets something of every kind. */
    private static final int MOST_MILLIS = 3_000;

    @TempDir
    static Path folder;

    private final Random random = new Random(SEED);

    @Test
    void whatIsThereIsWholeAndTheWarehouseLosesNothing() throws Exception {
        ChildJvm children = ChildJvm.in(folder);
        Files.createDirectories(Upkeeper.results(folder));
        try (Connection connection = connect(Upkeeper.warehouse(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATASET numbers AS SELECT i AS n, 'row ' || i AS t FROM generate_series(1, "
                    + Upkeeper.ROWS + ") AS g(i)");
            statement.execute(Upkeeper.VECTORS);
        }
        for (int run = 0; run < KILLS; run++) {
            String what = "kill " + run + " with seed " + SEED;
            Set<String> acknowledged = kill(children, run);
            Set<String> found = results();
            assertThat(found).as(what).containsAll(acknowledged);
            for (String name : found) {
                if (name.startsWith(run + "-")) {
                    checkResult(Upkeeper.results(folder).resolve(name), acknowledged.contains(name), what);
                }
            }
            assertThat(problems(Upkeeper.warehouse(folder))).as(what).isEmpty();
            checkNearest(what);
        }
        try (Registry registry = Registry.open(Upkeeper.warehouse(folder))) {
            new GarbageCollection(registry, Duration.ZERO).collect(Progress.NONE);
        }
        assertThat(problems(Upkeeper.warehouse(folder))).isEmpty();
    }

    /** The nearest row is found, whether there is a whole index or none. */
    private static void checkNearest(String what) throws SQLException {
        try (Connection connection = connect(Upkeeper.warehouse(folder))) {
            String nearest = "SELECT id FROM (SELECT id FROM vectors ORDER BY l2_distance(emb, ARRAY[CAST(sin(777) AS"
                    + " REAL), CAST(cos(777 * 1.7) AS REAL), CAST(sin(777 * 0.3) AS REAL)]) LIMIT 1) AS n";
            assertThat(number(connection, nearest)).as(what).isEqualTo(777);
        }
    }

    private Set<String> kill(ChildJvm children, int run) throws Exception {
        Path errors = folder.resolve("child.err");
        Set<String> acknowledged = new TreeSet<>();
        Process child = children.start(Upkeeper.class, errors, folder.toString(), "" + run);
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).as(Files.readString(errors)).isEqualTo(Upkeeper.READY);
            child.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
            child.toHandle().destroyForcibly();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Upkeeper.FILE)) {
                    acknowledged.add(line.substring(Upkeeper.FILE.length()));
                }
            }
        }
        assertThat(child.waitFor())
                .as("it was killed: %s", Files.readString(errors))
                .isEqualTo(137);
        return acknowledged;
    }

    /** What has a name of its own; what is being written has a hidden one. */
    private static Set<String> results() throws IOException {
        try (Stream<Path> files = Files.list(Upkeeper.results(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void checkResult(Path result, boolean acknowledged, String what) throws Exception {
        String name = result.getFileName().toString();
        if (name.endsWith(".zip")) {
            Path other = folder.resolve("from-" + name);
            Upkeeper.importInto(other, result);
            checkImport(other, true, what);
        } else if (Files.isDirectory(result)) {
            checkImport(result, acknowledged, what);
        } else {
            String reader = name.endsWith(".csv") ? "read_csv" : "read_parquet";
            try (Connection connection = connect(folder.resolve("reader"))) {
                assertThat(sum(connection, reader + "('" + result + "')"))
                        .as("%s after %s", name, what)
                        .isEqualTo(sum());
            }
        }
    }

    /** A warehouse into which a bundle was put: with all of it, or with nothing. */
    private static void checkImport(Path warehouse, boolean whole, String what) throws Exception {
        assertThat(problems(warehouse)).as("%s after %s", warehouse, what).isEmpty();
        try (Connection connection = connect(warehouse)) {
            long versions = number(connection, "SELECT count(*) FROM registry.versions WHERE state = 'COMPLETE'");
            assertThat(versions).as("%s after %s", warehouse, what).isBetween(whole ? 1L : 0L, 1L);
            if (versions == 1) {
                assertThat(sum(connection, "numbers"))
                        .as("%s after %s", warehouse, what)
                        .isEqualTo(sum());
            }
        }
    }

    private static List<FileProblem> problems(Path warehouse) {
        List<FileProblem> problems = new ArrayList<>();
        try (Registry registry = Registry.open(warehouse);
                DatasetStore store = DatasetStore.open(warehouse.toString())) {
            new Verification(registry, store).run(false, problems::add, Progress.NONE);
        }
        return problems;
    }

    private static Connection connect(Path warehouse) throws SQLException {
        return DriverManager.getConnection("jdbc:datasetdb:" + warehouse);
    }

    private static long sum(Connection connection, String table) throws SQLException {
        return number(connection, "SELECT sum(n) FROM " + table);
    }

    private static long sum() {
        return (long) Upkeeper.ROWS * (Upkeeper.ROWS + 1) / 2;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
