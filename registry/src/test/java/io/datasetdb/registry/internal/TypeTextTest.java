// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTextTest {
    private static final List<String> NAMES =
            List.of("a", "path", "a b", "x\"y", "NOT NULL", ", b INTEGER", ")", "Größe", "");

    private static DataType random(Random random, int depth) {
        DataType.Kind kind = DataType.Kind.values()[random.nextInt(DataType.Kind.values().length)];
        return switch (kind) {
            case DECIMAL -> {
                int precision = 1 + random.nextInt(DataType.MAX_DECIMAL_PRECISION);
                yield DataType.decimal(precision, random.nextInt(precision + 1));
            }
            case ARRAY -> depth == 0 ? DataType.REAL : DataType.array(random(random, depth - 1));
            case MAP -> depth == 0 ? DataType.DATE : DataType.map(random(random, depth - 1), random(random, depth - 1));
            case ROW -> {
                var fields = new ArrayList<Field>();
                for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
                    fields.add(new Field(
                            NAMES.get(random.nextInt(NAMES.size())), random(random, depth - 1), random.nextBoolean()));
                }
                yield DataType.row(fields);
            }
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    NULL -> new DataType.Simple(kind);
        };
    }

    @Test
    void everyTypeReadsBackAsItself() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            DataType type = random(random, 4);
            String text = TypeText.format(type);

            assertThat(TypeText.parse(text)).as("%s (seed %d)", text, seed).isEqualTo(type);
        }
    }

    @Test
    void plainTypesLookLikeSql() {
        DataType type = DataType.array(
                DataType.row(Field.of("path", DataType.VARCHAR), Field.required("size", DataType.decimal(10, 2))));

        assertThat(TypeText.format(type)).isEqualTo("ROW(path VARCHAR, size DECIMAL(10, 2) NOT NULL) ARRAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "VARCHA", "VARCHAR ", "ROW(a VARCHAR", "ROW(\"a VARCHAR)", "MAP<VARCHAR>", "ARRAY"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TypeText.parse(text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(text);
    }
}
