// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters and temporary datasets belong to their session alone. */
class SessionObjectsTest {
    @TempDir
    private Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET numbers AS SELECT * FROM (VALUES (1), (2), (3)) AS t(n) ORDER BY n");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Session other() {
        return db.engine().openSession(SessionOptions.of("other"));
    }

    private List<String> dataFolders() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("warehouse/data"))) {
            return folders.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void keptPlansAreOfTheSessionsOwnParametersAndDatasets() {
        String parameter = "SELECT PARAM('p', 0) AS p";
        String table = "SELECT sum(n) AS s FROM numbers";
        try (Session other = other()) {
            db.rows("SET PARAM p = 1");
            Db.rows(other, "SET PARAM p = 2");
            Db.rows(other, "CREATE TEMPORARY DATASET numbers AS SELECT 100 AS n");
            for (int i = 0; i < 2; i++) {
                assertThat(db.rows(parameter)).containsExactly("1");
                assertThat(Db.rows(other, parameter)).containsExactly("2");
                assertThat(db.rows(table)).containsExactly("6");
                assertThat(Db.rows(other, table)).containsExactly("100");
            }
            Db.rows(other, "DROP DATASET numbers");
            Db.rows(other, "RESET PARAM p");
            assertThat(Db.rows(other, table)).containsExactly("6");
            assertThat(Db.rows(other, parameter)).containsExactly("0");
        }
    }

    @Test
    void preparedStatementSeesWhatWasSetSince() {
        PreparedStatement prepared = db.session().prepare("SELECT n FROM numbers WHERE n > PARAM('low', 1) ORDER BY n");
        db.rows("SET PARAM low = 2");
        try (StatementResult result = prepared.execute(List.of(), 0)) {
            assertThat(Db.rows(result)).containsExactly("3");
        }
        db.rows("CREATE TEMPORARY DATASET numbers AS SELECT 7 AS n");
        try (StatementResult result = prepared.execute(List.of(), 0)) {
            assertThat(Db.rows(result)).containsExactly("7");
        }
    }

    @Test
    void preparedViewSeesThatTheViewWasReplaced() {
        db.rows("CREATE VIEW few AS SELECT n FROM numbers WHERE n > 2");
        PreparedStatement prepared = db.session().prepare("SELECT count(*) AS c FROM few");
        db.rows("CREATE OR REPLACE VIEW few AS SELECT n FROM numbers");
        try (StatementResult result = prepared.execute(List.of(), 0)) {
            assertThat(Db.rows(result)).containsExactly("3");
        }
        db.rows("DROP VIEW few");
        assertThatThrownBy(() -> prepared.execute(List.of(), 0))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("Cannot find dataset few");
    }

    @Test
    void filesOfTemporaryDatasetsGoWithTheSession() throws IOException {
        List<String> before = dataFolders();
        try (Session other = other()) {
            Db.rows(other, "CREATE TEMPORARY DATASET a AS SELECT n FROM numbers");
            Db.rows(other, "CREATE TEMPORARY DATASET b AS SELECT n FROM a");
            Db.rows(other, "CREATE OR REPLACE TEMPORARY DATASET b AS SELECT n + 1 AS n FROM b");
            assertThat(dataFolders()).hasSize(before.size() + 2);
            assertThat(db.failure("SELECT * FROM a")).startsWith("42P01");
        }
        assertThat(dataFolders()).isEqualTo(before);
    }

    @Test
    void failedOneLeavesNoFile() throws IOException {
        List<String> before = dataFolders();
        assertThat(db.failure("CREATE TEMPORARY DATASET a AS SELECT 1 / (n - 2) AS x FROM numbers"))
                .startsWith("22012");
        assertThat(dataFolders()).isEqualTo(before);
    }

    @Test
    void droppedOneIsReadToItsEndByWhoReadsIt() throws IOException {
        List<String> before = dataFolders();
        db.rows("CREATE TEMPORARY DATASET a AS SELECT n FROM numbers ORDER BY n");
        try (StatementResult result = db.session().execute("SELECT n FROM a")) {
            db.rows("DROP DATASET a");
            assertThat(dataFolders()).hasSize(before.size() + 1);
            assertThat(Db.rows(result)).containsExactly("1", "2", "3");
        }
        assertThat(dataFolders()).isEqualTo(before);
    }

    @Test
    void metadataShowsViewsWithTheirColumnsAndNoTemporaryDataset() {
        db.rows("CREATE VIEW few COMMENT 'some' AS SELECT n, n * 0.5e0 AS half FROM numbers");
        db.rows("CREATE TEMPORARY DATASET gone AS SELECT 1 AS a");
        SessionMetadata metadata = db.session().metadata();
        assertThat(metadata.tables("main", "%", "%"))
                .extracting(table -> table.name() + " " + table.kind() + " " + table.comment())
                .containsExactly("few VIEW some", "numbers TABLE null");
        assertThat(metadata.columns("main", "public", "FEW", "%"))
                .extracting(column -> column.ordinal() + " " + column.field().name() + " "
                        + column.field().type())
                .containsExactly("1 n INTEGER", "2 half DOUBLE");
    }
}
