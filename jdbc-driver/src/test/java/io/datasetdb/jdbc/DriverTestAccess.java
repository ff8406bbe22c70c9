// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Transport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Lets tests of other packages put an engine of their own behind the embedded driver. */
public final class DriverTestAccess {
    private DriverTestAccess() {}

    public static Connection connect(Transport transport, Properties properties) throws SQLException {
        Target target = Target.parse("jdbc:datasetdb:/tmp/fake");
        return Driver.connect(target, Driver.properties(target, properties), transport);
    }
}
