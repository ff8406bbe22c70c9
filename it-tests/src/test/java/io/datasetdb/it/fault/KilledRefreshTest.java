// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that refreshes and reproduces is killed at any moment: what it had said is there, every version is one that its
 * inputs make, the next refresh works, and nothing is left that cannot be collected. {@code -Ddatasetdb.fault.kills} says how
 * often, {@code -Ddatasetdb.fault.seed} which moments are drawn.
 */
class KilledRefreshTest {
    private static final int KILLS = Integer.getInteger("datasetdb.fault.kills", 6);
    private static final long SEED = Long.getLong("datasetdb.fault.seed", 20261123);

    /** A round is a few hundred milliseconds; the first of a process takes longest. */
    private static final int MOST_MILLIS = 1_500;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void everyVersionIsWholeAndTheNextRefreshWorks() throws Exception {
        ChildJvm children = ChildJvm.in(folder);
        Map<String, String> known = new TreeMap<>();
        try (Warehouse warehouse = Warehouse.open(folder.resolve("warehouse"))) {
            for (String sql : Refresher.PREPARATION) {
                warehouse.deposit(sql);
            }
            for (int run = 1; run <= KILLS; run++) {
                String what = "kill " + run + " with seed " + SEED;
                List<String> said = kill(children, warehouse, run);
                known.putAll(warehouse.audit().readVersions(known.keySet()));
                for (String line : said) {
                    if (line.startsWith(Refresher.REFRESHED)) {
                        assertThat(known).as(what).containsKey(line.substring(Refresher.REFRESHED.length()));
                    }
                }
                assertReproducible(warehouse, what);
                assertThat(warehouse.audit().unfinishedFolders())
                        .as("folders after %s", what)
                        .isLessThanOrEqualTo(run);
                warehouse.deposit(Refresher.REFRESH_PICKED);
                warehouse.deposit(Refresher.REFRESH_SUMMED);
                assertFresh(warehouse, what);
            }
            collect(warehouse);
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
            assertThat(warehouse.audit().readVersions(Set.of())).containsAllEntriesOf(known);
        }
    }

    private List<String> kill(ChildJvm children, Warehouse warehouse, int run) throws Exception {
        Path errors = folder.resolve("errors");
        List<String> said = new ArrayList<>();
        Process child =
                children.start(Refresher.class, errors, warehouse.folder().toString(), "" + run);
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).as(Files.readString(errors)).isEqualTo(Refresher.READY);
            // Every other kill is somewhere in the second half of a round, where versions are reproduced.
            while (run % 2 == 0 && !said.contains(Refresher.REPRODUCED)) {
                String line = output.readLine();
                assertThat(line).as(Files.readString(errors)).isNotNull();
                said.add(line);
            }
            child.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
            child.toHandle().destroyForcibly();
            output.lines().forEach(said::add);
        }
        assertThat(child.waitFor()).as(Files.readString(errors)).isEqualTo(137);
        return said;
    }

    private static void assertReproducible(Warehouse warehouse, String what) throws SQLException {
        for (String dataset : List.of("picked", "summed")) {
            String answer = warehouse.rows("REPRODUCE DATASET " + dataset).get(0);
            assertThat(answer).as("%s after %s", dataset, what).contains(" | true | ");
        }
    }

    private static void assertFresh(Warehouse warehouse, String what) throws SQLException {
        assertThat(warehouse.rows("SELECT count(*), sum(n) FROM picked"))
                .as(what)
                .isEqualTo(warehouse.rows("SELECT count(*), sum(n) FROM log WHERE n % 3 = 0"));
        assertThat(warehouse.rows("SELECT sum(c), sum(s) FROM summed HAVING count(*) > 0"))
                .as(what)
                .isEqualTo(warehouse.rows("SELECT count(*), sum(n) FROM log HAVING count(*) > 0"));
    }

    /** Collects what the killed left, as if their leases had run out. */
    private static void collect(Warehouse warehouse) throws SQLException, IOException {
        try (Connection registry = DriverManager.getConnection(
                        "jdbc:sqlite:" + warehouse.folder().resolve("registry.db"));
                Statement statement = registry.createStatement()) {
            statement.executeUpdate("UPDATE drafts SET lease_until = 1");
        }
        try (Registry registry = Registry.open(warehouse.folder())) {
            new GarbageCollection(registry, Duration.ZERO).collect(Progress.NONE);
        }
    }
}
