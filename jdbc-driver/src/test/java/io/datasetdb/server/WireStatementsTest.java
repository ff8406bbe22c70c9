// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import static io.datasetdb.server.Clients.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements, paging, errors and cancelling through all four ways to the engine. */
@Timeout(300)
class WireStatementsTest {
    private static final int MANY = 25_000;
    private static final Schema DEPOSIT =
            Schema.of(Field.required("dataset", DataType.VARCHAR), Field.required("rows", DataType.BIGINT));

    private Clients clients;

    @BeforeEach
    void start() {
        clients = new Clients();
        clients.engine.numbers("numbers", MANY);
        clients.engine
                .rows("deposit", DEPOSIT, List.of(Arrays.asList("main.public.x", 42L)))
                .count(42);
    }

    @AfterEach
    void stop() {
        clients.close();
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void manyRowsArriveOnceAndInOrder(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("numbers")) {
            long expected = 0;
            while (rows.next()) {
                assertThat(rows.getLong(1)).isEqualTo(expected);
                assertThat(rows.getString("s")).isEqualTo(expected % 7 == 0 ? null : "row " + expected);
                expected++;
            }
            assertThat(expected).isEqualTo(MANY);
        }
        assertThat(clients.engine.openSessions).hasValue(0);
        assertThat(clients.engine.openResults).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void maxRowsEndsTheResult(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(3_001);
            try (ResultSet rows = statement.executeQuery("numbers")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(3_001);
            }
        }
        assertThat(clients.engine.batchesPulled.get()).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aResultThatIsNotReadToItsEndIsReleased(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("numbers");
            assertThat(rows.next()).isTrue();
            rows.close();
        }
        awaitZero(clients.engine.openResults::get);
    }

    /** What a worker thread is about to release gets there without anybody waking anybody. */
    private static void awaitZero(java.util.function.IntSupplier count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count.getAsInt() != 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(count.getAsInt()).isZero();
    }

    /** Waits until the engine has begun with a call that goes on until it is ended. */
    private static void awaitBegin(java.util.function.IntSupplier count, CompletableFuture<?> running) {
        while (count.getAsInt() == 0) {
            assertThat(running).as("it is under way").isNotDone();
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void anErrorIsOneSentenceWithItsState(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            SQLException failure = failure(() -> statement.executeQuery("SELECT * FROM nowhere"));
            assertThat(failure.getSQLState()).isEqualTo("42P01");
            if (kind.isOurs()) {
                assertThat(failure.getMessage())
                        .isEqualTo("Cannot find dataset nowhere: there is none (line 1, column 15)");
            } else {
                assertThat(failure.getMessage())
                        .contains("Cannot find dataset nowhere")
                        .doesNotContain("\tat ");
            }
            SQLException unprepared = failure(() -> connection.prepareStatement("SELECT * FROM nowhere"));
            assertThat(unprepared.getSQLState()).isEqualTo("42P01");
            if (kind.isOurs()) {
                assertThat(unprepared.getMessage()).isEqualTo(failure.getMessage());
            } else {
                // Stock clients drop the message here, and keep what they take for stack traces.
                assertThat(((org.apache.calcite.avatica.AvaticaSqlException) unprepared).getStackTraces())
                        .containsExactly("Cannot find dataset nowhere: there is none (line 1, column 15)");
            }
        }
    }

    /**
     * Waits until a call that was ended from another thread returns or throws. What it throws is the client's business: stock
     * ones say nothing, or trip over an assertion of their own because their statement is gone.
     */
    private static void awaitEnd(CompletableFuture<?> running) throws Exception {
        running.handle((result, thrown) -> null).get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void ourOwnFailuresSayNothingOfTheirInside(Clients.Kind kind) throws SQLException {
        clients.engine.numbers("broken", 10).batches = arguments -> {
            throw new IllegalStateException("secret detail");
        };
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            SQLException failure =
                    failure(() -> statement.executeQuery("broken").next());
            assertThat(failure.getSQLState()).isEqualTo("XX000");
            if (kind != Clients.Kind.EMBEDDED) {
                assertThat(failure.getMessage()).doesNotContain("secret detail").contains("in the server's log");
                assertThat(failure.toString()).doesNotContain("FakeEngine");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void anErrorInTheMiddleIsNotTheEndOfTheRows(Clients.Kind kind) throws SQLException {
        FakeEngine.Answer answer = clients.engine.numbers("half", MANY);
        var whole = answer.batches;
        answer.batches = arguments -> {
            var batches = whole.apply(arguments);
            return new java.util.Iterator<>() {
                private int handed;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public io.datasetdb.vector.Batch next() {
                    if (handed++ == 3) {
                        throw new DatasetDbException(FakeError.DIVISION, "Cannot divide: by zero");
                    }
                    return batches.next();
                }
            };
        };
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            SQLException failure = failure(() -> {
                ResultSet rows = statement.executeQuery("half");
                while (rows.next()) {
                    rows.getLong(1);
                }
            });
            assertThat(failure.getMessage()).contains("Cannot divide: by zero");
            assertThat(failure.getSQLState()).isEqualTo("22012");
        }
        awaitZero(clients.engine.openResults::get);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void aDepositHasARowAndACount(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("deposit")).isEqualTo(42);
            assertThat(statement.execute("deposit")).isTrue();
            ResultSet row = statement.getResultSet();
            assertThat(row.next()).isTrue();
            assertThat(row.getString("dataset")).isEqualTo("main.public.x");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(42);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            try (PreparedStatement prepared = connection.prepareStatement("deposit")) {
                assertThat(prepared.executeLargeUpdate()).isEqualTo(42);
            }
            assertThat(failure(() -> statement.executeUpdate("numbers")).getMessage())
                    .contains("executeQuery");
            statement.addBatch("deposit");
            statement.addBatch("nowhere");
            assertThatThrownBy(statement::executeBatch).isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                assertThat(e.getUpdateCounts()).containsExactly(42);
                assertThat(e.getSQLState()).isEqualTo("42P01");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STOCK_PROTOBUF", "STOCK_JSON"})
    void stockClientsSeeADepositAsARowOrACount(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("deposit")) {
            ResultSet row = statement.executeQuery("deposit");
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(2)).isEqualTo(42);
            assertThat(prepared.executeUpdate()).isEqualTo(42);
            statement.addBatch("deposit");
            assertThat(statement.executeBatch()).containsExactly(42);
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    @SuppressWarnings("try")
    void aSlowStatementIsWaitedForWithEmptyFrames(Clients.Kind kind) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        clients.engine.numbers("slow", 10).after(gate);
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> count = CompletableFuture.supplyAsync(() -> {
                try (ResultSet rows = statement.executeQuery("slow")) {
                    int found = 0;
                    while (rows.next()) {
                        found++;
                    }
                    return found;
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            // Longer than the 200 ms after which the server answers that there is nothing yet.
            assertThatThrownBy(() -> count.get(700, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            gate.countDown();
            assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void wrongCallsHaveASqlState(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("numbers");
                ResultSet rows = connection.createStatement().executeQuery("numbers")) {
            rows.next();
            SQLException unknown = failure(() -> rows.getInt(99));
            assertThat(unknown.getMessage()).isEqualTo("Cannot read column 99: the result has columns 1 to 2");
            assertThat(unknown.getSQLState()).isEqualTo("07009");
            assertThat(failure(() -> rows.getString(0)).getSQLState()).isEqualTo("07009");
            assertThat(failure(() -> rows.getObject(-1)).getSQLState()).isEqualTo("07009");
            assertThat(failure(() -> rows.getDate(3)).getSQLState()).isEqualTo("07009");
            assertThat(failure(() -> rows.setFetchSize(-1)).getSQLState()).isEqualTo("22023");
            for (Statement each : List.of(statement, prepared)) {
                SQLException negative = failure(() -> each.setMaxRows(-1));
                assertThat(negative.getMessage())
                        .isEqualTo("Cannot set the maximum number of rows: it must not be negative (-1)");
                assertThat(negative.getSQLState()).isEqualTo("22023");
                assertThat(failure(() -> each.setFetchSize(-1)).getSQLState()).isEqualTo("22023");
                assertThat(failure(() -> each.setQueryTimeout(-1)).getSQLState())
                        .isEqualTo("22023");
                assertThat(failure(() -> each.setMaxFieldSize(-1)).getSQLState())
                        .isEqualTo("22023");
            }
            assertThat(failure(() -> prepared.setInt(1, 5)).getSQLState()).isEqualTo("07009");
            assertThat(failure(() -> prepared.setString(0, "x")).getSQLState()).isEqualTo("07009");
            assertThat(failure(() -> connection.isValid(-1)).getSQLState()).isEqualTo("22023");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void cancelEndsARunningStatementWhichStaysUsable(Clients.Kind kind) throws Exception {
        clients.engine.numbers("endless", 10).after(new CountDownLatch(1));
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> ended = CompletableFuture.supplyAsync(
                    () -> failure(() -> statement.executeQuery("endless").next()));
            awaitBegin(clients.engine.openResults::get, ended);
            statement.cancel();
            assertThat(ended.get(60, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
            awaitZero(clients.engine.openResults::get);
            try (ResultSet rows = statement.executeQuery("numbers")) {
                assertThat(rows.next()).isTrue();
            }
            statement.close();
            statement.cancel();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void cancelEndsADepositThatHasNoResultYet(Clients.Kind kind) throws Exception {
        clients.engine
                .numbers("deposit", 10)
                .count(10)
                .after(new CountDownLatch(1))
                .slowToStart();
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> ended =
                    CompletableFuture.supplyAsync(() -> failure(() -> statement.executeUpdate("deposit")));
            awaitBegin(clients.engine.executing::get, ended);
            statement.cancel();
            assertThat(ended.get(60, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
            awaitZero(clients.engine.executing::get);
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void closingAStatementEndsWhatItRunsEvenIfPrepared(Clients.Kind kind) throws Exception {
        clients.engine
                .numbers("deposit", 10)
                .count(10)
                .after(new CountDownLatch(1))
                .slowToStart();
        try (Connection connection = clients.connect(kind);
                PreparedStatement statement = connection.prepareStatement("deposit")) {
            CompletableFuture<?> running = CompletableFuture.supplyAsync(() -> failure(statement::execute));
            awaitBegin(clients.engine.executing::get, running);
            statement.close();
            awaitEnd(running);
            awaitZero(clients.engine.executing::get);
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void closingTheConnectionEndsADepositToo(Clients.Kind kind) throws Exception {
        clients.engine
                .numbers("deposit", 10)
                .count(10)
                .after(new CountDownLatch(1))
                .slowToStart();
        Connection connection = clients.connect(kind);
        PreparedStatement statement = connection.prepareStatement("deposit");
        CompletableFuture<SQLException> ended = CompletableFuture.supplyAsync(
                () -> failure(() -> statement.executeQuery().next()));
        awaitBegin(clients.engine.executing::get, ended);
        connection.close();
        awaitEnd(ended);
        awaitZero(clients.engine.executing::get);
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aLargeResultIsMadeAsItIsReadAndNotBefore(Clients.Kind kind) throws SQLException {
        clients.engine.numbers("many", 2_000_000);
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("many")) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(rows.next()).isTrue();
            }
            // A frame that is read and one that is made meanwhile, of 977 batches.
            assertThat(clients.engine.batchesPulled.get()).isLessThan(100);
        }
        awaitZero(clients.engine.openResults::get);
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aPreparedStatementWhoseResultHasOtherColumnsByNowSaysSo(Clients.Kind kind) throws SQLException {
        Schema before = Schema.of(Field.of("x", DataType.INTEGER));
        clients.engine.rows("changing", before, List.of(List.of(1)));
        try (Connection connection = clients.connect(kind);
                PreparedStatement statement = connection.prepareStatement("changing")) {
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
            clients.engine.change("changing", Schema.of(Field.of("x", DataType.VARCHAR)), List.of(List.of("a")));
            SQLException failure = failure(() -> statement.executeQuery().next());
            assertThat(failure.getMessage()).contains("other columns by now; prepare it again");
            assertThat(failure.getSQLState()).isEqualTo("0A000");
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aBatchOfParametersCountsEachOfItsRows(Clients.Kind kind) throws SQLException {
        clients.engine.echo("insert", DataType.INTEGER).count(3);
        try (Connection connection = clients.connect(kind);
                PreparedStatement statement = connection.prepareStatement("insert")) {
            for (int i = 0; i < 2; i++) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(3, 3);
        }
        assertThat(clients.engine.arguments).containsExactly(List.of(0), List.of(1));
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void closingTheConnectionEndsWhatItRuns(Clients.Kind kind) throws Exception {
        clients.engine.numbers("endless", 10).after(new CountDownLatch(1));
        Connection connection = clients.connect(kind);
        Statement statement = connection.createStatement();
        CompletableFuture<SQLException> ended = CompletableFuture.supplyAsync(
                () -> failure(() -> statement.executeQuery("endless").next()));
        awaitBegin(clients.engine.openResults::get, ended);
        connection.close();
        awaitEnd(ended);
        awaitZero(clients.engine.openResults::get);
        assertThat(clients.engine.openSessions).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void theTimeoutReachesTheEngine(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(7);
            statement.executeQuery("numbers").close();
        }
        assertThat(clients.engine.timeouts).containsExactly(7_000_000_000L);
    }

    @Test
    void theEmbeddedDriverHandsOutBatchesAsTheyComeAndNoEarlier() throws SQLException {
        try (Connection connection = clients.connect(Clients.Kind.EMBEDDED);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("numbers")) {
            assertThat(rows.next()).isTrue();
            assertThat(clients.engine.batchesPulled).hasValue(1);
        }
    }
}
