// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.junit.jupiter.api.Test;

class StatementParserTest {
    private static <T> T parse(Class<T> type, String sql) {
        return type.cast(StatementParser.parse(sql));
    }

    private static SqlNode from(String sql) {
        return parse(SqlSelect.class, sql).getFrom();
    }

    @Test
    void createDatasetTakesItsClausesInAnyOrder() {
        SqlCreateDataset node = parse(
                SqlCreateDataset.class,
                "create or replace table a.\"B c\".x labels ('k=v', 'z = 1=2', 'flag') if changed comment 'it''s é€漢'"
                        + " version 2.0 as select 1");
        assertThat(node.name().names).containsExactly("a", "B c", "x");
        assertThat(node.replace()).isTrue();
        assertThat(node.ifChanged()).isTrue();
        assertThat(node.ifNotExists()).isFalse();
        assertThat(node.temporary()).isFalse();
        assertThat(node.comment()).isEqualTo("it's é€漢");
        assertThat(node.version()).isEqualTo("2.0");
        assertThat(node.bump()).isNull();
        assertThat(node.labels()).isEqualTo(Map.of("k", "v", "z", "1=2", "flag", ""));
    }

    @Test
    void createDatasetKnowsItsOtherForms() {
        assertThat(parse(SqlCreateDataset.class, "CREATE OR REPLACE DATASET x BUMP MINOR AS SELECT 1")
                        .bump())
                .isEqualTo(VersionBump.MINOR);
        assertThat(parse(SqlCreateDataset.class, "CREATE DATASET IF NOT EXISTS x AS SELECT 1")
                        .ifNotExists())
                .isTrue();
        SqlCreateDataset temporary = parse(SqlCreateDataset.class, "CREATE TEMP DATASET x AS VALUES (1)");
        assertThat(temporary.temporary()).isTrue();
        assertThat(temporary.labels()).isNull();
        assertThat(temporary.comment()).isNull();
    }

    @Test
    void createDatasetKeepsWhatWasWritten() {
        SqlCreateDataset node = parse(
                SqlCreateDataset.class,
                "-- before\r\nCREATE DATASET x AS -- why\r\n\tSELECT 'ü;' /* keep\n me */ AS  a\rFROM y -- end\n;\n");
        assertThat(node.text()).isEqualTo("CREATE DATASET x AS -- why\r\n\tSELECT 'ü;' /* keep\n me */ AS  a\rFROM y");
        assertThat(node.queryText()).isEqualTo("-- why\r\n\tSELECT 'ü;' /* keep\n me */ AS  a\rFROM y");
    }

    @Test
    void explainedCreateDatasetKeepsItsOwnText() {
        SqlExplainStatement node = parse(
                SqlExplainStatement.class, "EXPLAIN ANALYZE CREATE DATASET x AS (SELECT 1 UNION SELECT 2) ORDER BY 1");
        assertThat(node.analyze()).isTrue();
        SqlCreateDataset create = (SqlCreateDataset) node.statement();
        assertThat(create.text()).isEqualTo("CREATE DATASET x AS (SELECT 1 UNION SELECT 2) ORDER BY 1");
        assertThat(create.queryText()).isEqualTo("(SELECT 1 UNION SELECT 2) ORDER BY 1");
    }

    @Test
    void copiedCreateDatasetWritesItsTextAnew() {
        SqlCreateDataset node = parse(SqlCreateDataset.class, "CREATE DATASET x AS SELECT  1");
        SqlCreateDataset copy = (SqlCreateDataset) node.clone(node.getParserPosition());
        assertThat(copy.text()).isEqualTo("CREATE DATASET \"x\" AS SELECT 1");
        assertThat(copy.queryText()).isEqualTo("SELECT 1");
    }

    @Test
    void versionBecomesPartOfTheName() {
        SqlIdentifier name = (SqlIdentifier) from("SELECT * FROM n.p.x FOR VERSION AS OF '1.2.0'");
        assertThat(name.names).containsExactly("n", "p", "x@1.2.0");
        assertThat(((SqlIdentifier) from("SELECT * FROM x FOR VERSION AS OF 2")).names)
                .containsExactly("x@2");
        assertThat(((SqlIdentifier) from("SELECT * FROM \"x@>=1.0,<2.0\"")).names)
                .containsExactly("x@>=1.0,<2.0");
        assertThat(StatementParser.toSql(name)).isEqualTo("\"n\".\"p\".\"x@1.2.0\"");
    }

    @Test
    void versionsJoinWithAliases() {
        SqlNode node = StatementParser.parse("SELECT * FROM x FOR VERSION AS OF '1' AS a JOIN x b ON a.k = b.k");
        assertThat(StatementParser.toSql(node).replaceAll("\\s+", " "))
                .isEqualTo("SELECT * FROM \"x@1\" AS \"a\" INNER JOIN \"x\" AS \"b\" ON (\"a\".\"k\" = \"b\".\"k\")");
    }

    @Test
    void systemTimeStaysASnapshot() {
        assertThat(from("SELECT * FROM x FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-31 12:00:00'"))
                .isInstanceOf(SqlSnapshot.class);
    }

    @Test
    void commentSaysOnWhatItIs() {
        SqlComment node = parse(SqlComment.class, "COMMENT ON COLUMN n.p.x.c IS 'why'");
        assertThat(node.name().names).containsExactly("n", "p", "x", "c");
        assertThat(node.subject()).isEqualTo(SqlComment.Subject.COLUMN);
        assertThat(node.comment()).isEqualTo("why");
        SqlComment other = parse(SqlComment.class, "ALTER DATASET x SET COMMENT NULL");
        assertThat(other.subject()).isEqualTo(SqlComment.Subject.DATASET);
        assertThat(other.comment()).isNull();
    }

    @Test
    void copyKeepsItsOptionsInOrder() {
        SqlCopy node = parse(
                SqlCopy.class, "COPY \"x@1\" TO 'd' (FORMAT csv, HEADER, DELIMITER ';', PARTITION_BY (a, b), N 3)");
        assertThat(node.source()).isInstanceOf(SqlIdentifier.class);
        assertThat(node.uri()).isEqualTo("d");
        assertThat(node.options().keySet()).containsExactly("format", "header", "delimiter", "partition_by", "n");
        assertThat(node.options().get("header")).hasToString("TRUE");
    }

    @Test
    void smallStatementsSayWhatTheySay() {
        SqlShow show = parse(SqlShow.class, "SHOW TABLES LIKE 'a%'");
        assertThat(show.subject()).isEqualTo(SqlShow.Subject.DATASETS);
        assertThat(show.like()).isEqualTo("a%");
        SqlSetParam param = parse(SqlSetParam.class, "SET PARAM learning_rate = -0.001");
        assertThat(param.name()).hasToString("learning_rate");
        assertThat(param.value()).hasToString("-0.001");
        SqlDropDataset drop = parse(SqlDropDataset.class, "DROP TABLE IF EXISTS x VERSION '1.2.0'");
        assertThat(drop.version()).isEqualTo("1.2.0");
        assertThat(drop.ifExists()).isTrue();
        assertThat(drop.purge()).isFalse();
        assertThat(parse(SqlReproduceDataset.class, "REPRODUCE DATASET x").version())
                .isNull();
        assertThat(parse(SqlRefreshDataset.class, "REFRESH DATASET x FULL").full())
                .isTrue();
        assertThat(parse(SqlRename.class, "ALTER TABLE x RENAME TO y").newName().names)
                .containsExactly("y");
    }

    @Test
    void functionSourceIsTakenAsItIs() {
        SqlCreateFunction node = parse(
                SqlCreateFunction.class,
                "CREATE FUNCTION f(a VARCHAR, b INT) RETURNS BIGINT LANGUAGE JAVA AS $$ return \"'\"; -- $1\n $$");
        assertThat(node.body()).isEqualTo(" return \"'\"; -- $1\n ");
        assertThat(node.parameters()).hasSize(4);
        assertThat(node.language()).isEqualTo("JAVA");
        assertThat(node.jar()).isNull();
    }

    @Test
    void infixCastTakesOneOperand() {
        assertThat(StatementParser.toSql(StatementParser.parseExpression("a + b[1]::int * -c.d::varchar")))
                .isEqualTo("(\"a\" + (CAST(\"b\"[1] AS INTEGER) * (- CAST(\"c\".\"d\" AS VARCHAR))))");
    }

    @Test
    void procedureCallParses() {
        SqlCall call = parse(SqlCall.class, "CALL registry.set_metric('x', 'accuracy', (SELECT avg(a) FROM y))");
        assertThat(call.getKind()).isEqualTo(SqlKind.PROCEDURE_CALL);
    }

    @Test
    void semicolonAtTheEndIsAllowed() {
        assertThat(StatementParser.parse("SELECT 1 ;; -- done")).isInstanceOf(SqlSelect.class);
    }
}
