// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.Pieces;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in one of the threads that share a query ends it in one sentence, and nothing stays open. */
@Timeout(300)
class DividedQueriesTest {
    private static final List<String> QUERIES = List.of(
            "SELECT k, count(*), sum(amount) FROM numbers GROUP BY k",
            "SELECT DISTINCT label, amount FROM numbers",
            "SELECT count(*), sum(a.amount) FROM numbers a JOIN keys b ON a.k = b.k",
            "SELECT count(*), sum(a.amount) FROM keys b LEFT JOIN numbers a ON a.k = b.k",
            "SELECT a.n, b.name FROM numbers a JOIN keys b ON a.k = b.k WHERE a.amount > -1",
            "SELECT n FROM numbers WHERE amount >= 0 AND k NOT IN (SELECT k FROM keys WHERE k < 10)",
            "SELECT n, amount, label FROM numbers ORDER BY amount DESC, n LIMIT 10",
            "SELECT n, amount, label FROM numbers ORDER BY label, amount, n",
            "SELECT n, sum(amount) OVER (PARTITION BY k ORDER BY n), label FROM numbers",
            "SELECT amount, label FROM numbers EXCEPT SELECT k, name FROM keys",
            "SELECT amount, label FROM numbers UNION ALL SELECT k, name FROM keys",
            "SELECT n, amount, label FROM numbers");

    /** Goes through 54 trillion triples, which no machine does before somebody ends it. */
    private static final String LONG = "SELECT count(*), sum(a.amount + b.amount + c.amount) FROM numbers a"
            + " JOIN numbers b ON a.n % 2 = b.n % 2 JOIN numbers c ON b.n % 2 = c.n % 2";

    @TempDir
    Path folder;

    private Path place;
    private Warehouse warehouse;

    @BeforeEach
    void depositInPieces() throws SQLException {
        place = folder.resolve("warehouse");
        warehouse = Warehouse.open(place);
        warehouse.deposit(
                "CREATE DATASET numbers AS SELECT n, n % 7000 AS k, (n * 7919) % 100003 AS amount, 'label ' || "
                        + "(n * 31 % 1009) AS label FROM generate_series(0, 59999) AS s(n)");
        warehouse.deposit("CREATE DATASET keys AS SELECT k, 'key ' || k AS name FROM generate_series(0, 6999) AS s(k)");
        Pieces.rewrite(place, "numbers", 2_048, 30_000);
        Pieces.rewrite(place, "keys", 512, 1 << 20);
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private List<Path> files() throws SQLException {
        List<Path> files = new ArrayList<>();
        for (String path : warehouse.rows(
                "SELECT path FROM registry.files WHERE name = 'numbers' AND version = '1.0.1' ORDER BY path")) {
            files.add(place.resolve(path));
        }
        assertThat(files).hasSizeGreaterThan(4);
        return files;
    }

    private Failure failedDeposit(String query) throws SQLException, IOException {
        Failure failure = warehouse.failure("CREATE DATASET wrong AS " + query);
        assertThat(warehouse.rows("SELECT name FROM registry.datasets WHERE name = 'wrong'"))
                .as(query)
                .isEmpty();
        assertThat(warehouse.audit().unfinishedFolders()).as(query).isZero();
        return failure;
    }

    private void nothingIsLeft() throws SQLException, IOException {
        assertThat(OpenFiles.below(place.resolve("data"))).as("open files").isEmpty();
        assertThat(OpenFiles.spilled()).as("temporary files").isEmpty();
        assertThat(warehouse.rows("SELECT count(*), sum(k) FROM keys")).containsExactly("7000 | 24496500");
    }

    @Test
    void aDamagedPageInTheMiddleIsTold() throws Exception {
        Path file = files().get(2);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 0x10;
        Files.write(file, bytes);
        int found = 0;
        for (String query : QUERIES) {
            // a query that does not want the page does not see it
            Failure failure = Failure.of(() -> warehouse.rows(query));
            if (failure != null) {
                found++;
                assertThat(failure.message())
                        .as(query)
                        .contains(file.toString())
                        .endsWith("; the file belongs to version main.public.numbers@1.0.1");
                assertThat(failure.sqlState()).as(query).isEqualTo("XX001");
            }
            nothingIsLeft();
        }
        assertThat(found).isGreaterThan(QUERIES.size() / 2);
    }

    @Test
    void aVanishedFileInTheMiddleIsTold() throws Exception {
        Path file = files().get(3);
        Files.delete(file);
        int found = 0;
        for (String query : QUERIES) {
            Failure failure = Failure.of(() -> warehouse.rows(query));
            if (failure != null) {
                found++;
                assertThat(failure.message())
                        .as(query)
                        .contains(file.toString())
                        .endsWith("; the file belongs to version main.public.numbers@1.0.1");
                assertThat(failure.sqlState()).as(query).isEqualTo("58P01");
            }
            nothingIsLeft();
        }
        assertThat(found).isGreaterThan(QUERIES.size() / 2);
        assertThat(failedDeposit("SELECT k, sum(amount) AS s, min(label) AS l FROM numbers GROUP BY k")
                        .message())
                .contains(file.toString());
    }

    @Test
    void anErrorInOneRowIsTold() throws Exception {
        for (String value : List.of(
                "1000 / (n - 40000)",
                "CASE WHEN n = 40000 THEN 9223372036854775807 ELSE 1 END + n",
                "CAST(CASE WHEN n = 40000 THEN 'x' ELSE '1' END AS INTEGER)")) {
            for (String query : List.of(
                    "SELECT k, sum(%s) AS s FROM numbers GROUP BY k",
                    "SELECT sum(%s) AS s FROM numbers",
                    "SELECT n, %s AS s FROM numbers",
                    "SELECT n, %s AS s FROM numbers ORDER BY s, n LIMIT 3",
                    "SELECT a.n, b.name FROM (SELECT n, %s AS s FROM numbers) a JOIN keys b ON a.s = b.k",
                    "SELECT b.name FROM keys b WHERE b.k IN (SELECT %s FROM numbers)")) {
                String sql = query.formatted(value);
                Failure failure = warehouse.failure(sql);
                assertThat(failure.sqlState()).as(sql).startsWith("22");
                assertThat(failedDeposit(sql).sqlState()).as(sql).isEqualTo(failure.sqlState());
                nothingIsLeft();
            }
        }
    }

    @Test
    void aResultThatIsNotReadToItsEndIsForgotten() throws Exception {
        for (String query : QUERIES) {
            try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + place)) {
                for (int wanted = 0; wanted < 3; wanted++) {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery(query)) {
                        for (int i = 0; i < wanted; i++) {
                            assertThat(rows.next()).as(query).isEqualTo(i == 0 || !query.startsWith("SELECT count"));
                        }
                    }
                    assertThat(OpenFiles.below(place.resolve("data"))).as(query).isEmpty();
                }
                Statement left = connection.createStatement();
                assertThat(left.executeQuery(query).next()).isTrue();
            }
            nothingIsLeft();
        }
    }

    @Test
    void aTimeOutEndsAllThreads() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + place);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            Failure failure = Failure.expect(() -> statement.executeQuery(LONG));
            assertThat(failure.sqlState()).isEqualTo("57014");
        }
        nothingIsLeft();
    }

    /** Four large queries on fewer threads: short ones get their turn, and the large ones can be ended. */
    @Test
    void shortQueriesFinishBesideFourLargeOnes() throws Exception {
        List<Connection> connections = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        List<CompletableFuture<Failure>> large = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + place);
            Statement statement = connection.createStatement();
            connections.add(connection);
            statements.add(statement);
            large.add(CompletableFuture.supplyAsync(
                    () -> Failure.of(() -> statement.executeQuery(LONG)), task -> new Thread(task).start()));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(warehouse.rows(QUERIES.get(2))).hasSize(1);
        }
        for (int i = 0; i < 4; i++) {
            while (!large.get(i).isDone()) {
                statements.get(i).cancel();
                Thread.onSpinWait();
            }
            assertThat(large.get(i).get().sqlState()).isEqualTo("57014");
            connections.get(i).close();
        }
        nothingIsLeft();
    }

    @Test
    void aDepositOfDividedPipelinesThatDoesNotFitLeavesNothingBehind() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 24);
                Warehouse small = Warehouse.open(disk.folder().resolve("warehouse"))) {
            small.deposit("CREATE DATASET numbers AS SELECT n, n % 7000 AS k FROM generate_series(0, 59999) AS s(n)");
            Pieces.rewrite(small.folder(), "numbers", 2_048, 1 << 20);
            long free = disk.free();
            Failure failure = small.failureWithoutTrace(
                    "CREATE DATASET large AS SELECT a.n, md5(CAST(a.n * 100000 + b.n AS VARCHAR))"
                            + " AS text FROM numbers a JOIN numbers b ON a.k = b.k JOIN numbers c ON c.k = b.k");
            assertThat(failure.message()).contains("no space left");
            assertThat(failure.sqlState()).isEqualTo("53100");
            assertThat(small.audit().unfinishedFolders()).isZero();
            // The registry's log grows by the job's progress, the more the slower the machine is.
            assertThat(disk.free()).isGreaterThan(free - (5 << 20));
            assertThat(OpenFiles.below(small.folder().resolve("data"))).isEmpty();
        }
    }
}
