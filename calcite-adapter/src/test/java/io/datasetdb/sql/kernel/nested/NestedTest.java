// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import static io.datasetdb.sql.kernel.Eval.col;
import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NestedTest {
    private static final DataType INTS = DataType.array(DataType.INTEGER);
    private static final DataType MAP = DataType.map(DataType.VARCHAR, DataType.INTEGER);
    private static final DataType.Row ROW =
            (DataType.Row) DataType.row(Field.of("a", DataType.INTEGER), Field.of("b", DataType.VARCHAR));

    @Test
    void fieldsOfRowsAreTheirVectors() {
        Vector rows = Eval.column(ROW, Arrays.asList(1, "x"), null, Arrays.asList(null, "z"));
        assertThat(Eval.all(RowField.of(col(0, ROW), 1), rows)).isEqualTo(Arrays.asList("x", null, "z"));
        Vector field = RowField.of(col(0, ROW), 0).evaluate(Batch.of(List.of(rows), 3), Selection.all(3), Eval.NONE);
        assertThat(field).isSameAs(((RowVector) rows).field(0));
        assertThat(Eval.all(RowField.of(col(0, ROW), 1), Eval.dictionary(rows)))
                .isEqualTo(Arrays.asList("x", null, "z"));
        assertThat(Eval.one(RowField.of(Literal.ofNull(ROW), 1))).isNull();
    }

    @Test
    void rowsOfNullsAreNotNull() {
        RowConstructor row =
                RowConstructor.of(List.of(Literal.ofNull(DataType.INTEGER), lit("x", DataType.VARCHAR)), ROW);
        assertThat(Eval.one(row)).isEqualTo(Arrays.asList(null, "x"));
    }

    @Test
    void arraysHoldNullsAndConcatenate() {
        Vector column = Eval.column(DataType.INTEGER, 1, null);
        assertThat(Eval.all(
                        ArrayConstructor.of(
                                List.of(col(0, DataType.INTEGER), lit(7, DataType.INTEGER)), (DataType.Array) INTS),
                        column))
                .isEqualTo(List.of(List.of(1, 7), Arrays.asList(null, 7)));
        assertThat(Eval.one(ArrayConstructor.of(List.of(), (DataType.Array) INTS)))
                .isEqualTo(List.of());
        Vector arrays = Eval.column(INTS, List.of(1), null, List.of());
        assertThat(Eval.all(ArrayConstructor.concat(List.of(col(0, INTS), lit(List.of(2, 3), INTS))), arrays))
                .isEqualTo(Arrays.asList(List.of(1, 2, 3), null, List.of(2, 3)));
    }

    @Test
    void itemsCountFromOneAndMissingOnesAreNull() {
        Vector arrays = Eval.column(INTS, List.of(10, 20), List.of(), null, Arrays.asList(null, 5));
        assertThat(Eval.all(ItemAccess.of(col(0, INTS), lit(2, DataType.INTEGER)), arrays))
                .isEqualTo(Arrays.asList(20, null, null, 5));
        assertThat(Eval.all(ItemAccess.of(col(0, INTS), lit(0L, DataType.BIGINT)), arrays))
                .isEqualTo(Arrays.asList(null, null, null, null));
        assertThat(Eval.all(Cardinality.of(col(0, INTS)), arrays)).isEqualTo(Arrays.asList(2, 0, null, 2));
        assertThat(Eval.all(ArrayContains.of(col(0, INTS), lit(5, DataType.INTEGER)), arrays))
                .isEqualTo(Arrays.asList(false, false, null, true));
    }

    @Test
    void mapsAreReadByKey() {
        Vector maps = Eval.column(MAP, Map.of("a", 1), Map.of("b", 2), null);
        assertThat(Eval.all(ItemAccess.of(col(0, MAP), lit("b", DataType.VARCHAR)), maps))
                .isEqualTo(Arrays.asList(null, 2, null));
        assertThat(Eval.all(Cardinality.of(col(0, MAP)), maps)).isEqualTo(Arrays.asList(1, 1, null));
    }

    @Test
    void mapConstructorKeepsTheLastOfEqualKeys() {
        Vector keys = Eval.column(DataType.VARCHAR, "a", "b");
        Vector values = Eval.column(DataType.INTEGER, 1, null);
        var map = MapConstructor.of(
                List.of(col(0, DataType.VARCHAR), lit("a", DataType.VARCHAR)),
                List.of(col(1, DataType.INTEGER), lit(9, DataType.INTEGER)),
                (DataType.Map) MAP);
        assertThat(Eval.all(map, keys, values).get(0)).isEqualTo(Map.of("a", 9));
        assertThat(String.valueOf(Eval.all(map, keys, values).get(1))).isEqualTo("{b=null, a=9}");
        assertThatThrownBy(
                        () -> Eval.all(map, Eval.column(DataType.VARCHAR, (Object) null), values.gather(new int[1], 1)))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot build a map: key 1 is NULL");
    }
}
