// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that vanishes while its deposit runs, without a word: on a real engine, over a bare wire. */
@Timeout(300)
class LostConnectionTest {
    private static final String ENDLESS =
            "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT 3 - n FROM t) SELECT n FROM t";

    @TempDir
    private Path warehouse;

    private Engine engine;
    private DatasetServer server;

    @BeforeEach
    void start() {
        engine = Engine.open(new EngineConfig(warehouse.toString()));
        server = DatasetServer.start(engine, ServerConfig.local(0).withAnswerWithin(Duration.ofMillis(200)));
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                result.add(rows.getString(1));
            }
            return result;
        }
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> below = Files.walk(warehouse.resolve("data"))) {
            return below.filter(Files::isRegularFile).toList();
        }
    }

    /** Sends a request; the answer is read only if somebody wants it. */
    private Socket send(String body) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + bytes.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    private String answer(String body) throws Exception {
        try (Socket socket = send(body);
                InputStream answer = socket.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE OR REPLACE DATASET d METRICS (m = (SELECT max(n) FROM (" + ENDLESS + "))) AS SELECT 2 AS n",
                "CREATE OR REPLACE DATASET d METRICS (m = 1) AS " + ENDLESS,
                "INSERT INTO d " + ENDLESS
            })
    void itsDepositEndsAndLeavesNothing(String sql) throws Exception {
        try (Connection watcher = new io.datasetdb.jdbc.Driver()
                .connect("jdbc:datasetdb://localhost:" + server.port() + "/", new Properties())) {
            rows(watcher, "CREATE DATASET d METRICS (m = 0) AS SELECT 1 AS n");
            List<Path> before = files();
            assertThat(answer("{\"request\":\"openConnection\",\"connectionId\":\"lost\",\"info\":{}}"))
                    .contains("200 OK");
            assertThat(answer("{\"request\":\"createStatement\",\"connectionId\":\"lost\"}"))
                    .contains("200 OK");
            Socket lost = send("{\"request\":\"prepareAndExecute\",\"connectionId\":\"lost\",\"statementId\":1,"
                    + "\"maxRowCount\":-1,\"maxRowsInFirstFrame\":100,\"sql\":\"" + sql + "\"}");
            awaitJob(watcher, "RUNNING");
            lost.setSoLinger(true, 0);
            lost.close();

            server.expire(System.nanoTime() + TimeUnit.MINUTES.toNanos(6));

            awaitJob(watcher, "CANCELLED");
            assertThat(rows(watcher, "SELECT n FROM d")).containsExactly("1");
            assertThat(rows(watcher, "SELECT version FROM registry.versions")).containsExactly("1.0.0");
            assertThat(rows(watcher, "SELECT metric_value FROM registry.metrics"))
                    .containsExactly("0.0");
            assertThat(files()).isEqualTo(before);
            rows(watcher, "INSERT INTO d VALUES (2)");
            assertThat(rows(watcher, "SELECT sum(n) FROM d")).containsExactly("3");
        }
    }

    private static void awaitJob(Connection watcher, String state) throws SQLException {
        String sql = "SELECT job_id FROM registry.jobs WHERE state = '" + state + "'";
        while (rows(watcher, sql).isEmpty()) {
            assertThat(rows(watcher, "SELECT error_message FROM registry.jobs WHERE state = 'FAILED'"))
                    .isEmpty();
        }
    }
}
