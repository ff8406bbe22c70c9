// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.DriverTestAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** One engine and the four ways to it: in process, our remote driver, and a stock Avatica client over JSON and over protobuf. */
final class Clients implements AutoCloseable {
    final FakeEngine engine = new FakeEngine();
    final DatasetServer server;
    private final SharedEngines embedded = new SharedEngines(warehouse -> engine);

    enum Kind {
        EMBEDDED,
        REMOTE,
        STOCK_PROTOBUF,
        STOCK_JSON;

        boolean isOurs() {
            return this == EMBEDDED || this == REMOTE;
        }

        static List<Kind> ours() {
            return List.of(EMBEDDED, REMOTE);
        }
    }

    Clients() {
        this(ServerConfig.local(0).withAnswerWithin(Duration.ofMillis(200)));
    }

    Clients(ServerConfig config) {
        server = DatasetServer.start(engine, config);
    }

    Connection connect(Kind kind) throws SQLException {
        return connect(kind, new Properties());
    }

    Connection connect(Kind kind, Properties properties) throws SQLException {
        if (!properties.containsKey("user")) {
            properties.setProperty("user", "ada");
        }
        return switch (kind) {
            case EMBEDDED -> DriverTestAccess.connect(embedded.open("/tmp/fake"), properties);
            case REMOTE ->
                new io.datasetdb.jdbc.Driver().connect("jdbc:datasetdb://localhost:" + server.port() + "/", properties);
            case STOCK_PROTOBUF -> stock("protobuf", properties);
            case STOCK_JSON -> stock("json", properties);
        };
    }

    private Connection stock(String serialization, Properties properties) throws SQLException {
        return new org.apache.calcite.avatica.remote.Driver()
                .connect(
                        "jdbc:avatica:remote:url=http://localhost:" + server.port() + ";serialization=" + serialization,
                        properties);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Something that throws. */
    interface Call {
        void run() throws Exception;
    }

    /** What a call throws; stock clients wrap it when a fetch fails. */
    static SQLException failure(Call call) {
        try {
            call.run();
        } catch (SQLException e) {
            return e;
        } catch (org.apache.calcite.avatica.AvaticaClientRuntimeException e) {
            // What a stock client throws when a fetch fails.
            return new SQLException(e.getMessage(), e.getSqlState());
        } catch (Exception e) {
            throw new AssertionError("not an SQLException", e);
        }
        throw new AssertionError("nothing was thrown");
    }
}
