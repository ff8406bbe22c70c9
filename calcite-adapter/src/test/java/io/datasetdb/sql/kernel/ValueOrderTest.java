// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueOrderTest {
    private static void assertAscending(DataType type, Object... values) {
        Vector vector = Eval.column(type, values);
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                assertThat(Integer.signum(ValueOrder.compare(vector, i, vector, j)))
                        .as(type + ": " + i + " and " + j)
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    private static void assertEqual(DataType type, Object a, Object b) {
        Vector vector = Eval.column(type, a, b);
        assertThat(ValueOrder.equal(vector, 0, vector, 1)).isTrue();
        assertThat(ValueHash.hash(vector, 0)).isEqualTo(ValueHash.hash(vector, 1));
    }

    @Test
    void nanIsGreatestAndZeroHasNoSign() {
        assertAscending(
                DataType.DOUBLE,
                Double.NEGATIVE_INFINITY,
                -1.0,
                0.0,
                Double.MIN_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NaN);
        assertAscending(DataType.REAL, Float.NEGATIVE_INFINITY, -1f, 0f, 1f, Float.POSITIVE_INFINITY, Float.NaN);
        assertEqual(DataType.DOUBLE, 0.0, -0.0);
        assertEqual(DataType.REAL, 0f, -0f);
        assertEqual(DataType.DOUBLE, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L));
    }

    @Test
    void textIsOrderedByCodePoints() {
        assertAscending(DataType.VARCHAR, "", "A", "a", "a\0", "aa", "b", "é", "\uFFFD", "😀");
        assertAscending(
                DataType.VARBINARY, new byte[] {}, new byte[] {1}, new byte[] {127}, new byte[] {-128}, new byte[] {-1
                });
    }

    @Test
    void uuidsAreUnsigned() {
        assertAscending(
                DataType.UUID,
                new UUID(0, 0),
                new UUID(0, -1),
                new UUID(1, 0),
                UUID.fromString("7fffffff-0000-0000-0000-000000000000"),
                UUID.fromString("80000000-0000-0000-0000-000000000000"));
    }

    @Test
    void longDecimalsAreOrderedByValue() {
        assertAscending(
                DataType.decimal(38, 2),
                new BigDecimal("-99999999999999999999999999.00"),
                new BigDecimal("-1.00"),
                new BigDecimal("0.00"),
                new BigDecimal("92233720368547758.07"),
                new BigDecimal("92233720368547758.08"),
                new BigDecimal("184467440737095516.16"));
    }

    @Test
    void decimalsOfDifferentScalesAndFormsCompareByValue() {
        Vector narrow = Eval.column(DataType.decimal(5, 1), new BigDecimal("1.5"), new BigDecimal("-2.0"));
        Vector wide = Eval.column(DataType.decimal(30, 3), new BigDecimal("1.500"), new BigDecimal("-1.999"));
        assertThat(ValueOrder.compare(narrow, 0, wide, 0)).isZero();
        assertThat(ValueOrder.compare(narrow, 1, wide, 1)).isNegative();
        assertThat(ValueOrder.compare(wide, 0, narrow, 1)).isPositive();
    }

    @Test
    void insideNestedValuesNullIsEqualToNullAndGreatest() {
        DataType array = DataType.array(DataType.INTEGER);
        assertAscending(
                array,
                List.of(),
                List.of(1),
                List.of(1, 2),
                Arrays.asList(1, null),
                Arrays.asList(1, null, 3),
                List.of(2));
        assertEqual(array, Arrays.asList(1, null), Arrays.asList(1, null));
    }

    @Test
    void mapsIgnoreTheOrderOfInsertion() {
        Map<String, @Nullable Double> a = new LinkedHashMap<>();
        a.put("x", 1.0);
        a.put("y", null);
        Map<String, @Nullable Double> b = new LinkedHashMap<>();
        b.put("y", null);
        b.put("x", 1.0);
        assertEqual(KernelCatalogue.MAP, a, b);
        assertAscending(KernelCatalogue.MAP, Map.of(), Map.of("a", 2.0), Map.of("b", 1.0));
    }

    @Test
    void nullsLastAndNotDistinctKnowNull() {
        Vector vector = Eval.column(DataType.INTEGER, 1, null, null);
        assertThat(ValueOrder.compareNullsLast(vector, 0, vector, 1)).isNegative();
        assertThat(ValueOrder.compareNullsLast(vector, 1, vector, 2)).isZero();
        assertThat(ValueOrder.notDistinct(vector, 1, vector, 2)).isTrue();
        assertThat(ValueOrder.notDistinct(vector, 0, vector, 2)).isFalse();
        assertThat(ValueHash.hash(vector, 1)).isEqualTo(ValueHash.NULL);
    }

    @Test
    void equalValuesHashAlikeInEveryForm() {
        for (DataType type : KernelCatalogue.TYPES) {
            Random random = new Random(7);
            Vector flat = Samples.column(type, 60, random);
            Vector dictionary = Eval.dictionary(flat);
            long[] hashes = new long[60];
            long[] others = new long[60];
            ValueHash.hash(flat, Selection.all(60), hashes, false);
            ValueHash.hash(dictionary, Selection.all(60), others, false);
            assertThat(others).as(type.sql()).isEqualTo(hashes);
            for (int i = 0; i < 60; i++) {
                assertThat(ValueHash.hash(flat, i)).as(type.sql()).isEqualTo(hashes[i]);
                for (int j = 0; j < 60; j++) {
                    if (ValueOrder.notDistinct(flat, i, dictionary, j)) {
                        assertThat(hashes[i])
                                .as(type + ": " + flat.getObject(i))
                                .isEqualTo(hashes[j]);
                    }
                }
            }
        }
    }

    @Test
    void hashesOfAColumnAreDenseAndCombineInOrder() {
        Vector a = Eval.column(DataType.INTEGER, 1, 2, 3);
        Vector b = Eval.column(DataType.VARCHAR, "x", "y", "z");
        long[] hashes = new long[2];
        Selection selection = Selection.of(new int[] {0, 2}, 2);
        ValueHash.hash(a, selection, hashes, false);
        assertThat(hashes[1]).isEqualTo(ValueHash.ofLong(3));
        ValueHash.hash(b, selection, hashes, true);
        assertThat(hashes[1]).isEqualTo(ValueHash.combine(ValueHash.ofLong(3), ValueHash.hash(b, 2)));
        assertThat(ValueHash.combine(1, 2)).isNotEqualTo(ValueHash.combine(2, 1));
    }

    @Test
    void hashesSpreadOverBothEnds() {
        boolean[] low = new boolean[1024];
        boolean[] high = new boolean[1024];
        for (int i = 0; i < 20_000; i++) {
            long hash = ValueHash.ofLong(i * 1_000_000L);
            low[(int) hash & 1023] = true;
            high[(int) (hash >>> 54)] = true;
        }
        for (int i = 0; i < 1024; i++) {
            assertThat(low[i] && high[i]).as("bucket " + i).isTrue();
        }
    }

    @Test
    void comparatorAgreesWithCompare() {
        for (DataType type : KernelCatalogue.TYPES) {
            Vector left = Eval.column(type, Samples.value(type, new Random(1)), Samples.value(type, new Random(2)));
            Vector right = Eval.dictionary(left);
            assertThat(ValueOrder.comparator(left, left).compare(0, 1)).isEqualTo(ValueOrder.compare(left, 0, left, 1));
            assertThat(ValueOrder.comparator(left, right).compare(1, 0))
                    .isEqualTo(ValueOrder.compare(left, 1, right, 0));
        }
    }
}
