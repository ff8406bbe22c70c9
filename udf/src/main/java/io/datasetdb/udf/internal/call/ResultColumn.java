// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Utf8;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the results of a row method at ascending positions of a batch; positions left out are undefined. */
abstract class ResultColumn {
    final DataType type;
    final int rowCount;
    private long @Nullable [] validity;

    ResultColumn(DataType type, int rowCount) {
        this.type = type;
        this.rowCount = rowCount;
    }

    /** A column for results of {@code carrier}, a Java type that {@link Carrier} allows for {@code type}. */
    static ResultColumn of(DataType type, Carrier carrier, int rowCount) {
        return switch (carrier) {
            case BOOLEAN -> new Booleans(type, rowCount);
            case BYTE, SHORT, INT -> new Ints(type, rowCount);
            case LONG -> new Longs(type, rowCount);
            case FLOAT -> new Floats(type, rowCount);
            case DOUBLE -> new Doubles(type, rowCount);
            case STRING, BYTES -> new Bytes(type, rowCount);
            case FLOATS, DOUBLES, OBJECT -> new Objects(type, rowCount);
        };
    }

    void setNull(int position) {
        if (validity == null) {
            validity = Validity.allValid(rowCount);
        }
        Validity.setNull(validity, position);
    }

    final long @Nullable [] validity() {
        return validity;
    }

    abstract Vector build();

    static final class Booleans extends ResultColumn {
        private final boolean[] values;

        Booleans(DataType type, int rowCount) {
            super(type, rowCount);
            values = new boolean[rowCount];
        }

        void put(int position, boolean value) {
            values[position] = value;
        }

        @Override
        Vector build() {
            return new BooleanVector(type, rowCount, values, validity());
        }
    }

    static final class Ints extends ResultColumn {
        private final int[] values;

        Ints(DataType type, int rowCount) {
            super(type, rowCount);
            values = new int[rowCount];
        }

        void put(int position, int value) {
            values[position] = value;
        }

        @Override
        Vector build() {
            return new IntVector(type, rowCount, values, validity());
        }
    }

    static final class Longs extends ResultColumn {
        private final long[] values;

        Longs(DataType type, int rowCount) {
            super(type, rowCount);
            values = new long[rowCount];
        }

        void put(int position, long value) {
            values[position] = value;
        }

        @Override
        Vector build() {
            return new LongVector(type, rowCount, values, validity());
        }
    }

    static final class Floats extends ResultColumn {
        private final float[] values;

        Floats(DataType type, int rowCount) {
            super(type, rowCount);
            values = new float[rowCount];
        }

        void put(int position, float value) {
            values[position] = value;
        }

        @Override
        Vector build() {
            return new FloatVector(type, rowCount, values, validity());
        }
    }

    static final class Doubles extends ResultColumn {
        private final double[] values;

        Doubles(DataType type, int rowCount) {
            super(type, rowCount);
            values = new double[rowCount];
        }

        void put(int position, double value) {
            values[position] = value;
        }

        @Override
        Vector build() {
            return new DoubleVector(type, rowCount, values, validity());
        }
    }

    static final class Bytes extends ResultColumn {
        private final int[] offsets;
        private byte[] data = new byte[1024];
        private int next;

        Bytes(DataType type, int rowCount) {
            super(type, rowCount);
            offsets = new int[rowCount + 1];
        }

        void put(int position, @Nullable String value) {
            if (value == null) {
                setNull(position);
            } else {
                put(position, Utf8.bytes(value));
            }
        }

        void put(int position, byte @Nullable [] value) {
            if (value == null) {
                setNull(position);
                return;
            }
            int start = advance(position);
            int end = Math.addExact(start, value.length);
            if (end > data.length) {
                data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, data.length * 2L)));
            }
            System.arraycopy(value, 0, data, start, value.length);
            offsets[position + 1] = end;
            next = position + 1;
        }

        /** Gives the positions between the last one written and this one empty ranges. */
        private int advance(int position) {
            int end = offsets[next];
            for (int i = next; i < position; i++) {
                offsets[i + 1] = end;
            }
            next = position;
            return end;
        }

        @Override
        Vector build() {
            advance(rowCount);
            return new BytesVector(type, rowCount, data, offsets, validity());
        }
    }

    static final class Objects extends ResultColumn {
        private final VectorBuilder builder;

        Objects(DataType type, int rowCount) {
            super(type, rowCount);
            builder = VectorBuilder.of(type, rowCount);
        }

        void put(int position, @Nullable Object value) {
            while (builder.size() < position) {
                builder.appendNull();
            }
            builder.append(fit(value));
        }

        private @Nullable Object fit(@Nullable Object value) {
            if (value instanceof float[] floats) {
                List<Object> list = new ArrayList<>(floats.length);
                for (float element : floats) {
                    list.add(element);
                }
                return list;
            }
            if (value instanceof double[] doubles) {
                List<Object> list = new ArrayList<>(doubles.length);
                for (double element : doubles) {
                    list.add(element);
                }
                return list;
            }
            if (value instanceof BigDecimal number && type instanceof DataType.Decimal decimal) {
                BigDecimal rounded = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
                if (rounded.precision() > decimal.precision()) {
                    throw new ArithmeticException(number + " does not fit " + decimal.sql());
                }
                return rounded;
            }
            return value;
        }

        @Override
        void setNull(int position) {
            put(position, null);
        }

        @Override
        Vector build() {
            while (builder.size() < rowCount) {
                builder.appendNull();
            }
            return builder.build();
        }
    }
}
