// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RoundTripTest {
    static final List<String> STATEMENTS = Statements.ALL;

    @ParameterizedTest
    @FieldSource("STATEMENTS")
    void writtenStatementParsesToAnEqualNode(String sql) {
        SqlNode node = StatementParser.parse(sql);
        String written = StatementParser.toSql(node);
        assertThat(StatementParser.parse(written).equalsDeep(node, Litmus.IGNORE))
                .as(written)
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("STATEMENTS")
    void operatorBuildsAnEqualNodeFromAllOperands(String sql) {
        if (StatementParser.parse(sql) instanceof SqlStatement node) {
            SqlCall copy = node.getOperator()
                    .createCall(SqlParserPos.ZERO, node.getOperandList().toArray(new SqlNode[0]));
            assertThat(copy).hasSameClassAs(node);
            assertThat(StatementParser.toSql(copy)).isEqualTo(StatementParser.toSql(node));
        }
    }

    @Test
    void nodesThatDifferInOneClauseAreNotEqual() {
        SqlNode one = StatementParser.parse("DROP DATASET IF EXISTS x PURGE");
        for (String other : List.of(
                "DROP DATASET x PURGE",
                "DROP DATASET IF EXISTS x",
                "DROP DATASET IF EXISTS y PURGE",
                "DROP DATASET IF EXISTS x VERSION '1' PURGE",
                "DROP VIEW IF EXISTS x")) {
            assertThat(StatementParser.parse(other).equalsDeep(one, Litmus.IGNORE))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void everyNodeClassIsCovered() {
        assertThat(Statements.ALL.stream()
                        .map(StatementParser::parse)
                        .filter(SqlStatement.class::isInstance)
                        .map(node -> node.getClass().getSimpleName()))
                .contains(
                        "SqlComment",
                        "SqlCopy",
                        "SqlCreateDataset",
                        "SqlCreateFunction",
                        "SqlCreateNamespace",
                        "SqlCreateProject",
                        "SqlCreateVectorIndex",
                        "SqlCreateView",
                        "SqlDeleteDataset",
                        "SqlDescribe",
                        "SqlDropDataset",
                        "SqlDropFunction",
                        "SqlDropNamespace",
                        "SqlDropProject",
                        "SqlDropVectorIndex",
                        "SqlDropView",
                        "SqlExplainStatement",
                        "SqlMergeDataset",
                        "SqlRefreshDataset",
                        "SqlRename",
                        "SqlReproduceDataset",
                        "SqlSetLabels",
                        "SqlSetting",
                        "SqlShowSettings",
                        "SqlSetParam",
                        "SqlShow",
                        "SqlUpdateDataset",
                        "SqlUse");
    }
}
