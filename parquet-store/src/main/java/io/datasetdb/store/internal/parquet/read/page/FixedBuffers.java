// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The buffers of fixed-width values, one per primitive array so that every loop is monomorphic. */
final class FixedBuffers {
    private FixedBuffers() {}

    /** A buffer over one primitive array. */
    abstract static sealed class Fixed extends ValueBuffer permits Booleans, Ints, Longs, Floats, Doubles {
        static int grown(int length, int capacity) {
            return Math.max(capacity, (int) Math.min(Integer.MAX_VALUE - 8L, length * 3L / 2));
        }

        /** 1 for a value, 0 for NULL: a number, since NULLs are too hard to predict for a branch. */
        static int valid(long[] validity, int position) {
            return (int) (validity[position >>> 6] >>> position) & 1;
        }
    }

    /** BOOLEAN. */
    static final class Booleans extends Fixed {
        private boolean[] values = new boolean[0];

        @Override
        void ensure(int capacity) {
            if (values.length < capacity) {
                values = Arrays.copyOf(values, grown(values.length, capacity));
            }
        }

        @Override
        void decode(ValueDecoder decoder, int start, int count) {
            decoder.read(values, start, count);
        }

        @Override
        void lookUp(Vector dictionary, int[] ids, int offset, int start, int count) {
            boolean[] entries = ((BooleanVector) dictionary).values();
            for (int i = 0; i < count; i++) {
                values[start + i] = entries[ids[offset + i]];
            }
        }

        @Override
        void spread(int start, int slots, int present, long[] validity) {
            int from = start + present;
            for (int i = start + slots - 1; i >= start; i--) {
                from -= valid(validity, i);
                values[i] = values[from];
            }
        }

        @Override
        Vector take(DataType type, int size, long @Nullable [] validity) {
            boolean[] taken = values;
            values = new boolean[0];
            return new BooleanVector(type, size, taken, validity);
        }
    }

    /** INT32. */
    static final class Ints extends Fixed {
        private int[] values = new int[0];

        @Override
        void ensure(int capacity) {
            if (values.length < capacity) {
                values = Arrays.copyOf(values, grown(values.length, capacity));
            }
        }

        @Override
        void decode(ValueDecoder decoder, int start, int count) {
            decoder.read(values, start, count);
        }

        @Override
        void lookUp(Vector dictionary, int[] ids, int offset, int start, int count) {
            int[] entries = ((IntVector) dictionary).values();
            for (int i = 0; i < count; i++) {
                values[start + i] = entries[ids[offset + i]];
            }
        }

        @Override
        void spread(int start, int slots, int present, long[] validity) {
            int from = start + present;
            for (int i = start + slots - 1; i >= start; i--) {
                from -= valid(validity, i);
                values[i] = values[from];
            }
        }

        @Override
        Vector take(DataType type, int size, long @Nullable [] validity) {
            int[] taken = values;
            values = new int[0];
            return new IntVector(type, size, taken, validity);
        }
    }

    /** INT64. */
    static final class Longs extends Fixed {
        private long[] values = new long[0];

        @Override
        void ensure(int capacity) {
            if (values.length < capacity) {
                values = Arrays.copyOf(values, grown(values.length, capacity));
            }
        }

        @Override
        void decode(ValueDecoder decoder, int start, int count) {
            decoder.read(values, start, count);
        }

        @Override
        void lookUp(Vector dictionary, int[] ids, int offset, int start, int count) {
            long[] entries = ((LongVector) dictionary).values();
            for (int i = 0; i < count; i++) {
                values[start + i] = entries[ids[offset + i]];
            }
        }

        @Override
        void spread(int start, int slots, int present, long[] validity) {
            int from = start + present;
            for (int i = start + slots - 1; i >= start; i--) {
                from -= valid(validity, i);
                values[i] = values[from];
            }
        }

        @Override
        Vector take(DataType type, int size, long @Nullable [] validity) {
            long[] taken = values;
            values = new long[0];
            return new LongVector(type, size, taken, validity);
        }
    }

    /** FLOAT. */
    static final class Floats extends Fixed {
        private float[] values = new float[0];

        @Override
        void ensure(int capacity) {
            if (values.length < capacity) {
                values = Arrays.copyOf(values, grown(values.length, capacity));
            }
        }

        @Override
        void decode(ValueDecoder decoder, int start, int count) {
            decoder.read(values, start, count);
        }

        @Override
        void lookUp(Vector dictionary, int[] ids, int offset, int start, int count) {
            float[] entries = ((FloatVector) dictionary).values();
            for (int i = 0; i < count; i++) {
                values[start + i] = entries[ids[offset + i]];
            }
        }

        @Override
        void spread(int start, int slots, int present, long[] validity) {
            int from = start + present;
            for (int i = start + slots - 1; i >= start; i--) {
                from -= valid(validity, i);
                values[i] = values[from];
            }
        }

        @Override
        Vector take(DataType type, int size, long @Nullable [] validity) {
            float[] taken = values;
            values = new float[0];
            return new FloatVector(type, size, taken, validity);
        }
    }

    /** DOUBLE. */
    static final class Doubles extends Fixed {
        private double[] values = new double[0];

        @Override
        void ensure(int capacity) {
            if (values.length < capacity) {
                values = Arrays.copyOf(values, grown(values.length, capacity));
            }
        }

        @Override
        void decode(ValueDecoder decoder, int start, int count) {
            decoder.read(values, start, count);
        }

        @Override
        void lookUp(Vector dictionary, int[] ids, int offset, int start, int count) {
            double[] entries = ((DoubleVector) dictionary).values();
            for (int i = 0; i < count; i++) {
                values[start + i] = entries[ids[offset + i]];
            }
        }

        @Override
        void spread(int start, int slots, int present, long[] validity) {
            int from = start + present;
            for (int i = start + slots - 1; i >= start; i--) {
                from -= valid(validity, i);
                values[i] = values[from];
            }
        }

        @Override
        Vector take(DataType type, int size, long @Nullable [] validity) {
            double[] taken = values;
            values = new double[0];
            return new DoubleVector(type, size, taken, validity);
        }
    }
}
