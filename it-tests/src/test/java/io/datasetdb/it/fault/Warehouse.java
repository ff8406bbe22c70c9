// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A warehouse through the embedded driver, as the tests of this package use it. */
final class Warehouse implements AutoCloseable {
    private final Path folder;
    private final Connection connection;

    private Warehouse(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    static Warehouse open(Path folder) throws SQLException {
        return new Warehouse(folder, DriverManager.getConnection("jdbc:datasetdb:" + folder));
    }

    Path folder() {
        return folder;
    }

    WarehouseAudit audit() {
        return new WarehouseAudit(folder, connection);
    }

    /** Runs a deposit; answers {@code namespace.project.dataset@version}. */
    String deposit(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Depositor.execute(statement, sql);
        }
    }

    /** The rows of a query, cells separated by {@code " | "}. */
    List<String> rows(String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(rows.getString(i));
                }
                result.add(String.join(" | ", cells));
            }
        }
        return result;
    }

    /** The one file of a version. */
    Path file(String dataset, String version) throws SQLException {
        List<String> paths =
                rows("SELECT path FROM registry.files WHERE name = '" + dataset + "' AND version = '" + version + "'");
        assertThat(paths).hasSize(1);
        return folder.resolve(paths.get(0));
    }

    /** The failure of a statement that must fail. */
    Failure failure(String sql) {
        return Failure.expect(() -> rows(sql));
    }

    /**
     * Runs a statement that must fail and leave everything as it was: the versions, their rows, and the files.
     *
     * @return the failure
     */
    Failure failureWithoutTrace(String sql) throws SQLException, IOException {
        Map<String, String> versions = audit().readVersions(Set.of());
        Set<Path> files = files();
        Failure failure = failure(sql);
        assertThat(audit().readVersions(Set.of())).as("versions after %s", sql).isEqualTo(versions);
        assertThat(files()).as("files after %s", sql).isEqualTo(files);
        return failure;
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> below = Files.walk(folder.resolve("data"))) {
            return Set.copyOf(below.toList());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
