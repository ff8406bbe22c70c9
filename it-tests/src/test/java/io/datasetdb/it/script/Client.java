// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The ways in which a user may reach a warehouse. */
enum Client {
    EMBEDDED,
    OWN_REMOTE,
    AVATICA_PROTOBUF,
    AVATICA_JSON;

    Connection connect(Path warehouse, int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "tester");
        return switch (this) {
            case EMBEDDED -> {
                properties.setProperty("author", "tester");
                yield DriverManager.getConnection("jdbc:datasetdb:" + warehouse, properties);
            }
            case OWN_REMOTE -> DriverManager.getConnection("jdbc:datasetdb://127.0.0.1:" + port + "/", properties);
            case AVATICA_PROTOBUF -> avatica(port, "protobuf", properties);
            case AVATICA_JSON -> avatica(port, "json", properties);
        };
    }

    private static Connection avatica(int port, String serialization, Properties properties) throws SQLException {
        String url = "jdbc:avatica:remote:url=http://127.0.0.1:" + port + ";serialization=" + serialization;
        return new org.apache.calcite.avatica.remote.Driver().connect(url, properties);
    }
}
