// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.ClientMeta;
import io.datasetdb.jdbc.internal.Transport;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/** What Avatica's connection expects to have been made by: one for each connection, since it hands out its transport. */
final class AvaticaDriver extends UnregisteredDriver {
    private final Transport transport;

    AvaticaDriver(Transport transport) {
        this.transport = transport;
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new JdbcFactory();
    }

    AvaticaFactory factory() {
        return factory;
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return new DriverVersion(
                "DatasetDB JDBC driver",
                Release.VERSION,
                Release.PRODUCT,
                Release.VERSION,
                false,
                Release.MAJOR,
                Release.MINOR,
                Release.MAJOR,
                Release.MINOR);
    }

    @Override
    protected String getConnectStringPrefix() {
        return Target.PREFIX;
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return new ClientMeta(connection, transport);
    }
}
