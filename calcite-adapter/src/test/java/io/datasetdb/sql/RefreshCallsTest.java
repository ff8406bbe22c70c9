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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh calls functions only for what changed. */
class RefreshCallsTest {
    /** A function that counts how often it is called. */
    public static final class Counting {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Runnable meanwhile = () -> {};

        @ScalarFunction
        @Description("Says how long a text is and that it was asked.")
        @Example("counted('ab') = 2")
        public int counted(String text) {
            if (calls.incrementAndGet() == 1) {
                meanwhile.run();
            }
            return text.length();
        }
    }

    @TempDir
    Path folder;

    private final Counting counting = new Counting();
    private DatasetStore store;
    private Registry registry;
    private Scheduler scheduler;
    private Session session;

    @BeforeEach
    void open() throws IOException {
        Path warehouse = folder.resolve("warehouse");
        store = DatasetStore.open(warehouse.toString());
        registry = Registry.open(warehouse);
        scheduler = Scheduler.ofProcessors();
        session = session();
    }

    private Session session() {
        VersionReaders readers = readers();
        return new SqlSession(
                registry,
                store,
                new UserFunctions(
                        registry,
                        FunctionLibrary.builtin(store).with(FunctionLoader.loadInstance(counting)),
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

    private VersionReaders readers() {
        return new VersionReaders(registry.readLocks());
    }

    @AfterEach
    void close() {
        session.close();
        scheduler.close();
        registry.close();
        store.close();
    }

    private String run(String sql) {
        try (StatementResult result = session.execute(sql)) {
            StringBuilder text = new StringBuilder();
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    int position = batch.selection().position(i);
                    batch.columns()
                            .forEach(column ->
                                    text.append(column.getObject(position)).append(' '));
                }
            }
            return text.toString();
        }
    }

    /** How often the function was called since the last time that this was asked. */
    private int calls() {
        return counting.calls.getAndSet(0);
    }

    @Test
    void ofADatasetItIsTheRowsThatCameAndWent() {
        run("CREATE DATASET a AS SELECT n, CAST(n AS VARCHAR) AS s FROM generate_series(1, 1000) AS t(n)");
        run("CREATE DATASET d AS SELECT n, counted(s) AS length FROM a");
        assertThat(calls()).isEqualTo(1000);
        run("INSERT INTO a VALUES (2000, 'x'), (2001, 'y')");
        assertThat(run("REFRESH DATASET d")).contains("INCREMENTAL");
        assertThat(calls()).isEqualTo(2);
        run("UPDATE a SET s = s || '!' WHERE n IN (7, 8, 9)");
        assertThat(run("REFRESH DATASET d")).contains("INCREMENTAL");
        assertThat(calls()).isEqualTo(6);
        assertThat(run("REFRESH DATASET d")).contains("UNCHANGED");
        assertThat(calls()).isZero();
    }

    @Test
    void aDepositByOthersMeanwhileWins() {
        run("CREATE DATASET a AS SELECT 1 AS n, 'x' AS s");
        run("CREATE DATASET d AS SELECT n, counted(s) AS length FROM a");
        run("INSERT INTO a VALUES (2, 'yy')");
        for (String how : List.of("", " FULL")) {
            calls();
            counting.meanwhile = this::depositByOthers;
            assertThatThrownBy(() -> run("REFRESH DATASET d" + how))
                    .isInstanceOfSatisfying(DatasetDbException.class, e -> {
                        assertThat(e.sqlState()).isEqualTo("40001");
                        assertThat(e).hasMessageContaining("main.public.d");
                    });
            counting.meanwhile = () -> {};
        }
        assertThat(run("SELECT count(*) FROM d")).isEqualTo("1 ");
        assertThat(run("SELECT count(*) FROM registry.versions WHERE name = 'd'"))
                .isEqualTo("3 ");
        assertThat(run("SELECT state, count(*) FROM registry.jobs WHERE statement LIKE 'REFRESH%' GROUP BY state"))
                .isEqualTo("FAILED 2 ");
        assertThat(run("REFRESH DATASET d")).contains("UNCHANGED");
    }

    private void depositByOthers() {
        counting.meanwhile = () -> {};
        try (Session other = session()) {
            other.execute("CREATE OR REPLACE DATASET d AS SELECT n, counted(s) AS length FROM a WHERE n = 1")
                    .close();
        }
    }

    @Test
    void cancelledRefreshesAndReproductionsLeaveNothing() {
        run("CREATE DATASET a AS SELECT n, 'x' AS s FROM generate_series(1, 100000) AS t(n)");
        run("CREATE DATASET d AS SELECT n, counted(s) AS length FROM a");
        run("INSERT INTO a VALUES (0, 'yy')");
        for (String sql : List.of("REFRESH DATASET d", "REFRESH DATASET d FULL", "REPRODUCE DATASET d")) {
            calls();
            Cancellation cancellation = new Cancellation();
            counting.meanwhile = cancellation::cancel;
            assertThatThrownBy(() -> {
                        PreparedStatement statement = session.prepare(sql);
                        statement.execute(List.of(), 0, cancellation).close();
                    })
                    .as(sql)
                    .isInstanceOfSatisfying(
                            DatasetDbException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("57014"));
            counting.meanwhile = () -> {};
        }
        assertThat(run("SELECT count(*) FROM registry.versions WHERE name = 'd'"))
                .isEqualTo("1 ");
        assertThat(run("SELECT state, count(*) FROM registry.jobs WHERE statement LIKE 'RE%' GROUP BY state"))
                .isEqualTo("CANCELLED 2 ");
        assertThat(run("REFRESH DATASET d")).contains("INCREMENTAL");
        assertThat(run("REPRODUCE DATASET d")).contains("true");
    }

    @Test
    void ofAFolderItIsTheFilesThatCame() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(data.resolve(i + ".txt"), "text");
        }
        run("CREATE DATASET d AS SELECT t.file.path AS path, counted(file_text(t.file)) AS length FROM list_storage('"
                + data + "') AS t");
        assertThat(calls()).isEqualTo(20);
        Files.delete(data.resolve("3.txt"));
        Files.writeString(data.resolve("4.txt"), "another");
        Files.writeString(data.resolve("new.txt"), "new");
        assertThat(run("REFRESH DATASET d")).contains("INCREMENTAL");
        assertThat(calls()).isEqualTo(2);
        assertThat(run("SELECT count(*), sum(length) FROM d")).isEqualTo("20 82 ");
    }
}
