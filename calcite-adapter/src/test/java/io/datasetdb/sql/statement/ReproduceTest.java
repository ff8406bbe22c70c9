// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReproduceTest {
    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (1, 'x'), (2, NULL), (3, 'z')) AS t(n, s)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private String reproduced(String sql) {
        return db.rows(sql).get(0).replaceFirst(" \\| \\d+$", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n, s FROM a",
                "SELECT n, s FROM a ORDER BY n DESC",
                "SELECT count(*) AS c, sum(n) AS t FROM a",
                "SELECT n, CURRENT_TIMESTAMP AS t, CURRENT_DATE AS d, CURRENT_USER AS u FROM a",
                "SELECT CAST('NaN' AS DOUBLE) AS q, ARRAY[n, NULL] AS l, ROW(s, ARRAY[ROW(n)]) AS r FROM a",
                "SELECT n FROM a FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP",
                "SELECT x.n FROM a AS x JOIN a AS y ON x.n < y.n WHERE x.s IN (SELECT s FROM a)",
            })
    void whatComesOutAgainIsIdenticalWhateverBecameOfTheNames(String query) {
        db.rows("CREATE DATASET d AS " + query);
        db.rows("INSERT INTO a VALUES (4, 'later')");
        db.rows("ALTER DATASET a RENAME TO b");
        db.rows("CREATE DATASET a AS SELECT 'another' AS o");
        long versions =
                Long.parseLong(db.rows("SELECT count(*) FROM registry.versions").get(0));
        try (Session other = db.engine().openSession(SessionOptions.of("somebody"))) {
            assertThat(Db.rows(other, "REPRODUCE DATASET d").get(0)).contains(" | true | ", " | 0 | 0 | [] | null | ");
        }
        assertThat(db.rows("SELECT count(*) FROM registry.versions")).containsExactly(Long.toString(versions));
        assertThat(db.rows("SELECT count(*) FROM registry.jobs WHERE state <> 'COMPLETE'"))
                .containsExactly("0");
    }

    @Test
    void whatWasDepositedBecauseItChangedIsRunAgainToo() {
        db.rows("CREATE OR REPLACE DATASET d IF CHANGED AS SELECT n FROM a");
        db.rows("CREATE OR REPLACE DATASET a AS SELECT 'another' AS o");
        assertThat(reproduced("REPRODUCE DATASET d")).contains(" | true | ");
    }

    @Test
    void defaultsAndParametersAreThoseOfThen() {
        db.rows("CREATE PROJECT lab");
        db.rows("USE main.lab");
        db.rows("SET PARAM low = 1");
        db.rows("CREATE DATASET a AS SELECT 7 AS n");
        db.rows("CREATE DATASET d AS SELECT n FROM a WHERE n > PARAM('low', 0) AND n < PARAM('high', 100)");
        db.rows("USE main.public");
        db.rows("SET PARAM low = 50");
        assertThat(reproduced("REPRODUCE DATASET lab.d"))
                .isEqualTo("main.lab.d | 1.0.0 | true | 1 | 1 | 0 | 0 | [] | null");
    }

    @Test
    void boundValuesAreThoseOfThen() {
        db.rows(
                "CREATE DATASET d AS SELECT n FROM a WHERE n < CAST(? AS INTEGER) OR s = CAST(? AS VARCHAR) OR"
                        + " TIMESTAMP '2024-01-01 00:00:00' > CAST(? AS TIMESTAMP) OR DATE '2024-01-01' = CAST(? AS DATE)"
                        + " OR UUID '00000000-0000-0000-0000-000000000000' = CAST(? AS UUID) OR X'00ff' = CAST(? AS"
                        + " VARBINARY) OR 1.5 = CAST(? AS DOUBLE)",
                2,
                null,
                LocalDateTime.of(2025, 1, 1, 0, 0),
                LocalDate.of(2023, 1, 1),
                new UUID(1, 2),
                new byte[] {1, -1},
                2.5);
        assertThat(reproduced("REPRODUCE DATASET d"))
                .isEqualTo("main.public.d | 1.0.0 | true | 1 | 1 | 0 | 0 | [] | null");
    }

    @Test
    void aListingIsThatOfThen() throws IOException {
        Files.writeString(folder.resolve("one.txt"), "1");
        db.rows("CREATE DATASET d AS SELECT file.path, file.size FROM TABLE(list_storage('" + folder + "/*.txt'))");
        Files.writeString(folder.resolve("two.txt"), "22");
        Files.delete(folder.resolve("one.txt"));
        assertThat(reproduced("REPRODUCE DATASET d"))
                .isEqualTo("main.public.d | 1.0.0 | true | 1 | 1 | 0 | 0 | [] | null");
    }

    @Test
    void aFileThatWasWrittenSinceIsNamedIfTheRowsDiffer() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), "k\n1\n");
        db.rows("CREATE DATASET d AS SELECT k FROM TABLE(read_csv('" + file + "'))");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(reproduced("REPRODUCE DATASET d"))
                .isEqualTo("main.public.d | 1.0.0 | true | 1 | 1 | 0 | 0 | [] | null");
        Files.writeString(file, "k\n21\n");
        assertThat(reproduced("REPRODUCE DATASET d"))
                .isEqualTo("main.public.d | 1.0.0 | false | 1 | 1 | 1 | 1 | [- (1), + (21)] | the file file://" + file
                        + ", which it read, was written since (4 bytes then, 5 now)");
        Files.delete(file);
        assertThat(db.failure("REPRODUCE DATASET d"))
                .startsWith(
                        "58P01 Cannot reproduce dataset main.public.d@1.0.0: cannot list '" + file + "': there is no");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO d SELECT n + 10, s FROM a",
                "INSERT INTO d (n) SELECT n FROM d",
                "INSERT INTO d VALUES (7, 'seven')",
                "UPDATE d SET s = 'u', n = n + 1 WHERE n > 1",
                "UPDATE d SET s = (SELECT max(a.s) FROM a) WHERE d.n IN (SELECT a.n FROM a)",
                "DELETE FROM d WHERE n = 2",
                "DELETE FROM d WHERE s IS NULL OR n IN (SELECT n + 1 FROM a)",
                "DELETE FROM d",
                "MERGE INTO d USING a ON d.n = a.n + 2 WHEN MATCHED THEN UPDATE SET s = a.s || '!'"
                        + " WHEN NOT MATCHED THEN INSERT (n, s) VALUES (a.n + 100, a.s)",
                "MERGE INTO d USING a ON d.n = a.n WHEN MATCHED AND a.n > 1 THEN DELETE",
            })
    void changesAreMadeAgainOfTheVersionBefore(String change) {
        db.rows("CREATE DATASET d AS SELECT n, s FROM a");
        db.rows("INSERT INTO d VALUES (3, 'another file'), (4, NULL)");
        db.rows(change);
        db.rows("INSERT INTO a VALUES (1, 'later'), (4, 'later')");
        db.rows("UPDATE d SET s = 'later'");
        db.rows("ALTER DATASET d RENAME TO e");
        db.rows("ALTER DATASET a RENAME TO b");
        db.rows("CREATE DATASET d AS SELECT 'another' AS o");
        db.rows("CREATE DATASET a AS SELECT 'another' AS o");
        assertThat(reproduced("REPRODUCE DATASET e VERSION '1.0.1'")).contains(" | true | 5 | 5 | 0 | 0 | [] | null");
        assertThat(reproduced("REPRODUCE DATASET e VERSION '1.0.2'")).contains(" | true | ", " | 0 | 0 | [] | null");
        db.rows("DROP DATASET e VERSION '1.0.1'");
        assertThat(reproduced("REPRODUCE DATASET e VERSION '1.0.2'")).contains(" | true | ");
    }

    @Test
    void boundValuesOfChangesAreThoseOfThen() {
        db.rows("INSERT INTO a VALUES (?, ?)", 7, "seven");
        db.rows("UPDATE a SET s = ? WHERE n = ?", null, 7);
        assertThat(reproduced("REPRODUCE DATASET a VERSION '1.0.1'")).contains(" | true | 4 | 4 | ");
        assertThat(reproduced("REPRODUCE DATASET a VERSION '1.0.2'")).contains(" | true | 4 | 4 | ");
    }

    @Test
    void insertsThatWereOvertakenAreMadeAgainOfWhatTheyWerePutUpon() {
        try (Session other = db.engine().openSession(SessionOptions.of("somebody"))) {
            PreparedStatement insert = other.prepare("INSERT INTO a SELECT n + 10, s FROM a");
            db.rows("INSERT INTO a VALUES (50, 'first')");
            Db.rows(insert.execute(List.of(), 0));
        }
        assertThat(reproduced("REPRODUCE DATASET a")).contains(" | true | ");
    }

    @Test
    void whatChangesDoAnotherTimeIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), "k\n5\n");
        db.rows("INSERT INTO a SELECT k, 'file' FROM TABLE(read_csv('" + file + "'))");
        Files.writeString(file, "k\n61\n");
        assertThat(reproduced("REPRODUCE DATASET a"))
                .startsWith(
                        "main.public.a | 1.0.1 | false | 4 | 4 | 1 | 1 | [- (5, 'file'), + (61, 'file')] | the file ");
        db.rows("UPDATE a SET s = CAST(uuid() AS VARCHAR) WHERE n = 1");
        assertThat(reproduced("REPRODUCE DATASET a"))
                .contains(" | false | 4 | 4 | 1 | 1 | ", "the statement calls uuid, whose results differ");
        db.rows("DROP DATASET a VERSION '1.0.1' PURGE");
        assertThat(db.failure("REPRODUCE DATASET a"))
                .startsWith("55000 Cannot reproduce dataset main.public.a@1.0.2: the version that it changed,"
                        + " main.public.a@1.0.1, was dropped");
        db.rows("INSERT INTO a VALUES (9, 'nine')");
        db.rows("DROP DATASET a VERSION '1.0.2' PURGE");
        assertThat(db.failure("REPRODUCE DATASET a"))
                .isEqualTo("55000 Cannot reproduce dataset main.public.a@1.0.3: the version that it changed,"
                        + " main.public.a@1.0.2, was dropped and its files were purged");
    }

    @Test
    void anotherOrderIsTold() {
        db.rows("CREATE DATASET d AS SELECT n FROM a ORDER BY uuid()");
        String row = reproduced("REPRODUCE DATASET d");
        for (int i = 0; i < 50 && row.contains(" | true | "); i++) {
            row = reproduced("REPRODUCE DATASET d");
        }
        assertThat(row)
                .isEqualTo("main.public.d | 1.0.0 | false | 3 | 3 | 0 | 0 | [] | the rows are the same, their order is"
                        + " not");
    }

    @Test
    void anotherViewIsTold() {
        db.rows("CREATE VIEW v AS SELECT n FROM a");
        db.rows("CREATE DATASET d AS SELECT n FROM v");
        assertThat(reproduced("REPRODUCE DATASET d")).contains(" | true | ");
        db.rows("CREATE OR REPLACE VIEW v AS SELECT n + 1 AS n FROM a");
        assertThat(db.failure("REPRODUCE DATASET d"))
                .isEqualTo(
                        "55000 Cannot reproduce dataset main.public.d@1.0.0: the view main.public.v, which it reads, is"
                                + " another one now");
    }

    @Test
    void aTemporaryDatasetIsNoInputThatIsKept() {
        db.rows("CREATE TEMPORARY DATASET t AS SELECT 1 AS n");
        db.rows("CREATE DATASET d AS SELECT n FROM t");
        assertThat(db.failure("REPRODUCE DATASET d"))
                .startsWith("42P01 Cannot reproduce dataset main.public.d@1.0.0: cannot find dataset t");
        db.rows("DROP DATASET t");
        db.rows("CREATE DATASET t AS SELECT 2 AS n");
        assertThat(db.failure("REPRODUCE DATASET d"))
                .startsWith(
                        "55000 Cannot reproduce dataset main.public.d@1.0.0: what the name main.public.t meant is not");
    }

    @Test
    void purgedInputsAreTold() {
        db.rows("CREATE DATASET d AS SELECT n FROM a");
        db.rows("DROP DATASET a");
        assertThat(reproduced("REPRODUCE DATASET d")).contains(" | true | ");
        db.rows("CREATE DATASET a AS SELECT 5 AS n");
        db.rows("DROP DATASET a VERSION '1.0.1'");
        db.rows("CREATE DATASET e AS SELECT 1 AS n");
        db.rows("CREATE DATASET f AS SELECT n FROM e");
        db.rows("DROP DATASET e PURGE");
        assertThat(db.failure("REPRODUCE DATASET f"))
                .isEqualTo(
                        "55000 Cannot reproduce dataset main.public.f@1.0.0: its input main.public.e@1.0.0 was dropped"
                                + " and its files were purged");
    }
}
