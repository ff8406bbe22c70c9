// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.store.RowFilter;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConditionFilterTest {
    private static final Vector ENTRIES = VectorBuilder.vector(DataType.BIGINT, 10L, 20L, 30L);

    /** Values that the condition was computed for. */
    private int computed;

    private RowFilter filter(boolean steady, Function<Long, Boolean> test) {
        Expression condition = Runs.condition(row -> {
            computed++;
            return test.apply((Long) row.get(0));
        });
        RowFilter filter = new ConditionFilter(List.of(4), condition, steady)
                .start(Runs.run())
                .rows();
        assertThat(filter).isNotNull();
        assertThat(filter.columns()).containsExactly(4);
        return filter;
    }

    private static Batch batch(int... ids) {
        long[] validity = null;
        int[] positions = ids.clone();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0) {
                validity = validity == null ? Validity.allValid(ids.length) : validity;
                Validity.setNull(validity, i);
                positions[i] = 12_345;
            }
        }
        return Batch.of(List.of(new DictionaryVector(ids.length, positions, ENTRIES, validity)), ids.length);
    }

    private static List<Integer> positions(Selection selection) {
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < selection.size(); i++) {
            result.add(selection.position(i));
        }
        return result;
    }

    private static List<Integer> pass(RowFilter filter, Batch batch) {
        return positions(filter.filter(batch, batch.selection()));
    }

    @Test
    void anEntryIsComputedOnceHoweverManyRowsReferToIt() {
        RowFilter filter = filter(true, value -> value == null ? null : value > 15);
        for (int i = 0; i < 100; i++) {
            assertThat(pass(filter, batch(0, 1, 2, 2, 0))).containsExactly(1, 2, 3);
        }
        assertThat(computed).as("three entries and NULL").isEqualTo(4);
    }

    @Test
    void fewRowsOfALargeDictionaryAreComputedOneByOne() {
        RowFilter filter = filter(true, value -> value == null ? null : value > 15);
        assertThat(pass(filter, batch(2, 0))).containsExactly(0);
        assertThat(computed).isEqualTo(2);
        assertThat(pass(filter, batch(2, 0))).containsExactly(0);
        assertThat(computed).as("now there were more rows than entries").isEqualTo(6);
    }

    @Test
    void aConditionThatVariesIsComputedForEveryRow() {
        RowFilter filter = filter(false, value -> value == null ? null : value > 15);
        assertThat(pass(filter, batch(0, 1, 2, 2, 0))).containsExactly(1, 2, 3);
        assertThat(pass(filter, batch(0, 1, 2, 2, 0))).containsExactly(1, 2, 3);
        assertThat(computed).isEqualTo(10);
    }

    @Test
    void nullPassesWhereTheConditionHoldsForIt() {
        assertThat(pass(filter(true, Objects::isNull), batch(0, -1, 2, -1, 0))).containsExactly(1, 3);
        assertThat(pass(filter(true, Objects::nonNull), batch(0, -1, 2, -1, 0))).containsExactly(0, 2, 4);
        assertThat(pass(filter(true, value -> null), batch(0, -1, 2, -1, 0))).isEmpty();
    }

    @Test
    void anEntryThatCannotBeComputedFailsOnlyARowThatRefersToIt() {
        RowFilter filter = filter(true, value -> {
            if (value != null && value == 30) {
                throw new DatasetDbException(KernelError.NUMERIC_OVERFLOW, "Cannot compute: too large (30)");
            }
            return value != null && value > 15;
        });
        assertThat(pass(filter, batch(0, 1, 1, -1, 0))).containsExactly(1, 2);
        assertThat(pass(filter, batch(0, 1, 1, -1, 0))).containsExactly(1, 2);
        assertThat(filter.rejectsAll(ENTRIES)).isFalse();
        assertThatThrownBy(() -> pass(filter, batch(0, 1, 2, -1, 0))).hasMessageContaining("too large");
    }

    @Test
    void aDictionaryWithoutAPassingEntryIsRejectedUnlessNullPasses() {
        assertThat(filter(true, value -> value != null && value > 100).rejectsAll(ENTRIES))
                .isTrue();
        assertThat(filter(true, value -> value != null && value > 25).rejectsAll(ENTRIES))
                .isFalse();
        assertThat(filter(true, Objects::isNull).rejectsAll(ENTRIES)).isFalse();
        assertThat(filter(false, value -> false).rejectsAll(ENTRIES)).isFalse();
    }

    @Test
    void codedAndPlainColumnsPassTheSameRows() {
        long seed = Long.getLong("datasetdb.seed", 5L);
        Random random = new Random(seed);
        RowFilter coded = filter(true, value -> value == null ? (Boolean) true : value != 20);
        RowFilter plain = filter(false, value -> value == null ? (Boolean) true : value != 20);
        for (int round = 0; round < 300; round++) {
            int[] ids = new int[1 + random.nextInt(50)];
            int[] selected = new int[ids.length];
            int count = 0;
            for (int i = 0; i < ids.length; i++) {
                ids[i] = random.nextInt(round % 2 == 0 ? 4 : 3) - (round % 2 == 0 ? 1 : 0);
                if (random.nextBoolean()) {
                    selected[count++] = i;
                }
            }
            Batch batch = batch(ids);
            Selection selection = round % 3 == 0 ? batch.selection() : Selection.of(selected, count);
            Batch flat = Batch.of(List.of(flat(ids)), ids.length);
            assertThat(positions(coded.filter(batch, selection)))
                    .as("seed " + seed + " round " + round)
                    .isEqualTo(positions(plain.filter(flat, selection)));
        }
    }

    private static Vector flat(int[] ids) {
        Object[] values = new Object[ids.length];
        for (int i = 0; i < ids.length; i++) {
            values[i] = ids[i] < 0 ? null : ENTRIES.getObject(ids[i]);
        }
        return VectorBuilder.vector(DataType.BIGINT, values);
    }
}
