// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Batch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementLifeTest {
    private static final String ROWS =
            " AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5000) SELECT n FROM t";

    @TempDir
    Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private String version(String sql) {
        return db.rows(sql).get(0).split(" \\| ")[1];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP DATASET d",
                "DROP DATASET d PURGE",
                "DROP DATASET d VERSION '1.0.0' PURGE",
                "ALTER DATASET d RENAME TO e"
            })
    void aStatementReadsItsVersionToTheEndWhateverOthersDo(String change) {
        db.rows("CREATE DATASET d" + ROWS);
        try (Session reader = db.engine().openSession(SessionOptions.of("reader"));
                StatementResult notYetBegun = reader.execute("SELECT n FROM d");
                StatementResult begun = reader.execute("SELECT n FROM d")) {
            Batch first = begun.next();
            assertThat(first).isNotNull();
            db.rows(change);
            db.rows("CREATE DATASET other AS SELECT 1 AS n");
            assertThat(Db.rows(begun)).hasSize(5000 - first.size());
            assertThat(Db.rows(notYetBegun)).hasSize(5000);
        }
    }

    @Test
    void purgedFilesGoWithTheLastReader() {
        db.rows("CREATE DATASET d" + ROWS);
        String path =
                db.rows("SELECT path FROM registry.files WHERE name = 'd'").get(0);
        try (StatementResult reading = db.session().execute("SELECT n FROM d")) {
            db.rows("DROP DATASET d PURGE");
            assertThat(warehouse.resolve(path)).exists();
            assertThat(reading.next()).isNotNull();
        }
        assertThat(warehouse.resolve(path)).doesNotExist();
    }

    @Test
    void purgedFilesGoAtOnceIfNobodyReadsThem() {
        db.rows("CREATE DATASET d" + ROWS);
        String path =
                db.rows("SELECT path FROM registry.files WHERE name = 'd'").get(0);
        db.rows("SELECT max(n) FROM d");
        db.rows("DROP DATASET d PURGE");
        assertThat(warehouse.resolve(path)).doesNotExist();
    }

    @Test
    void aRenameNeverCoversAnotherDataset() {
        db.rows("CREATE DATASET d AS SELECT 1 AS n");
        db.rows("CREATE DATASET e AS SELECT 2 AS n");
        assertThat(db.failure("ALTER DATASET d RENAME TO e")).startsWith("42P07");
        assertThat(db.failure("ALTER DATASET d RENAME TO E")).startsWith("42P07");
        assertThat(db.rows("ALTER DATASET d RENAME TO D"))
                .containsExactly("Renamed dataset main.public.d to main.public.D");
        assertThat(db.rows("SHOW DATASETS")).hasSize(2).anyMatch(row -> row.startsWith("main | public | D | "));
        assertThat(db.failure("ALTER DATASET d RENAME TO nowhere.d")).startsWith("3F000");
        assertThat(db.failure("ALTER DATASET d RENAME TO registry.d")).startsWith("42939");
        assertThat(db.rows("SELECT n FROM d")).containsExactly("1");
    }

    @Test
    void aRenamedDatasetKeepsVersionsLineageAndNumbers() {
        db.rows("CREATE DATASET src AS SELECT 1 AS n");
        db.rows("CREATE DATASET d AS SELECT n FROM src");
        db.rows("CREATE OR REPLACE DATASET d AS SELECT n + 1 AS n FROM src");
        db.rows("ALTER DATASET d RENAME TO e");
        assertThat(db.rows("SELECT n FROM \"e@1.0.0\"")).containsExactly("1");
        assertThat(db.rows("SHOW VERSIONS OF e")).hasSize(2);
        assertThat(db.rows("SHOW LINEAGE OF e")).containsExactly("DATASET | main | public | src | 1.0.0 | null");
        assertThat(db.failure("SHOW VERSIONS OF d")).startsWith("42P01");
        assertThat(version("CREATE OR REPLACE DATASET e AS SELECT 5 AS n")).isEqualTo("1.0.2");
        assertThat(version("CREATE DATASET d AS SELECT 6 AS n")).isEqualTo("1.0.0");
    }

    @Test
    void creatingWhatIsThereSaysWhichVersionIsThere() {
        db.rows("CREATE DATASET d VERSION '2.3.4' AS SELECT 1 AS n");
        try (StatementResult result = db.session().execute("CREATE DATASET IF NOT EXISTS d AS SELECT 2 AS n")) {
            assertThat(result.updateCount()).isZero();
            assertThat(Db.rows(result).get(0)).startsWith("main.public.d | 2.3.4 | 0 | 0 | ");
        }
        assertThat(db.failure("CREATE DATASET D AS SELECT 2 AS n")).startsWith("42P07");
        assertThat(db.rows("SELECT n FROM d")).containsExactly("1");
    }

    @Test
    void replacingNothingCreates() {
        assertThat(version("CREATE OR REPLACE DATASET d AS SELECT 1 AS n")).isEqualTo("1.0.0");
        assertThat(version("CREATE OR REPLACE DATASET e BUMP MAJOR AS SELECT 1 AS n"))
                .isEqualTo("1.0.0");
        assertThat(version("CREATE OR REPLACE DATASET f VERSION '0.0.1' AS SELECT 1 AS n"))
                .isEqualTo("0.0.1");
        db.rows("DROP DATASET d");
        assertThat(version("CREATE OR REPLACE DATASET d AS SELECT 1 AS n")).isEqualTo("1.0.1");
        db.rows("DROP DATASET d");
        assertThat(version("CREATE OR REPLACE DATASET d BUMP MINOR AS SELECT 1 AS n"))
                .isEqualTo("1.1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CREATE OR REPLACE DATASET d VERSION '1.2.3' AS SELECT 2 AS n  | 22023
            CREATE OR REPLACE DATASET d VERSION '1.2.2' AS SELECT 2 AS n  | 22023
            CREATE OR REPLACE DATASET d VERSION '0.9.9' AS SELECT 2 AS n  | 22023
            CREATE OR REPLACE DATASET d VERSION '01.3.0' AS SELECT 2 AS n | 22023
            CREATE OR REPLACE DATASET d VERSION '01.0' AS SELECT 2 AS n   | 22023
            CREATE OR REPLACE DATASET d VERSION '1.3' AS SELECT 2 AS n    | 22023
            CREATE OR REPLACE DATASET d VERSION '1.3.0.0' AS SELECT 2 AS n | 22023
            CREATE OR REPLACE DATASET d VERSION '-1.3.0' AS SELECT 2 AS n | 22023
            CREATE OR REPLACE DATASET d VERSION '1.3.0-beta' AS SELECT 2 AS n | 22023
            CREATE OR REPLACE DATASET d VERSION '' AS SELECT 2 AS n       | 22023
            CREATE OR REPLACE DATASET d VERSION '1.3.1000000' AS SELECT 2 AS n | 22023
            CREATE OR REPLACE DATASET d VERSION '9999999999.0.0' AS SELECT 2 AS n | 22023
            CREATE DATASET d VERSION '1.3.0' AS SELECT 2 AS n             | 42P07
            CREATE OR REPLACE DATASET d LABELS ('=v') AS SELECT 2 AS n    | 22023
            ALTER DATASET d SET LABELS ('k=w', ' = v')                    | 22023
            CREATE OR REPLACE DATASET d BUMP HUGE AS SELECT 2 AS n        | 42601
            CREATE DATASET d BUMP MAJOR AS SELECT 2 AS n                  | 42601
            DROP DATASET d VERSION '1.2'                                  | 22023
            DROP DATASET d VERSION '9.9.9'                                | 42P01
            DROP DATASET IF EXISTS d VERSION 'x'                          | 22023
            """)
    void aStatementThatMayNotBeChangesNothing(String sql, String state) {
        db.rows("CREATE DATASET d VERSION '1.2.3' LABELS ('k=v') AS SELECT 1 AS n");
        assertThat(db.failure(sql)).startsWith(state + " Cannot ");
        assertThat(db.rows("SELECT version, state FROM registry.versions")).containsExactly("1.2.3 | COMPLETE");
        assertThat(db.rows("SELECT labels FROM registry.datasets")).containsExactly("{k=v}");
        assertThat(db.rows("SELECT n FROM d")).containsExactly("1");
    }

    @Test
    void numbersGoUpFromTheHighestEverUsed() {
        db.rows("CREATE DATASET d VERSION '1.2.3' AS SELECT 1 AS n");
        assertThat(version("CREATE OR REPLACE DATASET d AS SELECT 1 AS n")).isEqualTo("1.2.4");
        assertThat(version("CREATE OR REPLACE DATASET d BUMP MINOR AS SELECT 1 AS n"))
                .isEqualTo("1.3.0");
        assertThat(version("CREATE OR REPLACE DATASET d BUMP MAJOR AS SELECT 1 AS n"))
                .isEqualTo("2.0.0");
        assertThat(version("CREATE OR REPLACE DATASET d VERSION '2.10.0' AS SELECT 1 AS n"))
                .isEqualTo("2.10.0");
        db.rows("DROP DATASET d VERSION '2.10.0'");
        assertThat(version("CREATE OR REPLACE DATASET d AS SELECT 1 AS n")).isEqualTo("2.10.1");
        db.rows("DROP DATASET d");
        assertThat(version("CREATE DATASET d AS SELECT 1 AS n")).isEqualTo("2.10.2");
        assertThat(db.failure("CREATE OR REPLACE DATASET d VERSION '2.9.0' AS SELECT 1 AS n"))
                .contains("it must be above the highest ever used (2.10.2)");
    }

    @Test
    void labelsAndCommentsAreThoseOfTheLastStatementThatGaveSome() {
        db.rows("CREATE DATASET d COMMENT 'c' LABELS ('a=1', 'b=x=y', 'c=') AS SELECT 1 AS n");
        assertThat(db.rows("SELECT comment, labels FROM registry.datasets")).containsExactly("c | {a=1, b=x=y, c=}");
        db.rows("CREATE OR REPLACE DATASET d AS SELECT 2 AS n");
        assertThat(db.rows("SELECT comment, labels FROM registry.datasets")).containsExactly("c | {a=1, b=x=y, c=}");
        db.rows("CREATE OR REPLACE DATASET d COMMENT '' LABELS ('z=1') AS SELECT 2 AS n");
        assertThat(db.rows("SELECT labels FROM registry.datasets")).containsExactly("{z=1}");
        db.rows("ALTER TABLE d SET COMMENT 'again'");
        assertThat(db.rows("SELECT comment FROM registry.datasets")).containsExactly("again");
    }

    @Test
    void namespacesAndProjectsComeAndGo() {
        db.rows("CREATE NAMESPACE lab");
        assertThat(db.failure("CREATE NAMESPACE LAB")).startsWith("42P06");
        assertThat(db.failure("CREATE NAMESPACE registry")).startsWith("42939");
        assertThat(db.failure("CREATE NAMESPACE \"a.b\"")).startsWith("42602");
        assertThat(db.failure("CREATE NAMESPACE system")).startsWith("42");
        db.rows("CREATE PROJECT lab.p");
        assertThat(db.failure("CREATE PROJECT lab.registry")).startsWith("42939");
        assertThat(db.failure("CREATE PROJECT nowhere.p")).startsWith("3F000");
        assertThat(db.failure("CREATE PROJECT a.b.c")).startsWith("42601");
        db.rows("CREATE DATASET lab.p.d AS SELECT 1 AS n");
        assertThat(db.failure("DROP PROJECT lab.p")).startsWith("2BP01");
        db.rows("DROP DATASET lab.p.d");
        db.rows("DROP PROJECT lab.p");
        assertThat(db.failure("SELECT * FROM lab.p.d")).startsWith("3F000 Cannot find project lab.p");
        db.rows("DROP NAMESPACE lab");
        assertThat(db.rows("SHOW NAMESPACES")).containsExactly("main", "system");
    }

    @Test
    void aSessionKeepsItsDefaultsToItself() {
        db.rows("CREATE PROJECT side");
        try (Session other = db.engine().openSession(SessionOptions.of("other"))) {
            other.execute("USE side").close();
            assertThat(other.options().project()).isEqualTo("side");
            Db.rows(other, "CREATE DATASET d AS SELECT 2 AS n");
            db.rows("CREATE DATASET d AS SELECT 1 AS n");
            assertThat(Db.rows(other, "SELECT n FROM d")).containsExactly("2");
            assertThat(db.rows("SELECT n FROM d")).containsExactly("1");
            assertThat(db.rows("SELECT n FROM side.d")).containsExactly("2");
            assertThat(Db.rows(other, "SHOW VERSIONS OF d")).hasSize(1);
        }
        assertThat(db.failure("USE nowhere")).startsWith("3F000");
        assertThat(db.failure("USE registry")).startsWith("3F000");
        assertThat(db.session().options().project()).isEqualTo("public");
    }

    @Test
    void aClosedSessionRunsNothing() {
        Session other = db.engine().openSession(SessionOptions.of("other"));
        var prepared = other.prepare("CREATE NAMESPACE late");
        other.close();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> prepared.execute(List.of(), 0))
                .isInstanceOfSatisfying(
                        io.datasetdb.error.DatasetDbException.class,
                        e -> assertThat(e.sqlState()).isEqualTo("08003"));
        assertThat(db.rows("SHOW NAMESPACES")).doesNotContain("late");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE t AS SELECT 1 AS n                | CREATE OR REPLACE TABLE t AS SELECT 2 AS n
            CREATE TABLE IF NOT EXISTS t AS SELECT 1 AS n  | ALTER TABLE t SET LABELS ('a=b')
            CREATE TABLE t COMMENT 'c' AS SELECT 1 AS n    | COMMENT ON TABLE t IS 'x'
            """)
    void tableStandsForDataset(String create, String change) {
        db.rows(create);
        db.rows(change);
        db.rows("ALTER TABLE t RENAME TO u");
        assertThat(db.rows("SELECT count(*) FROM u")).containsExactly("1");
        db.rows("DROP TABLE u");
        assertThat(db.rows("DROP TABLE IF EXISTS u")).containsExactly("There is no dataset main.public.u");
    }
}
