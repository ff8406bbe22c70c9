// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what over the wire, what tools learn about the database, and what pools do to connections. */
@Timeout(300)
class WireSessionsTest {
    private Clients clients = new Clients();

    @AfterEach
    void stop() {
        clients.close();
    }

    private static Properties properties(String... pairs) {
        Properties result = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            result.setProperty(pairs[i], pairs[i + 1]);
        }
        return result;
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + clients.server.port() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    // Sessions

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void theSessionGetsWhatThePropertiesSay(Clients.Kind kind, @TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("job.sql"), "SELECT 'ü';\n");
        clients.connect(
                        kind,
                        properties("user", "ada", "namespace", "lab", "project", "x_ray", "source", script.toString()))
                .close();
        SessionOptions options = clients.engine.opened.get(0);
        assertThat(options)
                .isEqualTo(
                        new SessionOptions("ada", "ada", "jdbc", "lab", "x_ray", script.toString(), "SELECT 'ü';\n"));
    }

    @ParameterizedTest
    @EnumSource
    void noConnectionIsLeftOfOneToAnUnknownProject(Clients.Kind kind) {
        assertThatThrownBy(() -> clients.connect(kind, properties("project", "missing")))
                .hasMessageContaining("there is no such project");
        assertThat(clients.engine.openSessions).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void propertiesSetTheSettingsOfTheSession(Clients.Kind kind) throws SQLException {
        clients.connect(
                        kind,
                        properties("threads", "3", "memory_limit", "1KiB", "disabled_optimizers", "top_n, join_order"))
                .close();
        assertThat(clients.engine.opened.get(0).settings())
                .isEqualTo(new Settings(3, 1024, Set.of(Optimization.JOIN_ORDER, Optimization.TOP_N)));
        assertThatThrownBy(() -> clients.connect(kind, properties("threads", "none")))
                .hasMessageContaining("Cannot set threads: it takes a whole number from 1 (none)");
    }

    @Test
    void onlyTheEmbeddedDriverTakesAnAuthor() throws SQLException {
        clients.connect(Clients.Kind.EMBEDDED, properties("author", "grace")).close();
        assertThat(clients.engine.opened.get(0).author()).isEqualTo("grace");
        assertThatThrownBy(() -> clients.connect(Clients.Kind.REMOTE, properties("author", "grace")))
                .hasMessageContaining("author");
        clients.connect(Clients.Kind.STOCK_JSON, properties("user", "ada", "author", "grace"))
                .close();
        assertThat(clients.engine.opened.get(1).author()).isEqualTo("ada");
    }

    @Test
    void unknownPropertiesAreRefusedByUsAndIgnoredFromOthers() throws SQLException {
        for (Clients.Kind kind : Clients.Kind.ours()) {
            assertThatThrownBy(() -> clients.connect(kind, properties("model", "inline:{}")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("Cannot connect: there is no property model (known: user,");
        }
        clients.connect(Clients.Kind.STOCK_PROTOBUF, properties("model", "inline:{}", "schemaFactory", "x.Y"))
                .close();
        assertThat(clients.engine.opened).hasSize(1);
        assertThat(clients.engine.opened.get(0))
                .isEqualTo(new SessionOptions("ada", "ada", "jdbc", "main", "public", null, null));
    }

    @Test
    void aConnectionCannotBeUsedByWhoDidNotOpenIt() throws Exception {
        try (Connection mine = clients.connect(Clients.Kind.REMOTE)) {
            String id = ((org.apache.calcite.avatica.AvaticaConnection) mine).id;
            HttpResponse<String> stolen =
                    post("/", "{\"request\":\"createStatement\",\"connectionId\":\"" + id + "\"}");
            assertThat(stolen.statusCode()).isEqualTo(500);
            assertThat(stolen.body()).contains("\"errorCode\":1").contains("the server does not know it");
            HttpResponse<String> closed =
                    post("/", "{\"request\":\"closeConnection\",\"connectionId\":\"" + id + "\"}");
            assertThat(closed.statusCode()).isEqualTo(200);
            assertThat(mine.isValid(60)).isTrue();
        }
    }

    @Test
    void withAUserFileOnlyItsUsersGetIn(@TempDir Path folder) throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "# who\n" + UserFile.line("ada", "s:cret") + "\n");
        clients.close();
        clients = new Clients(ServerConfig.local(0).with(UserFile.read(users)));
        clients.connect(Clients.Kind.REMOTE, properties("user", "ada", "password", "s:cret"))
                .close();
        clients.connect(Clients.Kind.STOCK_JSON, properties("user", "ada", "password", "s:cret"))
                .close();
        for (Properties wrong : List.of(
                properties("user", "ada", "password", "secret"),
                properties("user", "eve", "password", "s:cret"),
                properties("user", "ada"))) {
            assertThatThrownBy(() -> clients.connect(Clients.Kind.REMOTE, wrong))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
        }
        assertThat(post("/", "{}", "Authorization", "Basic ZXZlOng=").statusCode())
                .isEqualTo(401);
        String large = "{" + " ".repeat(5 << 20);
        assertThat(post("/", large).body()).contains("larger than the server allows (4194304 bytes)");
        String login = "Basic " + Base64.getEncoder().encodeToString("ada:s:cret".getBytes(UTF_8));
        assertThat(post("/", large, "Authorization", login).body()).contains("neither Avatica's JSON nor its protobuf");
        assertThat(clients.engine.opened).hasSize(2);
    }

    @Test
    void unusedConnectionsExpireAndUsedOnesDoNot() throws SQLException {
        Connection idle = clients.connect(Clients.Kind.REMOTE);
        assertThat(clients.server.connections()).isEqualTo(1);
        clients.server.expire(System.nanoTime() + TimeUnit.MINUTES.toNanos(59));
        assertThat(idle.isValid(60)).isTrue();
        clients.server.expire(System.nanoTime() + TimeUnit.MINUTES.toNanos(61));
        assertThat(idle.isValid(60)).isFalse();
        assertThat(clients.engine.openSessions).hasValue(0);
    }

    @Test
    void whoComesBackTooLateForTheRowsIsToldSo() throws SQLException {
        clients.engine.numbers("many", Integer.MAX_VALUE);
        try (Connection connection = clients.connect(Clients.Kind.REMOTE);
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            ResultSet rows = statement.executeQuery("many");
            assertThat(rows.next()).isTrue();
            clients.server.expire(System.nanoTime() + TimeUnit.MINUTES.toNanos(6));
            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            assertThat(rows.getLong(1)).isLessThan(10_000_000);
                        }
                    })
                    .hasMessage("Cannot finish the statement: its client was idle, no rows were asked for in 5 minutes")
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P05"));
            assertThat(statement.executeQuery("many").next()).isTrue();
        }
    }

    @Test
    void thereIsALimitOnConnectionsAndOnStatements() throws SQLException {
        clients.close();
        clients = new Clients(
                ServerConfig.local(0).with(new SessionLimits(2, 3, Duration.ofMinutes(1), Duration.ofMinutes(1))));
        List<AutoCloseable> open = new ArrayList<>();
        Connection first = clients.connect(Clients.Kind.REMOTE);
        open.add(first);
        open.add(clients.connect(Clients.Kind.STOCK_JSON));
        assertThatThrownBy(() -> clients.connect(Clients.Kind.REMOTE)).hasMessageContaining("too many connections");
        for (int i = 0; i < 3; i++) {
            open.add(first.createStatement());
        }
        assertThatThrownBy(first::createStatement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53400"));
        assertThat(open).hasSize(5);
        first.close();
        clients.connect(Clients.Kind.REMOTE).close();
    }

    // HTTP

    @Test
    void aRequestHasALimit() throws Exception {
        clients.close();
        clients = new Clients(ServerConfig.local(0).withMaxBody(10_000));
        HttpResponse<String> refused = post("/", "{\"request\":\"prepare\",\"sql\":\"" + "x".repeat(20_000) + "\"}");
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("larger than the server allows").contains("54000");
        try (Connection connection = clients.connect(Clients.Kind.REMOTE)) {
            assertThatThrownBy(() -> connection.prepareStatement("y".repeat(20_000)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54000"));
        }
    }

    @Test
    void nonsenseGetsAnAnswerOfOneLine() throws Exception {
        for (String body :
                List.of("", "{", "{\"request\":\"\u00e4\"}", "\nxyz", "[".repeat(1_000), "{\"a\":".repeat(500))) {
            HttpResponse<String> answer = post("/", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(500);
            assertThat(answer.body()).as(body).doesNotContain("\tat ").doesNotContain("Exception");
        }
        HttpResponse<String> byHeader =
                post("/", "", "request", "{\"request\":\"getCatalogs\",\"connectionId\":\"x\"}");
        assertThat(byHeader.statusCode()).isEqualTo(500);
    }

    @Test
    void aRequestCannotNameClassesToLoad() throws Exception {
        String open = "{\"request\":\"openConnection\",\"connectionId\":\"c1\",\"info\":{}}";
        assertThat(post("/", open).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = post(
                "/",
                "{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\"c1\",\"id\":1,\"signature\":{"
                        + "\"columns\":[],\"sql\":\"x\",\"parameters\":[],\"cursorFactory\":{\"style\":\"RECORD\","
                        + "\"clazz\":\"no.such.Class\",\"fieldNames\":[]},\"statementType\":\"SELECT\"}},"
                        + "\"parameterValues\":[],\"maxRowCount\":10}");
        assertThat(answer.body()).contains("\"missingStatement\":true");
    }

    @Test
    void webPagesAreKeptOut() throws Exception {
        assertThat(post("/", "{}", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        HttpResponse<String> health = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + clients.server.port() + "/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"ok\"");
    }

    @Test
    void aPortThatIsTakenIsSaidInOneSentence() {
        assertThatThrownBy(() -> DatasetServer.start(clients.engine, ServerConfig.local(clients.server.port())))
                .hasMessageStartingWith(
                        "Cannot listen on 127.0.0.1:" + clients.server.port() + ": the address is in use");
    }

    @Test
    void aServerThatIsGoneIsSaidInOneSentence() throws SQLException {
        Connection connection = clients.connect(Clients.Kind.REMOTE);
        int port = clients.server.port();
        clients.server.close();
        assertThat(connection.isValid(60)).isFalse();
        assertThatThrownBy(connection::createStatement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        assertThatThrownBy(
                        () -> new io.datasetdb.jdbc.Driver().connect("jdbc:datasetdb://localhost:" + port + "/", null))
                .hasMessage("Cannot connect to localhost:" + port + ": nobody answers there");
    }

    // Metadata

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void toolsFindNamespacesProjectsTablesAndColumns(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind)) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(strings(metaData.getCatalogs(), "TABLE_CAT")).containsExactly("lab", "main");
            assertThat(strings(metaData.getSchemas(), "TABLE_SCHEM")).containsExactly("x_ray", "public", "registry");
            assertThat(strings(metaData.getSchemas("main", "p%"), "TABLE_SCHEM"))
                    .containsExactly("public");
            assertThat(strings(metaData.getTables(null, null, null, null), "TABLE_NAME"))
                    .containsExactly("versions", "photos", "a_b");
            assertThat(strings(metaData.getTables("main", null, "A\\_B", null), "TABLE_TYPE"))
                    .containsExactly("VIEW");
            assertThat(strings(metaData.getTables("main", "%", "%", new String[] {"SYSTEM TABLE"}), "TABLE_NAME"))
                    .containsExactly("versions");
            assertThat(strings(metaData.getTables(null, null, "photos", null), "REMARKS"))
                    .containsExactly("all photos");
            assertThat(strings(metaData.getTableTypes(), "TABLE_TYPE"))
                    .containsExactly("SYSTEM TABLE", "TABLE", "VIEW");
            assertThat(strings(metaData.getColumns("main", "public", "photos", null), "COLUMN_NAME"))
                    .containsExactly("path", "size", "emb");
            assertThat(strings(metaData.getColumns(null, null, null, "s_ze"), "TYPE_NAME"))
                    .containsExactly("DECIMAL(20, 2)");
            assertThat(strings(metaData.getTypeInfo(), "TYPE_NAME")).contains("BIGINT", "UUID", "DECIMAL");
            assertThat(strings(metaData.getPrimaryKeys(null, null, "photos"), "COLUMN_NAME"))
                    .isEmpty();
            assertThat(strings(metaData.getIndexInfo(null, null, "photos", false, true), "INDEX_NAME"))
                    .isEmpty();
            assertThat(metaData.getSystemFunctions()).isEqualTo("cosine_distance,upper");
            assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
            assertThat(metaData.nullsAreSortedAtEnd()).isTrue();
        }
    }

    private static List<String> strings(ResultSet rows, String column) throws SQLException {
        List<String> result = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                result.add(rows.getString(column));
            }
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void ourDriversDescribeThemselves(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind)) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getDatabaseProductName()).isEqualTo("DatasetDB");
            assertThat(metaData.getDatabaseProductVersion()).isEqualTo(io.datasetdb.sql.Engine.version());
            assertThat(metaData.getUserName()).isEqualTo("ada");
            assertThat(metaData.getURL()).startsWith("jdbc:datasetdb:");
            assertThat(metaData.storesMixedCaseIdentifiers()).isTrue();
            assertThat(metaData.supportsTransactions()).isFalse();
            try (ResultSet column = metaData.getColumns(null, null, "photos", "path")) {
                assertThat(column.next()).isTrue();
                assertThat(column.getInt("DATA_TYPE")).isEqualTo(Types.VARCHAR);
                assertThat(column.getInt("ORDINAL_POSITION")).isEqualTo(1);
                assertThat(column.getString("IS_NULLABLE")).isEqualTo("NO");
                assertThat(column.getString("REMARKS")).isEqualTo("where it is");
                assertThat(column.getMetaData().getColumnCount()).isEqualTo(24);
            }
        }
    }

    // Pools

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void aPoolCanDoWhatPoolsDo(Clients.Kind kind) throws SQLException {
        Connection connection = clients.connect(kind);
        assertThat(connection.isReadOnly()).isFalse();
        connection.setReadOnly(true);
        connection.setReadOnly(false);
        assertThat(connection.getAutoCommit()).isTrue();
        connection.setAutoCommit(false);
        connection.commit();
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(connection.getTransactionIsolation());
        connection.setNetworkTimeout(Runnable::run, 30_000);
        assertThat(connection.getNetworkTimeout()).isEqualTo(30_000);
        assertThat(connection.isValid(60)).isTrue();
        connection.clearWarnings();
        connection.setCatalog("lab");
        connection.setSchema("x_ray");
        assertThat(connection.getCatalog()).isEqualTo("lab");
        assertThat(connection.getSchema()).isEqualTo("x_ray");
        assertThatThrownBy(() -> connection.setSchema("missing"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3F000"));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(statement.getGeneratedKeys().next()).isFalse();
        }
        assertThatThrownBy(connection::setSavepoint)
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("Cannot set a savepoint: every statement is a transaction of its own");
        assertThatThrownBy(() -> connection.prepareCall("{call x}")).hasMessageStartingWith("Cannot prepare the call");
        try (Statement scrolling =
                connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            assertThat(scrolling.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
            assertThat(scrolling.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
        }
        clients.engine.numbers("ten", 10);
        Statement left = connection.createStatement();
        ResultSet unread = left.executeQuery("ten");
        connection.abort(Runnable::run);
        assertThat(connection.isClosed()).isTrue();
        assertThat(left.isClosed()).isTrue();
        assertThat(unread.isClosed()).isTrue();
        left.close();
        unread.close();
        assertThat(clients.engine.openSessions).hasValue(0);
    }
}
