// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel gives the same on value vectors, dictionaries and constants, on all positions and on some; and a position that is
 * not selected is never computed. The oracle is the kernel on one row at a time.
 */
class KernelPropertyTest {
    private static final int ROWS = 40;
    private static final int ROUNDS = 3;

    static Stream<KernelCatalogue.Entry> kernels() {
        return KernelCatalogue.entries().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void agreesWithItselfOnEveryFormOfInput(KernelCatalogue.Entry kernel) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 31L * kernel.name().hashCode() + round;
            Random random = new Random(seed);
            List<Vector> flat = new ArrayList<>();
            for (DataType type : kernel.types()) {
                flat.add(Eval.repeated(Samples.column(type, ROWS / 2, random), 2));
            }
            check(kernel.name() + ", seed " + seed, kernel.expression(), flat, random);
        }
    }

    private static void check(String where, Expression kernel, List<Vector> flat, Random random) {
        List<@Nullable Object> expected = new ArrayList<>();
        int[] good = new int[ROWS];
        int count = 0;
        for (int p = 0; p < ROWS; p++) {
            Object value = oneRow(kernel, flat, p);
            expected.add(value);
            if (!(value instanceof DatasetDbException)) {
                good[count++] = p;
            }
        }
        if (count == 0) {
            return;
        }
        List<List<Vector>> forms = new ArrayList<>();
        forms.add(flat);
        forms.add(flat.stream().map(Eval::dictionary).toList());
        for (int i = 0; i < flat.size(); i++) {
            List<Vector> mixed = new ArrayList<>(flat);
            mixed.set(i, Eval.dictionary(flat.get(i)));
            forms.add(mixed);
        }
        List<Selection> selections = new ArrayList<>(List.of(Selection.of(good, count), some(good, count, random)));
        if (count == ROWS) {
            selections.add(Selection.all(ROWS));
            selections.add(Selection.all(ROWS / 2));
        }
        for (List<Vector> form : forms) {
            for (Selection selection : selections) {
                compare(where, kernel, Batch.of(form, ROWS), selection, expected);
            }
        }
        constants(where, kernel, flat, expected, random);
    }

    /** One argument is constant, the others vary. */
    private static void constants(
            String where, Expression kernel, List<Vector> flat, List<@Nullable Object> ignored, Random random) {
        for (int i = 0; i < flat.size(); i++) {
            int row = random.nextInt(ROWS);
            List<Vector> expanded = new ArrayList<>(flat);
            int[] positions = new int[ROWS];
            java.util.Arrays.fill(positions, row);
            expanded.set(i, flat.get(i).gather(positions, ROWS));
            List<@Nullable Object> expected = new ArrayList<>();
            int[] good = new int[ROWS];
            int count = 0;
            for (int p = 0; p < ROWS; p++) {
                Object value = oneRow(kernel, expanded, p);
                expected.add(value);
                if (!(value instanceof DatasetDbException)) {
                    good[count++] = p;
                }
            }
            List<Vector> wrapped = new ArrayList<>(flat);
            wrapped.set(i, Eval.constant(flat.get(i), row, ROWS));
            if (count > 0) {
                compare(where, kernel, Batch.of(wrapped, ROWS), Selection.of(good, count), expected);
            }
            List<Vector> dictionaries =
                    new ArrayList<>(flat.stream().map(Eval::dictionary).toList());
            dictionaries.set(i, Eval.constant(flat.get(i), row, ROWS));
            if (count > 0) {
                compare(where, kernel, Batch.of(dictionaries, ROWS), Selection.of(good, count), expected);
            }
        }
    }

    private static @Nullable Object oneRow(Expression kernel, List<Vector> columns, int p) {
        List<Vector> row =
                columns.stream().map(column -> column.gather(new int[] {p}, 1)).toList();
        try {
            return Eval.at(kernel, Batch.of(row, 1), Selection.all(1)).get(0);
        } catch (DatasetDbException e) {
            return e;
        }
    }

    private static Selection some(int[] positions, int count, Random random) {
        int[] chosen = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                chosen[size++] = positions[i];
            }
        }
        return Selection.of(chosen, size);
    }

    private static void compare(
            String where, Expression kernel, Batch batch, Selection selection, List<@Nullable Object> expected) {
        List<@Nullable Object> wanted = new ArrayList<>();
        List<Integer> trues = new ArrayList<>();
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            wanted.add(expected.get(p));
            if (Boolean.TRUE.equals(expected.get(p))) {
                trues.add(p);
            }
        }
        assertThat(Eval.at(kernel, batch, selection)).as(where).isEqualTo(wanted);
        Vector result = kernel.evaluate(batch, selection, Eval.NONE);
        assertThat(result.gather(new int[batch.rowCount()], batch.rowCount()).size())
                .as(where)
                .isEqualTo(batch.rowCount());
        assertThat(result.flatten().size()).as(where).isEqualTo(batch.rowCount());
        if (kernel.type().kind() == DataType.Kind.BOOLEAN) {
            Selection hits = kernel.filter(batch, selection, Eval.NONE);
            List<Integer> found = new ArrayList<>();
            for (int k = 0; k < hits.size(); k++) {
                found.add(hits.position(k));
            }
            assertThat(found).as(where + " as a filter").isEqualTo(trues);
        }
    }
}
