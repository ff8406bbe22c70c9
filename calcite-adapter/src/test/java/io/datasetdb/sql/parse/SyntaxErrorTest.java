// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import java.util.List;
import java.util.Random;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FORM x | syntax error at line 1, column 15 (near 'x'); did you mean FROM?",
                "SELECT * FROM x WEHRE a = 1 | syntax error at line 1, column 23 (near 'a'); did you mean WHERE?",
                "SELEC 1 | it is neither a query nor any other statement at line 1, column 1 (near 'SELEC'); did you"
                        + " mean SELECT?",
                "SELECT \"\" FROM x | a name is empty at line 1, column 8 (near '\"\"')",
                "SELECT 12abc | syntax error at line 1, column 8 (near '12abc')",
                "SELECT INTERVAL '1 fortnight' | '1 fortnight' is not an interval such as '1 day 02:03:04' or '2"
                        + " months' at line 1, column 8",
                "SELECT a,, b FROM x | syntax error at line 1, column 10 (near ',')",
                "SELECT a FROM | it ends too early at line 1, column 14",
                "SELECT a FROM x WHERE | it ends too early at line 1, column 22",
                "CREATE NAMESPACE IF NOT x | expected EXISTS at line 1, column 25 (near 'x')",
                "ALTER DATASET x SET y | expected COMMENT or LABELS or RETENTION at line 1," + " column 21 (near 'y')",
                "SET threads 1 | expected = or TO at line 1, column 13 (near '1')",
                "SET threads = | it ends too early at line 1, column 14",
                "SHOW VERSIONS x | expected OF at line 1, column 15 (near 'x')",
                "CREATE DATASET | it ends too early (expected a name) at line 1, column 15",
                "SELECT 'abc | a quote is not closed at line 1, column 8",
                "SELECT \"abc | a quote is not closed at line 1, column 8",
                "SELECT /* abc | a comment is not closed at line 1, column 14",
                "SELECT a # b | unexpected character at line 1, column 10 (near '#')",
                "SELECT 1 // 2 | syntax error at line 1, column 11 (near '/')",
                "foo bar | it is neither a query nor any other statement at line 1, column 1 (near 'foo')",
                "SELECT 1; SELECT 2 | a second statement begins at line 1, column 11",
                "CREATE DATASET x COMMENT 'a' COMMENT 'b' AS SELECT 1 | COMMENT is given twice at line 1, column 30",
                "CREATE DATASET x BUMP MAJOR AS SELECT 1 | BUMP goes with CREATE OR REPLACE only at line 1, column 18",
                "CREATE DATASET x IF CHANGED AS SELECT 1 | IF CHANGED goes with CREATE OR REPLACE only at line 1,"
                        + " column 21",
                "CREATE TEMP DATASET x VERSION '1' AS SELECT 1 | a temporary dataset has no versions at line 1, column"
                        + " 31",
                "SELECT * FROM \"x@1\" FOR VERSION AS OF '2' | a version is given twice at line 1, column 39",
            })
    void messageSaysWhatAndWhere(String sql, String message) {
        assertThatThrownBy(() -> StatementParser.parse(sql))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot parse statement: " + message)
                .extracting(e -> ((DatasetDbException) e).sqlState())
                .isEqualTo("42601");
    }

    @Test
    void positionCountsLinesAsTheyAreWritten() {
        assertThatThrownBy(() -> StatementParser.parse("SELECT a,\r\n\tb,\n  'ü' c d\nFROM x"))
                .hasMessage("Cannot parse statement: syntax error at line 3, column 9 (near 'd')");
        for (String nothing : List.of("", ";", " -- nothing\n")) {
            assertThatThrownBy(() -> StatementParser.parse(nothing)).hasMessage("Cannot parse statement: it is empty");
        }
    }

    @Test
    void deepNestingIsRefused() {
        int n = 10_000;
        for (String sql : new String[] {
            "SELECT " + "(".repeat(n) + "1" + ")".repeat(n),
            "SELECT " + "f(".repeat(n) + "1" + ")".repeat(n),
            "SELECT 1" + " + 1".repeat(n),
            "SELECT * FROM " + "(SELECT * FROM ".repeat(n) + "x" + ")".repeat(n),
        }) {
            assertThatThrownBy(() -> StatementParser.parse(sql))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessage("Cannot parse statement: it is nested too deeply");
        }
    }

    @Test
    void longChainsAreNotDeep() {
        int n = 2_000;
        for (String sql : new String[] {
            "SELECT 1 FROM x WHERE a = 1" + " OR a = 2 AND b".repeat(n),
            "SELECT 1 FROM x WHERE a = 1" + " AND a BETWEEN 1 AND 2".repeat(n),
            "SELECT a" + " || b".repeat(n) + " FROM x",
        }) {
            SqlNode node = StatementParser.parse(sql);
            assertThat(StatementParser.toSql(StatementParser.parse(StatementParser.toSql(node))))
                    .isEqualTo(StatementParser.toSql(node));
        }
        assertThat(StatementParser.parse("SELECT 1" + " UNION ALL SELECT 1".repeat(n))
                        .getKind())
                .isEqualTo(SqlKind.UNION);
    }

    @Test
    void truncatedStatementsFailInNoOtherWay() {
        for (String sql : Statements.ALL) {
            for (int end = 0; end < sql.length(); end += 7) {
                parseOrRefuse(sql.substring(0, end));
            }
        }
    }

    @Test
    void scrambledStatementsFailInNoOtherWay() {
        long seed = 20260131L;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String[] words =
                    Statements.ALL.get(random.nextInt(Statements.ALL.size())).split("(?<=\\W)|(?=\\W)");
            String[] other =
                    Statements.ALL.get(random.nextInt(Statements.ALL.size())).split("(?<=\\W)|(?=\\W)");
            words[random.nextInt(words.length)] = other[random.nextInt(other.length)];
            words[random.nextInt(words.length)] = "";
            parseOrRefuse(String.join("", words) + " -- seed " + seed);
        }
    }

    private static void parseOrRefuse(String sql) {
        try {
            StatementParser.parse(sql);
        } catch (DatasetDbException e) {
            assertThat(e.getMessage())
                    .as(sql)
                    .startsWith("Cannot parse statement: ")
                    .hasSizeLessThan(250);
        }
    }
}
