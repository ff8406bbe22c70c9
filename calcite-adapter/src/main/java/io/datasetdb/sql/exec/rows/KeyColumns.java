// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.BooleanVector;
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
import org.jspecify.annotations.Nullable;

/** Key columns of fixed width. */
final class KeyColumns {
    private KeyColumns() {}

    /** A key column that deals with wrappers, so that its subclasses see value vectors only. */
    abstract static class Fixed extends KeyColumn {
        Fixed(DataType type) {
            super(type);
        }

        @Override
        final void encode(Vector vector, int[] positions, int count, long[][] words, boolean insert) {
            if (vector instanceof ConstantVector wrapper) {
                if (!wrapper.isNullConstant() && count > 0) {
                    encodeFlat(wrapper.single(), new int[1], 1, words);
                    for (long[] word : words) {
                        Arrays.fill(word, 0, count, word[0]);
                    }
                    return;
                }
            } else if (vector instanceof DictionaryVector wrapper) {
                encodeThrough(wrapper, positions, count, words);
            } else {
                encodeFlat(vector, positions, count, words);
            }
            if (vector.mayHaveNulls()) {
                for (int i = 0; i < count; i++) {
                    if (vector.isNull(positions[i])) {
                        for (long[] word : words) {
                            word[i] = 0;
                        }
                    }
                }
            }
        }

        private void encodeThrough(DictionaryVector vector, int[] positions, int count, long[][] words) {
            if (vector.dictionary().size() == 0) {
                return;
            }
            int[] ids = vector.ids();
            boolean nulls = vector.mayHaveNulls();
            int[] through = new int[count];
            for (int i = 0; i < count; i++) {
                through[i] = nulls && vector.isNull(positions[i]) ? 0 : ids[positions[i]];
            }
            encodeFlat(vector.dictionary(), through, count, words);
        }

        /** What stands at NULL positions is of no interest. */
        abstract void encodeFlat(Vector vector, int[] positions, int count, long[][] words);
    }

    /** BOOLEAN: 0 and 1. */
    static final class Booleans extends Fixed {
        Booleans(DataType type) {
            super(type);
        }

        @Override
        boolean isCoded() {
            return true;
        }

        @Override
        int codes() {
            return 2;
        }

        @Override
        void encodeFlat(Vector vector, int[] positions, int count, long[][] words) {
            boolean[] values = ((BooleanVector) vector).values();
            for (int i = 0; i < count; i++) {
                words[0][i] = values[positions[i]] ? 1 : 0;
            }
        }

        @Override
        Vector decode(long[][] words, int from, int to, long @Nullable [] validity) {
            boolean[] values = new boolean[to - from];
            for (int i = 0; i < values.length; i++) {
                values[i] = words[0][from + i] != 0;
            }
            return new BooleanVector(type, values.length, values, validity);
        }
    }

    /** Everything that is a whole number of at most 64 bits, whatever its width in memory. */
    static final class Longs extends Fixed {
        Longs(DataType type) {
            super(type);
        }

        @Override
        void encodeFlat(Vector vector, int[] positions, int count, long[][] words) {
            long[] result = words[0];
            if (vector instanceof LongVector longs) {
                long[] values = longs.values();
                for (int i = 0; i < count; i++) {
                    result[i] = values[positions[i]];
                }
            } else {
                int[] values = ((IntVector) vector).values();
                for (int i = 0; i < count; i++) {
                    result[i] = values[positions[i]];
                }
            }
        }

        @Override
        Vector decode(long[][] words, int from, int to, long @Nullable [] validity) {
            return switch (type.kind()) {
                case TINYINT, SMALLINT, INTEGER, DATE -> {
                    int[] values = new int[to - from];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (int) words[0][from + i];
                    }
                    yield new IntVector(type, values.length, values, validity);
                }
                case BOOLEAN,
                        BIGINT,
                        REAL,
                        DOUBLE,
                        DECIMAL,
                        VARCHAR,
                        VARBINARY,
                        TIME,
                        TIMESTAMP,
                        TIMESTAMP_LTZ,
                        UUID,
                        INTERVAL_MONTH,
                        INTERVAL_DAY,
                        ARRAY,
                        MAP,
                        ROW,
                        NULL -> new LongVector(type, to - from, Arrays.copyOfRange(words[0], from, to), validity);
            };
        }
    }

    /** REAL and DOUBLE: bits of the DOUBLE, with one NaN and one zero. */
    static final class Doubles extends Fixed {
        Doubles(DataType type) {
            super(type);
        }

        @Override
        void encodeFlat(Vector vector, int[] positions, int count, long[][] words) {
            long[] result = words[0];
            if (vector instanceof DoubleVector doubles) {
                double[] values = doubles.values();
                for (int i = 0; i < count; i++) {
                    result[i] = Double.doubleToLongBits(values[positions[i]] + 0.0);
                }
            } else {
                float[] values = ((FloatVector) vector).values();
                for (int i = 0; i < count; i++) {
                    result[i] = Double.doubleToLongBits(values[positions[i]] + 0.0);
                }
            }
        }

        @Override
        Vector decode(long[][] words, int from, int to, long @Nullable [] validity) {
            int count = to - from;
            if (type.kind() == DataType.Kind.REAL) {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (float) Double.longBitsToDouble(words[0][from + i]);
                }
                return new FloatVector(type, count, values, validity);
            }
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = Double.longBitsToDouble(words[0][from + i]);
            }
            return new DoubleVector(type, count, values, validity);
        }
    }

    /** Two words: high, low. Takes DECIMALs of 64 bits of the same scale, too. */
    static final class Int128s extends Fixed {
        Int128s(DataType type) {
            super(type);
        }

        @Override
        int words() {
            return 2;
        }

        @Override
        void encodeFlat(Vector vector, int[] positions, int count, long[][] words) {
            if (vector instanceof LongVector longs) {
                for (int i = 0; i < count; i++) {
                    long value = longs.values()[positions[i]];
                    words[0][i] = value >> 63;
                    words[1][i] = value;
                }
                return;
            }
            Int128Vector wide = (Int128Vector) vector;
            for (int i = 0; i < count; i++) {
                words[0][i] = wide.high()[positions[i]];
                words[1][i] = wide.low()[positions[i]];
            }
        }

        @Override
        Vector decode(long[][] words, int from, int to, long @Nullable [] validity) {
            return new Int128Vector(
                    type,
                    to - from,
                    Arrays.copyOfRange(words[0], from, to),
                    Arrays.copyOfRange(words[1], from, to),
                    validity);
        }
    }
}
