// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names mean, and what is said about those that mean nothing, or no longer. */
class NamesTest {
    @TempDir
    Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
        db.rows("CREATE DATASET kept AS SELECT 1 AS n, ROW(1, 'p') AS r, MAP['k', 1] AS m");
        db.rows("CREATE DATASET gone AS SELECT n FROM kept");
        db.rows("CREATE OR REPLACE DATASET gone AS SELECT n + 1 AS n FROM kept");
        db.rows("DROP DATASET gone");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT * FROM keptt             | 42P01 Cannot find dataset keptt: there is none of this name; did you mean kept?
            SELECT * FROM other.f           | 3F000 Cannot find project main.other: there is none of this name
            SELECT * FROM pulbic.kept       | 3F000 Cannot find project main.pulbic: there is none of this name; did you mean main.public?
            SELECT * FROM main.other.f      | 3F000 Cannot find project main.other: there is none of this name
            SELECT * FROM other.public.f    | 3F000 Cannot find namespace other: there is none of this name
            SELECT * FROM mian.public.kept  | 3F000 Cannot find namespace mian: there is none of this name; did you mean main?
            SELECT * FROM registry.version  | 42P01 Cannot find dataset registry.version: there is none of this name; did you mean registry.versions?
            SELECT * FROM "other"           | 42P01 Cannot find dataset other: there is none of this name
            SELECT * FROM zz FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00' | 42P01 Cannot find dataset zz: there is none of this name
            """)
    void aNameThatLeadsNowhereSaysWhichPart(String sql, String sentence) {
        assertThat(db.failure(sql)).isEqualTo(sentence + " (at line 1, column 15)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT * FROM gone             | dataset gone
            SELECT * FROM "gone@1"         | dataset gone@1
            SELECT * FROM main.public.GONE | dataset main.public.GONE
            SELECT * FROM gone FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00' | dataset gone
            DESCRIBE gone                  | dataset
            DROP DATASET gone              | dataset
            ALTER DATASET gone RENAME TO g | dataset
            COMMENT ON DATASET gone IS 'c' | dataset
            """)
    void whatWasDroppedIsSaidToHaveBeen(String sql, String what) {
        assertThat(db.failure(sql))
                .matches("42P01 Cannot find \\Q" + what
                        + "\\E: it was dropped on \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC,"
                        + " its last version was 1\\.0\\.1 \\(.*\\)");
    }

    @Test
    void aDroppedDatasetKeepsItsLineageAndItsVersions() {
        assertThat(db.rows("SHOW LINEAGE OF gone")).containsExactly("DATASET | main | public | kept | 1.0.0 | null");
        assertThat(db.rows("SHOW LINEAGE OF \"gone@1.0.0\"")).hasSize(1);
        assertThat(db.rows("SHOW VERSIONS OF gone")).hasSize(2).allMatch(row -> row.contains(" | DROPPED | "));
        assertThat(db.failure("SHOW LINEAGE OF \"gone@2.0.0\""))
                .startsWith("42P01 Cannot find dataset: it was dropped");
        assertThat(db.failure("SHOW LINEAGE OF nothing")).startsWith("42P01 Cannot find dataset: there is none");
    }

    @Test
    void aDroppedVersionOfALivingDatasetKeepsItsLineage() {
        db.rows("CREATE DATASET d AS SELECT n FROM kept");
        db.rows("CREATE OR REPLACE DATASET d AS SELECT 1 AS n");
        db.rows("DROP DATASET d VERSION '1.0.0'");
        assertThat(db.rows("SHOW LINEAGE OF \"d@1.0.0\"")).hasSize(1);
        assertThat(db.rows("SHOW LINEAGE OF d")).isEmpty();
        assertThat(db.failure("SELECT * FROM \"d@1.0.0\""))
                .isEqualTo("42P01 Cannot read version: it was dropped (main.public.d@1.0.0)");
    }

    @Test
    void tablesOfTheRegistryAreDescribed() {
        assertThat(db.rows("DESCRIBE registry.versions"))
                .contains(
                        "version | VARCHAR | false | null | null | null | null",
                        "dropped_at | TIMESTAMP | true | null | null | null | null");
        assertThat(db.rows("DESCRIBE system.registry.datasets"))
                .contains("depends_on | VARCHAR ARRAY | false | null | null | null | null");
        assertThat(db.failure("DESCRIBE registry.nothing")).startsWith("42P01 Cannot find dataset registry.nothing");
    }

    @Test
    void aVersionIsDescribed() {
        db.rows("CREATE OR REPLACE DATASET kept AS SELECT 'x' AS other");
        assertThat(db.rows("DESCRIBE \"kept@1.0.0\"")).hasSize(3);
        assertThat(db.rows("DESCRIBE kept")).containsExactly("other | VARCHAR | false | null | 0 | x | x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT r + 1 FROM kept                       | <ROW(EXPR$0 INTEGER, EXPR$1 VARCHAR)> + <INTEGER>
            SELECT m + 1 FROM kept                       | <MAP<VARCHAR, INTEGER>> + <INTEGER>
            SELECT frob(r, m) FROM kept                  | frob(<ROW(EXPR$0 INTEGER, EXPR$1 VARCHAR)>, <MAP<VARCHAR, INTEGER>>)
            SELECT MAP[1, ROW(1, MAP['x', 2])] + 1 FROM kept | <MAP<INTEGER, ROW(EXPR$0 INTEGER, EXPR$1 MAP<CHAR(1), INTEGER>)>> + <INTEGER>
            """)
    void typesInMessagesAreThoseThatUsersWrite(String sql, String words) {
        assertThat(db.failure(sql)).contains(words).doesNotContainIgnoringCase("recordtype");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT n, count(*) FROM kept GROUP BY m       | 42803
            SELECT n, count(*) FROM kept                  | 42803
            SELECT count(*) FROM kept WHERE count(*) > 1  | 42803
            """)
    void whatIsNotGroupedHasItsOwnState(String sql, String state) {
        assertThat(db.failure(sql)).startsWith(state + " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT n / (n - 1) FROM kept                         | 22012 | 1, column 8
            SELECT 5 + n + 2147483647 FROM kept                  | 22003 | 1, column 8
            SELECT 5 + CAST('x' AS INTEGER) FROM kept            | 22018 | 1, column 12
            SELECT n FROM kept WHERE 1 = 1 AND 1 / (n - 1) > 5   | 22012 | 1, column 36
            SELECT k FROM kept JOIN (VALUES (1)) AS t(k) ON 1 / (k - n) = 1 | 22012 | 1, column 49
            SELECT CASE WHEN n = 1 THEN 1 / (n - 1) ELSE 0 END FROM kept    | 22012 | 1, column 29
            SELECT count(*) FROM kept GROUP BY 1 / (n - 1)       | 22012 | 1, column 36
            SELECT n FROM kept ORDER BY 1 / (n - 1)              | 22012 | 1, column 29
            """)
    void aValueThatFailsNamesTheExpressionsPlace(String sql, String state, String place) {
        assertThat(db.failure(sql)).startsWith(state + " Cannot ").endsWith("(at line " + place + ")");
    }

    @Test
    void aPlaceCountsTheLinesOfTheStatement() {
        assertThat(db.failure("SELECT n,\n  -- here\n  n / (n - 1) AS q\nFROM kept"))
                .isEqualTo("22012 Cannot compute 1 / 0: division by zero (at line 3, column 3)");
    }

    @Test
    void labelsAreAsTyped() {
        assertThat(db.session()
                        .prepare("SELECT N, kept.N AS \"Weiß\", n AS nN, \"N\", x.Q FROM kept, (SELECT 1 AS q) AS X")
                        .schema()
                        .fields())
                .extracting(io.datasetdb.vector.Field::name)
                .containsExactly("N", "Weiß", "nN", "N", "Q");
    }
}
