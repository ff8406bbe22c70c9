// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short forms of PostgreSQL and DuckDB mean what their long forms mean. */
class DialectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INTERVAL '1 day' | INTERVAL '1' DAY",
                "INTERVAL '-2 weeks' | INTERVAL -'14' DAY",
                "INTERVAL '1 year 2 mons' | INTERVAL '14' MONTH",
                "INTERVAL '1-2' | INTERVAL '14' MONTH",
                "INTERVAL '2 months ago' | INTERVAL -'2' MONTH",
                "INTERVAL '90 minutes' | INTERVAL '0 01:30:00.000000' DAY TO SECOND",
                "INTERVAL '3 04:05:06.5' | INTERVAL '3 04:05:06.500000' DAY TO SECOND",
                "INTERVAL '1.5 days' | INTERVAL '1 12:00:00.000000' DAY TO SECOND",
                "INTERVAL '-1 microsecond' | INTERVAL -'0 00:00:00.000001' DAY TO SECOND",
                "INTERVAL '5' | INTERVAL '0 00:00:05.000000' DAY TO SECOND",
                "'1 day'::INTERVAL | INTERVAL '1' DAY",
                "a::INTERVAL | CAST(a AS INTERVAL DAY TO SECOND)",
                "CAST(a AS INTERVAL) | CAST(a AS INTERVAL DAY TO SECOND)",
                "a::TEXT | CAST(a AS VARCHAR)",
                "a::INT8[] | CAST(a AS BIGINT ARRAY)",
                "[a, b][1] | ARRAY[a, b][1]",
                "[] | ARRAY[]",
                "{'a': 1, b: c} | {'a': 1, 'b': c}",
                "MAP {'a': 1, 'b': c} | MAP['a', 1, 'b', c]",
                "BIGINT '1' | CAST('1' AS BIGINT)",
                "a ^ b * c | POWER(a, b) * c",
                "a == b | a = b",
                "a ISNULL | a IS NULL",
                "a NOTNULL | a IS NOT NULL",
                "0xFF | 255",
                "1_000_000 | 1000000",
                "$$it's$$ | 'it''s'",
                "1 /* a /* b */ c */ + /***/ 2 | 1 + 2",
                "ROW(CASE WHEN a THEN b END) | ROW((CASE WHEN a THEN b END))",
            })
    void expressionMeansTheSame(String shorter, String longer) {
        assertThat(written("SELECT " + shorter + " FROM x")).isEqualTo(written("SELECT " + longer + " FROM x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FROM x | SELECT * FROM x",
                "FROM x SELECT a WHERE b | SELECT a FROM x WHERE b",
                "SELECT a FROM x FETCH FIRST ROW ONLY | SELECT a FROM x FETCH NEXT 1 ROWS ONLY",
                "SELECT a, b, FROM x | SELECT a, b FROM x",
                "SELECT * EXCLUDE a FROM x | SELECT * EXCLUDE (a) FROM x",
                "WITH y AS NOT MATERIALIZED (SELECT 1) SELECT * FROM y | WITH y AS (SELECT 1) SELECT * FROM y",
            })
    void queryMeansTheSame(String shorter, String longer) {
        assertThat(written(shorter)).isEqualTo(written(longer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 WHERE a",
                "SELECT a FROM x ORDER BY a DESC NULLS LAST",
                "SELECT a ~ b, a !~* b FROM x",
            })
    void writtenQueryIsReadAgain(String sql) {
        assertThat(written(written(sql))).isEqualTo(written(sql));
    }

    private static String written(String sql) {
        return StatementParser.toSql(StatementParser.parse(sql));
    }
}
