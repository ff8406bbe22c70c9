// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonReservedWordsTest {
    private static final String[] USES = {
        "SELECT @, t.@, @ + 1, f(@), (@) FROM t WHERE @ > 1 AND @ IS NULL GROUP BY @, b ORDER BY @ DESC",
        "SELECT a AS @, b @ FROM p.@ AS c, d @",
        "SELECT sum(@) OVER (PARTITION BY @ ORDER BY @ ROWS 2 PRECEDING), count(DISTINCT @) FROM @",
        "SELECT CASE WHEN @ THEN @ ELSE @ END, @ BETWEEN 1 AND @, @ IN (@, 1), @.x FROM t JOIN @ ON t.@ = @.@",
        "SELECT CAST(@ AS INTEGER), CAST(x AS ROW(@ INTEGER)), @::bigint FROM t JOIN s USING (@)",
        "WITH @ AS (SELECT 1 AS @) SELECT @ FROM @",
        "CREATE DATASET @ AS SELECT @ FROM t",
        "INSERT INTO t (@, b) SELECT @ FROM s",
        "UPDATE t SET @ = @ + 1 WHERE @ = 2",
        "COMMENT ON COLUMN x.@ IS 'a'",
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze",
                "bump",
                "changed",
                "comment",
                "copy",
                "dataset",
                "datasets",
                "if",
                "index",
                "jar",
                "labels",
                "lineage",
                "major",
                "minor",
                "namespace",
                "namespaces",
                "param",
                "patch",
                "project",
                "projects",
                "purge",
                "refresh",
                "rename",
                "reproduce",
                "show",
                "tables",
                "temp",
                "temporary",
                "use",
                "vector",
                "version",
                "versions",
                "avg",
                "category",
                "class",
                "column",
                "condition",
                "contains",
                "count",
                "data",
                "date",
                "day",
                "depth",
                "domain",
                "element",
                "filter",
                "format",
                "function",
                "hour",
                "identity",
                "index",
                "initial",
                "key",
                "label",
                "language",
                "last",
                "length",
                "level",
                "local",
                "match",
                "max",
                "member",
                "metadata",
                "method",
                "min",
                "minute",
                "model",
                "module",
                "month",
                "name",
                "next",
                "new",
                "object",
                "old",
                "open",
                "output",
                "parameter",
                "path",
                "pattern",
                "percent",
                "period",
                "position",
                "power",
                "public",
                "range",
                "rank",
                "reference",
                "references",
                "result",
                "role",
                "rows",
                "schema",
                "scope",
                "score",
                "search",
                "second",
                "sequence",
                "size",
                "source",
                "sql",
                "start",
                "state",
                "static",
                "status",
                "sum",
                "system",
                "text",
                "time",
                "timestamp",
                "title",
                "trigger",
                "type",
                "url",
                "usage",
                "uuid",
                "value",
                "values",
                "view",
                "work",
                "year"
            })
    void wordMayBeAName(String word) {
        for (String use : USES) {
            String expected = StatementParser.toSql(StatementParser.parse(use.replace("@", "zzz")));
            assertThat(StatementParser.toSql(StatementParser.parse(use.replace("@", word))))
                    .as(use)
                    .isEqualTo(expected.replace("zzz", word));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT DATE '2020-01-01', TIME '10:00:00', TIMESTAMP '2020-01-01 10:00:00' FROM t",
                "SELECT CAST(a AS DATE), CAST(b AS TIMESTAMP(6)), EXTRACT(YEAR FROM c), FLOOR(c TO MONTH) FROM t",
                "SELECT count(*) FILTER (WHERE a), listagg(b) WITHIN GROUP (ORDER BY c) FROM t GROUP BY ROLLUP (a, b)",
                "SELECT sum(a) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), sum(b) OVER (RANGE 3 PRECEDING) FROM t",
                "SELECT a FROM t UNION VALUES (1) FETCH NEXT 3 ROWS ONLY",
                "SELECT substring(a FROM 1 FOR 2), position('a' IN b), a LIKE 'x' ESCAPE '!' FROM t"
            })
    void wordStillMeansWhatItMeant(String sql) {
        String written = StatementParser.toSql(StatementParser.parse(sql));
        assertThat(written).doesNotContain("\"DATE\"", "\"YEAR\"", "\"FILTER\"", "\"WITHIN\"", "\"ROWS\"", "\"RANGE\"");
        assertThat(StatementParser.toSql(StatementParser.parse(written))).isEqualTo(written);
    }
}
