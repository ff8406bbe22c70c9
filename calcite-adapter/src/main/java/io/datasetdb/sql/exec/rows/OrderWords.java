// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/** Values as signed numbers in the same order. */
final class OrderWords {
    private OrderWords() {}

    /**
     * The words of all rows of a column that {@link BytesSort} does not sort, the most significant first: rows are in order
     * as their words are, and equal where all words are.
     */
    static long[][] of(ColumnBuffer column, boolean ascending, boolean nullsFirst) {
        int size = column.size();
        long[][] words =
                column instanceof FixedColumn fixed ? fixed(fixed.view()) : new long[][] {comparedRanks(column)};
        if (!ascending) {
            for (long[] word : words) {
                for (int i = 0; i < size; i++) {
                    word[i] = ~word[i];
                }
            }
        }
        if (!column.mayHaveNulls()) {
            return words;
        }
        long[] nulls = new long[size];
        for (int i = 0; i < size; i++) {
            boolean isNull = column.isNull(i);
            nulls[i] = isNull == nullsFirst ? 0 : 1;
            if (isNull) {
                for (long[] word : words) {
                    word[i] = 0;
                }
            }
        }
        long[][] result = new long[words.length + 1][];
        result[0] = nulls;
        System.arraycopy(words, 0, result, 1, words.length);
        return result;
    }

    /** Bytes on the heap that the words of a column take while they are made, roughly. */
    static long heapBytes(ColumnBuffer column) {
        long nulls = column.mayHaveNulls() ? 8L * column.size() : 0;
        boolean wide = column instanceof FixedColumn fixed && fixed.view() instanceof Int128Vector;
        return nulls + 8L * column.size() * (wide ? 2 : 1);
    }

    private static long[][] fixed(Vector vector) {
        int size = vector.size();
        if (!(vector instanceof Int128Vector wide)) {
            long[] words = new long[size];
            int[] positions = new int[size];
            Arrays.setAll(positions, i -> i);
            leading(vector, positions, size, words);
            return new long[][] {words};
        }
        long unsigned = vector.type().kind() == DataType.Kind.UUID ? Long.MIN_VALUE : 0;
        long[][] words = new long[2][size];
        for (int i = 0; i < size; i++) {
            words[0][i] = wide.high()[i] ^ unsigned;
            words[1][i] = wide.low()[i] ^ Long.MIN_VALUE;
        }
        return words;
    }

    /** How many distinct values are smaller. */
    private static long[] comparedRanks(ColumnBuffer column) {
        int[] order = new int[column.size()];
        int count = 0;
        for (int row = 0; row < order.length; row++) {
            if (!column.isNull(row)) {
                order[count++] = row;
            }
        }
        IntSort.sort(order, 0, count, column::compare);
        long[] ranks = new long[column.size()];
        long rank = 0;
        for (int i = 1; i < count; i++) {
            rank += column.compare(order[i - 1], order[i]) == 0 ? 0 : 1;
            ranks[order[i]] = rank;
        }
        return ranks;
    }

    /** Whether {@link #leading} tells all values of a type apart. */
    static boolean isExact(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    INTERVAL_MONTH,
                    INTERVAL_DAY -> true;
            case DECIMAL -> ((DataType.Decimal) type).isLong();
            case UUID, VARCHAR, VARBINARY, ARRAY, MAP, ROW, NULL -> false;
        };
    }

    /**
     * Numbers that are never in the opposite order of the values, of the first {@code count} positions; what stands for
     * NULLs is undefined.
     */
    static void leading(Vector vector, int[] positions, int count, long[] words) {
        if (vector instanceof ConstantVector wrapper) {
            if (!wrapper.isNullConstant() && count > 0) {
                leading(wrapper.single(), new int[1], 1, words);
                Arrays.fill(words, 0, count, words[0]);
            }
        } else if (vector instanceof DictionaryVector wrapper) {
            if (wrapper.dictionary().size() > 0) {
                int[] through = new int[count];
                for (int i = 0; i < count; i++) {
                    through[i] = wrapper.isNull(positions[i]) ? 0 : wrapper.ids()[positions[i]];
                }
                leading(wrapper.dictionary(), through, count, words);
            }
        } else if (vector instanceof LongVector longs) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                words[i] = values[positions[i]];
            }
        } else if (vector instanceof IntVector ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                words[i] = values[positions[i]];
            }
        } else if (vector instanceof DoubleVector doubles) {
            double[] values = doubles.values();
            for (int i = 0; i < count; i++) {
                words[i] = ofDouble(values[positions[i]]);
            }
        } else {
            leadingOfOthers(vector, positions, count, words);
        }
    }

    private static void leadingOfOthers(Vector vector, int[] positions, int count, long[] words) {
        if (vector instanceof BytesVector bytes) {
            int[] offsets = bytes.offsets();
            for (int i = 0; i < count; i++) {
                words[i] = Prefixes.of(bytes.data(), offsets[positions[i]], offsets[positions[i] + 1]);
            }
        } else if (vector instanceof FloatVector floats) {
            for (int i = 0; i < count; i++) {
                words[i] = ofDouble(floats.values()[positions[i]]);
            }
        } else if (vector instanceof BooleanVector booleans) {
            for (int i = 0; i < count; i++) {
                words[i] = booleans.values()[positions[i]] ? 1 : 0;
            }
        } else if (vector instanceof Int128Vector wide) {
            long unsigned = vector.type().kind() == DataType.Kind.UUID ? Long.MIN_VALUE : 0;
            for (int i = 0; i < count; i++) {
                words[i] = wide.high()[positions[i]] ^ unsigned;
            }
        } else {
            Arrays.fill(words, 0, count, 0);
        }
    }

    private static long ofDouble(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
