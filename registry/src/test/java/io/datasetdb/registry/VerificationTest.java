// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.DatasetStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    @TempDir
    private Path folder;

    private Registry registry;
    private DatasetStore store;
    private StoredDeposits deposits;

    @BeforeEach
    void open() {
        registry = Registry.open(folder);
        store = DatasetStore.open(folder.toString());
        deposits = new StoredDeposits(registry, store);
    }

    @AfterEach
    void close() {
        store.close();
        registry.close();
    }

    private final List<FileProblem> problems = new ArrayList<>();

    private Verification.Result verify(boolean quick) {
        problems.clear();
        try (DatasetStore fresh = DatasetStore.open(folder.toString())) {
            return new Verification(registry, fresh).run(quick, problems::add, Progress.NONE);
        }
    }

    private Path file(DatasetVersion version) {
        return folder.resolve(version.files().get(0).path());
    }

    @Test
    void whatIsAsItWasDepositedPasses() {
        DatasetVersion first = deposits.deposit("x");
        DatasetVersion second = deposits.deposit("x", first);
        Verification.Result result = verify(false);
        assertThat(result)
                .isEqualTo(new Verification.Result(
                        2,
                        2,
                        second.files().stream()
                                .mapToLong(file -> file.byteSize())
                                .sum(),
                        0));
        assertThat(problems).isEmpty();
    }

    @Test
    void missingFileIsNamedWithEveryVersionThatOwnsIt() throws Exception {
        DatasetVersion first = deposits.deposit("x");
        DatasetVersion second = deposits.deposit("x", first);
        deposits.deposit("y");
        Files.delete(file(first));
        for (boolean quick : new boolean[] {true, false}) {
            assertThat(verify(quick).problems()).isEqualTo(1);
            assertThat(problems)
                    .containsExactly(new FileProblem(
                            first.files().get(0).path(),
                            FileProblem.Kind.MISSING,
                            "it is missing",
                            List.of(first.ref(), second.ref())));
        }
        registry.drop(first.name(), Optional.empty(), DropMode.KEEP_FILES);
        assertThat(verify(false).problems())
                .as("nobody misses what was dropped")
                .isZero();
    }

    @Test
    void changedByteIsFoundByItsChecksumAndNotBySize() throws Exception {
        DatasetVersion version = deposits.deposit("x");
        byte[] bytes = Files.readAllBytes(file(version));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(version), bytes);
        assertThat(verify(true).problems()).isZero();
        assertThat(verify(false).problems()).isEqualTo(1);
        assertThat(problems.get(0).kind()).isEqualTo(FileProblem.Kind.CHECKSUM);
        Files.write(file(version), new byte[1], StandardOpenOption.APPEND);
        verify(true);
        assertThat(problems)
                .extracting(FileProblem::reason)
                .containsExactly("it has " + (bytes.length + 1) + " bytes instead of " + bytes.length);
    }

    @Test
    void fileOfOtherColumnsOrRowsIsFound() throws Exception {
        DatasetVersion version = deposits.deposit("x");
        DatasetVersion other = deposits.deposit("y", 4, Deposits.provenance(null));
        Files.copy(file(other), file(version), StandardCopyOption.REPLACE_EXISTING);
        sql("UPDATE data_files SET checksum = (SELECT checksum FROM data_files WHERE file_id = 2),"
                + " byte_size = (SELECT byte_size FROM data_files WHERE file_id = 2)");
        verify(false);
        assertThat(problems).extracting(FileProblem::reason).containsExactly("it has 4 rows instead of 3");
        sql("UPDATE data_files SET row_count = 4");
        sql("UPDATE version_columns SET data_type = 'DATE'");
        verify(false);
        assertThat(problems).extracting(FileProblem::kind).containsOnly(FileProblem.Kind.UNREADABLE);
        assertThat(problems).hasSize(2);
    }

    @Test
    void versionWhoseFilesTheRegistryLostIsFound() throws Exception {
        DatasetVersion version = deposits.deposit("x");
        sql("DELETE FROM version_files");
        verify(true);
        assertThat(problems)
                .extracting(FileProblem::kind, FileProblem::owners)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FileProblem.Kind.REGISTRY, List.of(version.ref())));
    }

    @Test
    void damageOfTheRegistryItselfIsFoundUnlessSizesHaveToDo() throws Exception {
        deposits.deposit("x");
        sql("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'versions_by_job'; PRAGMA"
                + " schema_version = 9999");
        assertThat(verify(true).problems()).isZero();
        assertThat(verify(false).problems()).isPositive();
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(FileProblem.Kind.REGISTRY);
            assertThat(problem.path()).isEqualTo("registry.db");
            assertThat(problem.reason()).startsWith("its database is damaged: ");
        });
    }

    @Test
    void readOnlyWarehouseIsVerified() throws Exception {
        DatasetVersion version = deposits.deposit("x");
        try (Registry reader = Registry.openReadOnly(folder)) {
            assertThat(new Verification(reader, store)
                            .run(false, problems::add, Progress.NONE)
                            .files())
                    .isEqualTo(1);
        }
        assertThat(file(version)).exists();
        assertThat(problems).isEmpty();
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
