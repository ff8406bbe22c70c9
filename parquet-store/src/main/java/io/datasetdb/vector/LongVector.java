// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** BIGINT, short DECIMAL, TIME, TIMESTAMP and interval values; see {@link DataType} for units. */
public final class LongVector extends Vector {
    private final long[] values;

    public LongVector(DataType type, int size, long[] values, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The values; elements at NULL positions and from {@link #size()} on are undefined. To be read only. */
    public long[] values() {
        return values;
    }

    @Override
    Object value(int position) {
        long value = values[position];
        return switch (type().kind()) {
            case BIGINT -> value;
            case DECIMAL -> BigDecimal.valueOf(value, ((DataType.Decimal) type()).scale());
            case TIME -> LocalTime.ofNanoOfDay(value * 1_000);
            case TIMESTAMP ->
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(value, 1_000_000L),
                        (int) Math.floorMod(value, 1_000_000L) * 1_000,
                        ZoneOffset.UTC);
            case TIMESTAMP_LTZ ->
                Instant.ofEpochSecond(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000L);
            case INTERVAL_MONTH -> Period.ofMonths((int) value);
            case INTERVAL_DAY -> Duration.of(value, ChronoUnit.MICROS);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    UUID,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new IllegalStateException("not a long: " + type());
        };
    }

    @Override
    public LongVector gather(int[] positions, int count) {
        long[] result = new long[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                result[i] = values[position];
            }
        }
        return new LongVector(type(), count, result, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 8L * values.length + validityBytes();
    }
}
