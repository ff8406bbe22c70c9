// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INTEGER",
                "BIGINT",
                "REAL",
                "DOUBLE",
                "DECIMAL(10, 2)",
                "VARCHAR",
                "VARBINARY",
                "DATE",
                "TIME",
                "TIMESTAMP",
                "TIMESTAMP WITH LOCAL TIME ZONE",
                "UUID",
                "INTERVAL YEAR TO MONTH",
                "INTERVAL DAY TO SECOND",
                "VARCHAR ARRAY",
                "REAL ARRAY ARRAY",
                "MAP<VARCHAR, BIGINT ARRAY>",
                "ROW(a INTEGER, b ROW(c VARCHAR) ARRAY)",
                "NULL"
            })
    void readsWhatTypesWrite(String sql) {
        assertThat(TypeText.parse(sql).sql()).isEqualTo(sql);
        assertThat(TypeText.parse(sql.toLowerCase(java.util.Locale.ROOT)).sql()).isEqualToIgnoringCase(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int[]|INTEGER ARRAY",
                "text|VARCHAR",
                "varchar(20)|VARCHAR",
                "double precision|DOUBLE",
                "numeric(5)|DECIMAL(5, 0)",
                "decimal|DECIMAL(18, 3)",
                "timestamp(6) with time zone|TIMESTAMP WITH LOCAL TIME ZONE",
                "timestamp without time zone|TIMESTAMP",
                "struct(a int8, b text[])|ROW(a BIGINT, b VARCHAR ARRAY)",
                "map(text, int)|MAP<VARCHAR, INTEGER>"
            })
    void readsSynonyms(String text, String sql) {
        assertThat(TypeText.parse(text).sql()).isEqualTo(sql);
    }

    @Test
    void readsColumns() {
        assertThat(TypeText.parseColumns("a INTEGER NOT NULL, \"b \"\"c\" DECIMAL(3,1) , d ROW(x DATE)"))
                .containsExactly(
                        Field.required("a", DataType.INTEGER),
                        Field.of("b \"c", DataType.decimal(3, 1)),
                        Field.of("d", DataType.row(Field.of("x", DataType.DATE))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "intt|no type has this name (intt) at position 1",
                "ROW(a)|a name is missing at position 6",
                "DECIMAL(39, 0)|precision is 1 to 38",
                "VARCHAR BIGINT|there is more than a type at position 9",
                "ROW(a INTEGER|is missing at position 14",
                "ROW(a INTEGER, A INTEGER)|the name occurs twice (A)",
                "MAP<VARCHAR>|is missing at position 12"
            })
    void namesWhatIsWrongAndWhere(String text, String reason) {
        assertThatThrownBy(() -> TypeText.parse(text))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_TYPE))
                .hasMessageContaining("Cannot read type '" + text + "': ")
                .hasMessageContaining(reason);
    }
}
