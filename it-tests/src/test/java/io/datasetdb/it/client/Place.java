// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import io.datasetdb.it.script.Client;
import io.datasetdb.server.DatasetServer;
import io.datasetdb.server.ServerConfig;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A warehouse, with a server on it where the client needs one. */
record Place(Client client, Path warehouse, Engine engine, DatasetServer server) implements AutoCloseable {
    static Place open(Client client, Path warehouse) {
        if (client == Client.EMBEDDED) {
            return new Place(client, warehouse, null, null);
        }
        Engine engine = Engine.open(new EngineConfig(warehouse.toString()));
        return new Place(client, warehouse, engine, DatasetServer.start(engine, ServerConfig.local(0)));
    }

    int port() {
        return server == null ? 0 : server.port();
    }

    String url() {
        return client.url(warehouse, port());
    }

    Connection connect() throws SQLException {
        return client.connect(warehouse, port());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            engine.close();
        }
    }
}
