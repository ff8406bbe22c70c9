// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** TINYINT, SMALLINT, INTEGER and DATE values; see {@link DataType} for units. */
public final class IntVector extends Vector {
    private final int[] values;

    public IntVector(DataType type, int size, int[] values, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The values; elements at NULL positions and from {@link #size()} on are undefined. To be read only. */
    public int[] values() {
        return values;
    }

    @Override
    Object value(int position) {
        int value = values[position];
        return switch (type().kind()) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case INTEGER -> value;
            case DATE -> LocalDate.ofEpochDay(value);
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
                    NULL -> throw new IllegalStateException("not an int: " + type());
        };
    }

    @Override
    public IntVector gather(int[] positions, int count) {
        int[] result = new int[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                result[i] = values[position];
            }
        }
        return new IntVector(type(), count, result, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 4L * values.length + validityBytes();
    }
}
