// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The ways in which a user may reach a warehouse. */
public enum Client {
    EMBEDDED,
    OWN_REMOTE,
    AVATICA_PROTOBUF,
    AVATICA_JSON;

    /** Opens a connection as the user {@code tester}. */
    public Connection connect(Path warehouse, int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "tester");
        if (this == EMBEDDED) {
            properties.setProperty("author", "tester");
        }
        return isOurs()
                ? DriverManager.getConnection(url(warehouse, port), properties)
                : new org.apache.calcite.avatica.remote.Driver().connect(url(warehouse, port), properties);
    }

    /** The URL that leads to this warehouse, or to the server on this port. */
    public String url(Path warehouse, int port) {
        String server = "http://127.0.0.1:" + port;
        return switch (this) {
            case EMBEDDED -> "jdbc:datasetdb:" + warehouse;
            case OWN_REMOTE -> "jdbc:datasetdb://127.0.0.1:" + port + "/";
            case AVATICA_PROTOBUF -> "jdbc:avatica:remote:url=" + server + ";serialization=protobuf";
            case AVATICA_JSON -> "jdbc:avatica:remote:url=" + server + ";serialization=json";
        };
    }

    /** Whether it is our own driver. */
    public boolean isOurs() {
        return this == EMBEDDED || this == OWN_REMOTE;
    }
}
