// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of fixed width, one class per in-memory form. */
final class FixedColumns {
    private FixedColumns() {}

    static final class Booleans extends FixedColumn {
        private boolean[] values = {};

        Booleans(DataType type) {
            super(type);
        }

        @Override
        void grow(int newCapacity) {
            values = Arrays.copyOf(values, newCapacity);
        }

        @Override
        List<Object> arrays() {
            return List.of(values);
        }

        @Override
        void copy(Vector source, int[] positions, int count, int at) {
            boolean[] from = ((BooleanVector) source).values();
            boolean[] to = values;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (position >= 0) {
                    to[at + i] = from[position];
                }
            }
        }

        @Override
        Vector view(int count, long @Nullable [] bits) {
            return new BooleanVector(type(), count, values, bits);
        }
    }

    static final class Ints extends FixedColumn {
        private int[] values = {};

        Ints(DataType type) {
            super(type);
        }

        @Override
        void grow(int newCapacity) {
            values = Arrays.copyOf(values, newCapacity);
        }

        @Override
        List<Object> arrays() {
            return List.of(values);
        }

        @Override
        void copy(Vector source, int[] positions, int count, int at) {
            int[] from = ((IntVector) source).values();
            int[] to = values;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (position >= 0) {
                    to[at + i] = from[position];
                }
            }
        }

        @Override
        Vector view(int count, long @Nullable [] bits) {
            return new IntVector(type(), count, values, bits);
        }
    }

    static final class Longs extends FixedColumn {
        private long[] values = {};

        Longs(DataType type) {
            super(type);
        }

        @Override
        void grow(int newCapacity) {
            values = Arrays.copyOf(values, newCapacity);
        }

        @Override
        List<Object> arrays() {
            return List.of(values);
        }

        @Override
        void copy(Vector source, int[] positions, int count, int at) {
            long[] from = ((LongVector) source).values();
            long[] to = values;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (position >= 0) {
                    to[at + i] = from[position];
                }
            }
        }

        @Override
        Vector view(int count, long @Nullable [] bits) {
            return new LongVector(type(), count, values, bits);
        }
    }

    static final class Floats extends FixedColumn {
        private float[] values = {};

        Floats(DataType type) {
            super(type);
        }

        @Override
        void grow(int newCapacity) {
            values = Arrays.copyOf(values, newCapacity);
        }

        @Override
        List<Object> arrays() {
            return List.of(values);
        }

        @Override
        void copy(Vector source, int[] positions, int count, int at) {
            float[] from = ((FloatVector) source).values();
            float[] to = values;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (position >= 0) {
                    to[at + i] = from[position];
                }
            }
        }

        @Override
        Vector view(int count, long @Nullable [] bits) {
            return new FloatVector(type(), count, values, bits);
        }
    }

    static final class Doubles extends FixedColumn {
        private double[] values = {};

        Doubles(DataType type) {
            super(type);
        }

        @Override
        void grow(int newCapacity) {
            values = Arrays.copyOf(values, newCapacity);
        }

        @Override
        List<Object> arrays() {
            return List.of(values);
        }

        @Override
        void copy(Vector source, int[] positions, int count, int at) {
            double[] from = ((DoubleVector) source).values();
            double[] to = values;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (position >= 0) {
                    to[at + i] = from[position];
                }
            }
        }

        @Override
        Vector view(int count, long @Nullable [] bits) {
            return new DoubleVector(type(), count, values, bits);
        }
    }

    static final class Int128s extends FixedColumn {
        private long[] high = {};
        private long[] low = {};

        Int128s(DataType type) {
            super(type);
        }

        @Override
        void grow(int newCapacity) {
            high = Arrays.copyOf(high, newCapacity);
            low = Arrays.copyOf(low, newCapacity);
        }

        @Override
        List<Object> arrays() {
            return List.of(high, low);
        }

        @Override
        void copy(Vector source, int[] positions, int count, int at) {
            Int128Vector from = (Int128Vector) source;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (position >= 0) {
                    high[at + i] = from.high()[position];
                    low[at + i] = from.low()[position];
                }
            }
        }

        @Override
        Vector view(int count, long @Nullable [] bits) {
            return new Int128Vector(type(), count, high, low, bits);
        }
    }
}
