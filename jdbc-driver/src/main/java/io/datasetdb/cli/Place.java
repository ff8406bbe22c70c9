// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.Driver;
import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.registry.Registry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where datasets are. */
final class Place {
    /** Names the default warehouse. */
    static final String VARIABLE = "DATASETDB_WAREHOUSE";

    @Option(
            names = {"-w", "--warehouse"},
            paramLabel = "DIR",
            description = "Folder or URI of the warehouse. Default: $" + VARIABLE + ", else ./warehouse")
    private @Nullable String warehouse;

    @Option(
            names = "--url",
            paramLabel = "JDBC-URL",
            description = "A server instead, e.g. jdbc:datasetdb://host:port/")
    private @Nullable String url;

    /** The JDBC URL. */
    String url() {
        // Two slashes would be the beginning of a server's name.
        return url == null ? "jdbc:datasetdb:" + warehouse(warehouse).replaceFirst("^//+", "/") : url;
    }

    /** The warehouse that is meant if this is what was given. */
    static String warehouse(@Nullable String given) {
        if (given != null) {
            return given;
        }
        String variable = System.getenv(VARIABLE);
        return variable == null || variable.isBlank() ? Path.of("warehouse").toString() : variable;
    }

    /** Opens a connection. */
    Connection connect(Properties properties) throws SQLException {
        return connect(url(), properties);
    }

    /** Opens a connection to a warehouse that is there already: to look into one that was mistyped makes none. */
    Connection connectToExisting() throws SQLException {
        if (url == null) {
            folder();
        }
        return connect(new Properties());
    }

    /** The registry of the warehouse, or of the server; whoever asks closes it. */
    Catalog catalog() throws SQLException {
        return url == null ? new WarehouseCatalog(Registry.open(folder())) : new SqlCatalog(connectToExisting());
    }

    /** The folder of the warehouse, unless it is a server. */
    Optional<Path> localFolder() {
        String place = warehouse(warehouse);
        boolean local = url == null && (place.startsWith("file:") || !place.contains("://"));
        return local ? Optional.of(folder(place)) : Optional.empty();
    }

    private Path folder() throws SQLException {
        return existing(warehouse(warehouse));
    }

    private static Path folder(String place) {
        return place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
    }

    private static Path existing(String place) throws SQLException {
        Path folder = folder(place);
        if (!Files.exists(folder)) {
            throw Failures.of(
                    "Cannot open warehouse " + place + ": there is no such folder (datasetdb sql --warehouse " + place
                            + " makes one)",
                    "08001",
                    null);
        }
        if (isEmpty(folder)) {
            throw Failures.of(
                    "Cannot open warehouse " + place + ": the folder is empty (datasetdb sql --warehouse " + place
                            + " makes one of it)",
                    "08001",
                    null);
        }
        return folder;
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        } catch (IOException e) {
            // Whoever opens it says what is wrong.
            return false;
        }
    }

    static Connection connect(String url, Properties properties) throws SQLException {
        if (url.startsWith("jdbc:avatica:")) {
            return java.sql.DriverManager.getConnection(url, properties);
        }
        if (!url.startsWith("jdbc:datasetdb:")) {
            throw Failures.of("Cannot connect: the URL is no jdbc:datasetdb://host:port/ (" + url + ")", "08001", null);
        }
        properties.putIfAbsent("datasetdb.client", "shell");
        return Objects.requireNonNull(new Driver().connect(url, properties));
    }

    /** The option of commands that work on the files of a warehouse. */
    static final class Folder {
        @Option(
                names = {"-w", "--warehouse"},
                paramLabel = "DIR",
                description = "Folder of the warehouse. Default: $" + VARIABLE + ", else ./warehouse")
        private @Nullable String warehouse;

        /** The folder, which is there. */
        Path path() throws SQLException {
            return existing(warehouse(warehouse));
        }

        /** The folder, which may still have to be made. */
        Path pathToMake() {
            return folder(warehouse(warehouse));
        }
    }
}
