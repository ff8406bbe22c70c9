// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at everything in a warehouse and fails if something is there by half. */
final class WarehouseAudit {
    private final Path warehouse;
    private final Connection connection;

    WarehouseAudit(Path warehouse, Connection connection) {
        this.warehouse = warehouse;
        this.connection = connection;
    }

    /**
     * Reads every version that the registry shows, but for those already known, and compares row counts, files and
     * checksums of files.
     *
     * @param known versions that were read before
     * @return checksums of the rows of the others
     */
    Map<String, String> readVersions(Set<String> known) throws SQLException, IOException {
        Map<String, String> read = new TreeMap<>();
        for (String version : versions().keySet()) {
            if (!known.contains(version)) {
                read.put(version, read(version));
            }
        }
        return read;
    }

    /** The rows of each version that can be read, by {@code namespace.project.dataset@version}. */
    Map<String, Long> versions() throws SQLException {
        Map<String, Long> versions = new TreeMap<>();
        query(
                "SELECT namespace, project, name, version, row_count FROM registry.versions "
                        + "WHERE namespace = 'main' AND state = 'COMPLETE'",
                row -> assertThat(versions.put(
                                row.getString(1) + "." + row.getString(2) + "." + row.getString(3) + "@"
                                        + row.getString(4),
                                row.getLong(5)))
                        .as("number given twice")
                        .isNull());
        return versions;
    }

    /** Reads a version to its end; answers the checksum of its rows. */
    String read(String version) throws SQLException, IOException {
        String[] name = version.split("[.@]", 4);
        String where = " WHERE namespace = '" + name[0] + "' AND project = '" + name[1] + "' AND name = '" + name[2]
                + "' AND version = '" + name[3] + "'";
        long[] registered = new long[3];
        query("SELECT row_count, byte_size, file_count FROM registry.versions" + where, row -> {
            registered[0] = row.getLong(1);
            registered[1] = row.getLong(2);
            registered[2] = row.getLong(3);
        });
        long[] found = new long[3];
        RowsChecksum checksum = new RowsChecksum();
        query("SELECT * FROM \"" + name[0] + "\".\"" + name[1] + "\".\"" + name[2] + "@" + name[3] + "\"", row -> {
            found[0]++;
            checksum.add(row);
        });
        query("SELECT path, byte_size, checksum FROM registry.files" + where, row -> {
            Path file = warehouse.resolve(row.getString(1));
            assertThat(file).as("a file of %s", version).hasSize(row.getLong(2));
            assertThat(sha256(file)).as("%s of %s", file, version).isEqualTo(row.getString(3));
            found[1] += row.getLong(2);
            found[2]++;
        });
        assertThat(found).as("rows, bytes and files of %s", version).isEqualTo(registered);
        return checksum.value();
    }

    /** Fails unless the jobs that count as complete are exactly those that have made a version. */
    void checkJobs() throws SQLException {
        Set<String> complete = new HashSet<>();
        query("SELECT job_id FROM registry.jobs WHERE state = 'COMPLETE'", row -> complete.add(row.getString(1)));
        Set<String> deposited = new HashSet<>();
        query("SELECT job_id FROM registry.versions WHERE job_id IS NOT NULL", row -> deposited.add(row.getString(1)));
        assertThat(complete).as("complete jobs").isEqualTo(deposited);
    }

    /** How many folders of deposits hold no file of any version. */
    int unfinishedFolders() throws SQLException, IOException {
        Set<String> folders = new HashSet<>();
        query(
                "SELECT path FROM registry.files",
                row -> folders.add(row.getString(1).split("/")[1]));
        List<String> present = List.of();
        Path data = warehouse.resolve("data");
        if (Files.exists(data)) {
            try (Stream<Path> below = Files.list(data)) {
                present = below.map(folder -> folder.getFileName().toString()).toList();
            }
        }
        return (int)
                present.stream().filter(folder -> !folders.contains(folder)).count();
    }

    /** The states of all jobs and how often each occurs. */
    Map<String, Integer> jobs() throws SQLException {
        Map<String, Integer> states = new HashMap<>();
        query("SELECT state FROM registry.jobs", row -> states.merge(row.getString(1), 1, Integer::sum));
        return states;
    }

    private interface Row {
        void accept(ResultSet row) throws SQLException, IOException;
    }

    private void query(String sql, Row consumer) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                consumer.accept(rows);
            }
        } catch (IOException e) {
            throw new SQLException(sql, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
