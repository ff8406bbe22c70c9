// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.statement.PlanCache;
import io.datasetdb.sql.statement.RunningDeposits;
import io.datasetdb.sql.statement.RunningQueries;
import io.datasetdb.sql.statement.SessionState;
import io.datasetdb.sql.statement.UserFunctions;
import io.datasetdb.sql.statement.VersionReaders;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.FunctionLoader;
import io.datasetdb.udf.JavaValues;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.vector.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do while a deposit writes its rows. */
@Timeout(300)
class MeanwhileTest {
    /** A function that runs what waits for it, once. */
    public static final class Meanwhile {
        private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        @ScalarFunction
        @Description("Lets others do something and yields its argument.")
        @Example("meanwhile(1) = 1")
        public int meanwhile(int value) {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
            return value;
        }
    }

    @TempDir
    Path warehouse;

    private final Meanwhile meanwhile = new Meanwhile();
    private DatasetStore store;
    private Registry registry;
    private Scheduler scheduler;
    private Session session;
    private Session other;

    @BeforeEach
    void open() {
        store = DatasetStore.open(warehouse.toString());
        registry = Registry.open(warehouse);
        scheduler = Scheduler.ofProcessors();
        session = openSession();
        other = openSession();
        run(session, "CREATE DATASET one AS SELECT 1 AS n");
    }

    private Session openSession() {
        VersionReaders readers = new VersionReaders(registry.readLocks());
        return new SqlSession(
                registry,
                store,
                new UserFunctions(
                        registry,
                        FunctionLibrary.builtin(store).with(FunctionLoader.loadInstance(meanwhile)),
                        JavaValues.NONE),
                SessionOptions.of("tester"),
                new PlanCache(),
                scheduler,
                MemoryBudget.ofHeap(),
                new RunningQueries(readers, new RunningDeposits()),
                new SessionState(readers),
                false,
                closed -> {});
    }

    @AfterEach
    void close() {
        session.close();
        other.close();
        scheduler.close();
        registry.close();
        store.close();
    }

    private static List<String> run(Session session, String sql) {
        try (StatementResult result = session.execute(sql)) {
            List<String> rows = new ArrayList<>();
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    int position = batch.selection().position(i);
                    rows.add(batch.columns().stream()
                            .map(column -> String.valueOf(column.getObject(position)))
                            .collect(Collectors.joining(" ")));
                }
            }
            return rows;
        }
    }

    /** Calls on constants are computed when the statement is planned: the first plan, and the one that is run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n + meanwhile(0) AS n FROM one",
                "CREATE DATASET d AS SELECT n + meanwhile(0) AS n FROM one",
                "INSERT INTO log SELECT n + meanwhile(0) AS n FROM one"
            })
    void aVersionThatIsPurgedBetweenThePlanAndTheFirstReadIsNotTheOneThatIsRead(String sql) {
        run(session, "CREATE TABLE log (n INTEGER)");
        for (int i = 0; i < 2; i++) {
            String purge = "DROP DATASET one VERSION '1.0." + i + "' PURGE";
            String next = "CREATE OR REPLACE DATASET one AS SELECT " + (i + 2) + " AS n";
            meanwhile.waiting.add(() -> List.of(next, purge).forEach(one -> run(other, one)));
        }
        List<String> answer = run(session, sql);
        assertThat(meanwhile.waiting).as("the others ran").isEmpty();
        if (sql.startsWith("SELECT")) {
            assertThat(answer).containsExactly("3");
        } else {
            assertThat(run(session, "SELECT n FROM " + (sql.startsWith("CREATE") ? "d" : "log")))
                    .containsExactly("3");
        }
    }

    /** The function is called every twentieth thousand of rows, so that batches end between its calls. */
    @Test
    void anotherSessionSeesADepositMoveUntilItIsCancelled() {
        run(session, "CREATE DATASET many AS SELECT n FROM TABLE(generate_series(1, 100000)) AS t(n)");
        run(session, "SET threads = 1");
        Cancellation cancellation = new Cancellation();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean last = i == 2;
            meanwhile.waiting.add(() -> {
                seen.addAll(run(
                        other,
                        "SELECT rows_done, rows_total FROM registry.jobs WHERE state = 'RUNNING' AND rows_done <"
                                + " rows_total"));
                if (last) {
                    cancellation.cancel();
                }
            });
        }
        PreparedStatement deposit = session.prepare("CREATE DATASET d AS SELECT sum(CASE WHEN n % 20000 = 0 THEN"
                + " meanwhile(CAST(n AS INTEGER)) ELSE 0 END) AS s FROM many");
        assertThatThrownBy(() -> deposit.execute(List.of(), 0, cancellation))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThat(seen).hasSize(3).doesNotHaveDuplicates().allMatch(row -> row.endsWith(" 100000"));
        assertThat(run(session, "SELECT state, error_code, rows_total FROM registry.jobs WHERE state <> 'COMPLETE'"))
                .containsExactly("CANCELLED 57014 100000");
        assertThat(run(session, "SHOW DATASETS LIKE 'd'")).isEmpty();
    }

    /** Runs a statement that calls the function, and the others when it does. */
    private List<String> run(String sql, String... others) {
        meanwhile.waiting.add(() -> List.of(others).forEach(one -> run(other, one)));
        List<String> rows = run(session, sql);
        assertThat(meanwhile.waiting).as("the others ran").isEmpty();
        return rows;
    }

    @Test
    void nullsComeIntoAColumnThatOthersMadeWithoutAnyMeanwhile() {
        run(session, "CREATE DATASET d AS SELECT CAST(NULL AS INTEGER) AS a, 0 AS b");
        run(
                "INSERT INTO d SELECT CAST(NULL AS INTEGER), meanwhile(n) FROM one",
                "CREATE OR REPLACE DATASET d AS SELECT 7 AS a, 8 AS b");
        assertThat(run(session, "SELECT a, b FROM d")).containsExactlyInAnyOrder("7 8", "null 1");
        assertThat(run(session, "SELECT count(*) FROM d WHERE a IS NULL")).containsExactly("1");
        assertThat(run(
                        session,
                        "SELECT nullable FROM registry.columns WHERE name = 'd' AND column_name = 'a'"
                                + " ORDER BY version"))
                .containsExactly("true", "false", "true");
    }

    @Test
    void nullsAreRefusedByAColumnThatOthersDeclaredNotNullMeanwhile() {
        run(session, "CREATE DATASET d AS SELECT CAST(NULL AS INTEGER) AS a, 0 AS b");
        assertThatThrownBy(() -> run(
                        "INSERT INTO d SELECT CAST(NULL AS INTEGER), meanwhile(n) FROM one",
                        "DROP DATASET d",
                        "CREATE DATASET d (a INTEGER NOT NULL, b INTEGER NOT NULL)"))
                .hasMessageContaining("column a is NOT NULL");
        assertThat(run(session, "SELECT count(*) FROM d")).containsExactly("0");
    }

    @Test
    void whatOthersDeclaredNotNullMeanwhileStaysSo() {
        run(session, "CREATE DATASET d AS SELECT CAST(NULL AS INTEGER) AS a, 0 AS b");
        run(
                "INSERT INTO d SELECT 5, meanwhile(n) FROM one",
                "DROP DATASET d",
                "CREATE DATASET d (a INTEGER NOT NULL, b INTEGER)");
        assertThat(run(session, "SELECT a, b FROM d")).containsExactly("5 1");
        assertThatThrownBy(() -> run(session, "INSERT INTO d VALUES (NULL, 1)"))
                .hasMessageContaining("column a is NOT NULL");
        run(session, "INSERT INTO d VALUES (1, NULL)");
    }

    @Test
    void aColumnThatOthersNoLongerDeclareNotNullTakesNulls() {
        run(session, "CREATE DATASET d (a INTEGER NOT NULL, b INTEGER)");
        run(
                "INSERT INTO d SELECT 5, meanwhile(n) FROM one",
                "CREATE OR REPLACE DATASET d AS SELECT CAST(NULL AS INTEGER) AS a, 8 AS b");
        run(session, "INSERT INTO d VALUES (NULL, 1)");
        assertThat(run(session, "SELECT a, b FROM d")).containsExactlyInAnyOrder("null 8", "5 1", "null 1");
    }

    @Test
    void contentIsDepositedAnewIfOthersDropTheDatasetMeanwhile() {
        run(session, "CREATE DATASET d AS SELECT 0 AS a");
        // The version that it was compared with is gone when it commits.
        assertThat(run(
                        "CREATE OR REPLACE DATASET d IF CHANGED METRICS (m = (SELECT max(meanwhile(n)) FROM one))"
                                + " AS SELECT 1 AS a",
                        "DROP DATASET d"))
                .singleElement()
                .asString()
                .startsWith("main.public.d 1.0.1 1 ");
        assertThat(run(session, "SELECT a FROM d")).containsExactly("1");
    }

    @Test
    void queriesOfATemporaryDatasetSeeItWholeWhileAnotherThreadOfTheSessionChangesIt() throws Exception {
        run(session, "CREATE TEMPORARY DATASET t AS SELECT * FROM (VALUES (1, 0), (2, 0)) AS v(id, n)");
        ExecutorService changer = Executors.newSingleThreadExecutor();
        try {
            Future<?> changes = changer.submit(() -> {
                for (int i = 0; i < 150; i++) {
                    run(session, "UPDATE t SET n = n + 1");
                }
            });
            long queries = 0;
            while (!changes.isDone() || queries == 0) {
                assertThat(run(session, "SELECT count(*), max(n) - min(n) FROM t WHERE id > 0"))
                        .containsExactly("2 0");
                if (++queries % 10 == 0) {
                    run(session, "CREATE OR REPLACE DATASET kept AS SELECT * FROM t");
                    assertThat(run(session, "SELECT count(*) FROM kept")).containsExactly("2");
                }
            }
            changes.get();
        } finally {
            changer.shutdownNow();
        }
        assertThat(run(session, "SELECT id, n FROM t")).containsExactly("1 150", "2 150");
    }
}
