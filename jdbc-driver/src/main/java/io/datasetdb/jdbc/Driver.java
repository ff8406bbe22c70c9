// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.ClientProperty;
import io.datasetdb.jdbc.internal.EmbeddedEngines;
import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.jdbc.internal.HttpTransport;
import io.datasetdb.jdbc.internal.Transport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver, found by ServiceLoader.
 *
 * <ul>
 *   <li>{@code jdbc:datasetdb:DIR} or {@code jdbc:datasetdb:URI}: the warehouse there, in this process (needs
 *       datasetdb-all.jar). All connections of a process to one warehouse share one engine.
 *   <li>{@code jdbc:datasetdb://host:port/}: a server.
 * </ul>
 *
 * Properties, in the URL as {@code ?key=value&key=value} or as a property list: {@code user}, {@code password}, {@code
 * namespace}, {@code project}, {@code author} (embedded only), {@code source} (path of the client's script: the driver reads the
 * file, its text is recorded with every deposit). Unknown ones are refused.
 */
public final class Driver implements java.sql.Driver {
    static {
        try {
            DriverManager.registerDriver(new Driver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** One client for all connections of this driver; it keeps threads and sockets. */
    private volatile @Nullable HttpClient client;

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(Target.PREFIX);
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Target target = Target.parse(url);
        EnumMap<ClientProperty, String> properties = properties(target, info == null ? new Properties() : info);
        return connect(target, properties, target.server() == null ? embedded(target.warehouse()) : remote(target));
    }

    /** Connects through a transport, which is closed with the connection, or right away if this fails. */
    static Connection connect(Target target, Map<ClientProperty, String> properties, Transport transport)
            throws SQLException {
        try {
            return DatasetDbConnection.open(target, properties, transport);
        } catch (RuntimeException e) {
            transport.close();
            throw Failures.sql(e);
        }
    }

    /** All properties of a connection: those of the URL win over those of the list. */
    static EnumMap<ClientProperty, String> properties(Target target, Properties info) throws SQLException {
        EnumMap<ClientProperty, String> result = new EnumMap<>(ClientProperty.class);
        for (String key : info.stringPropertyNames()) {
            put(result, key, info.getProperty(key));
        }
        for (Map.Entry<String, String> entry : target.properties().entrySet()) {
            put(result, entry.getKey(), entry.getValue());
        }
        if (target.server() != null && result.containsKey(ClientProperty.AUTHOR)) {
            throw Failures.of(
                    "Cannot connect: author is for embedded connections only; a server records its user",
                    "HY024",
                    null);
        }
        result.putIfAbsent(ClientProperty.USER, System.getProperty("user.name", "unknown"));
        result.putIfAbsent(ClientProperty.CLIENT, "jdbc");
        result.put(ClientProperty.PACKETS, "1");
        String source = result.get(ClientProperty.SOURCE);
        if (source != null && !result.containsKey(ClientProperty.SOURCE_TEXT)) {
            result.put(ClientProperty.SOURCE_TEXT, script(source));
        }
        return result;
    }

    private static void put(Map<ClientProperty, String> properties, String key, String value) throws SQLException {
        ClientProperty property = ClientProperty.of(key)
                .orElseThrow(() -> Failures.of(
                        "Cannot connect: there is no property " + key + " (known: "
                                + String.join(", ", ClientProperty.publicKeys()) + ")",
                        "HY024",
                        null));
        properties.put(property, value);
    }

    private static String script(String path) throws SQLException {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | RuntimeException e) {
            throw Failures.of("Cannot read the script " + path + ": it is no readable UTF-8 file", "58P01", e);
        }
    }

    private static Transport embedded(String warehouse) throws SQLException {
        EmbeddedEngines engines = ServiceLoader.load(EmbeddedEngines.class, Driver.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> Failures.of(
                        "Cannot open the warehouse " + warehouse
                                + ": this is the thin driver, which only talks to servers; use datasetdb-all.jar",
                        "08001",
                        null));
        try {
            return engines.open(warehouse);
        } catch (RuntimeException e) {
            throw Failures.sql(e);
        } catch (LinkageError e) {
            throw Failures.of(
                    "Cannot open the warehouse " + warehouse
                            + ": the class path mixes versions; keep only one of datasetdb-jdbc.jar and datasetdb-all.jar",
                    "08001",
                    e);
        }
    }

    private Transport remote(Target target) {
        return new HttpTransport(client(), java.util.Objects.requireNonNull(target.server()));
    }

    private HttpClient client() {
        HttpClient found = client;
        if (found == null) {
            synchronized (this) {
                found = client;
                if (found == null) {
                    found = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(Duration.ofSeconds(10))
                            .build();
                    client = found;
                }
            }
        }
        return found;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
        return java.util.Arrays.stream(ClientProperty.values())
                .filter(ClientProperty::isPublic)
                .map(property -> {
                    String value = info == null ? null : info.getProperty(property.key());
                    DriverPropertyInfo result = new DriverPropertyInfo(property.key(), value);
                    result.description = property.description();
                    return result;
                })
                .toArray(DriverPropertyInfo[]::new);
    }

    @Override
    public int getMajorVersion() {
        return Release.MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return Release.MINOR;
    }

    /** The SQL is not SQL-92 to the letter (no transactions over several statements). */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.datasetdb");
    }
}
