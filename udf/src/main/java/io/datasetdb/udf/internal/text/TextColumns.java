// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The columns behind {@link TextColumn} that are neither numbers nor times. */
final class TextColumns {
    private TextColumns() {}

    static final class Booleans extends TextColumn {
        private final boolean cast;
        private boolean[] values = new boolean[0];

        Booleans(DataType type, Trust trust) {
            super(type);
            cast = trust == Trust.DECLARED;
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
        }

        @Override
        boolean parse(int index, byte[] data, int start, int end) {
            int from = skipSpaces(data, start, end);
            int to = dropSpaces(data, from, end);
            int value = cast ? BooleanText.parseCast(data, from, to) : BooleanText.parse(data, from, to);
            values[index] = value == 1;
            return value != BooleanText.NEITHER;
        }

        @Override
        boolean put(int index, boolean value) {
            values[index] = value;
            return true;
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            BooleanVector result = new BooleanVector(type, count, values, bits);
            values = new boolean[count];
            return result;
        }
    }

    /** Texts must be UTF-8. */
    static final class Texts extends TextColumn {
        private final boolean binary;
        private byte[] data = new byte[1024];
        private int[] offsets = new int[65];

        Texts(DataType type) {
            super(type);
            binary = type.kind() == DataType.Kind.VARBINARY;
        }

        @Override
        void ensure(int capacity) {
            if (capacity >= offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(offsets.length));
            }
        }

        @Override
        boolean parse(int index, byte[] source, int from, int to) {
            if (!binary && !Utf8.isValid(source, from, to)) {
                return false;
            }
            int start = offsets[index];
            int end = Math.addExact(start, to - from);
            if (end > data.length) {
                data = Arrays.copyOf(data, Math.max(end, grown(data.length)));
            }
            System.arraycopy(source, from, data, start, to - from);
            offsets[index + 1] = end;
            return true;
        }

        @Override
        void putNull(int index) {
            offsets[index + 1] = offsets[index];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            int used = offsets[count];
            BytesVector result = new BytesVector(type, count, data, offsets, bits);
            data = new byte[Math.max(1024, used + used / 8)];
            offsets = new int[Math.max(count, 64) + 1];
            return result;
        }
    }

    static final class Uuids extends TextColumn {
        private static final int LENGTH = 36;

        private VectorBuilder builder;

        Uuids(DataType type) {
            super(type);
            builder = VectorBuilder.of(type, 64);
        }

        static boolean isUuid(byte[] data, int from, int to) {
            if (to - from != LENGTH) {
                return false;
            }
            for (int i = 0; i < LENGTH; i++) {
                byte c = data[from + i];
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                if (dash ? c != '-' : Character.digit(c, 16) < 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        void ensure(int capacity) {}

        @Override
        boolean parse(int index, byte[] data, int start, int end) {
            int from = skipSpaces(data, start, end);
            int to = dropSpaces(data, from, end);
            if (!isUuid(data, from, to)) {
                return false;
            }
            builder.append(java.util.UUID.fromString(new String(data, from, LENGTH, StandardCharsets.US_ASCII)));
            return true;
        }

        @Override
        void putNull(int index) {
            builder.appendNull();
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            Vector result = builder.build();
            builder = VectorBuilder.of(type, 64);
            return result;
        }
    }
}
