// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** From the physical values of a leaf to those of its type. */
record LeafConversion(DataType rawType, Step step) {
    /** Converts a value vector of the raw type; slots of NULLs may hold anything. */
    interface Step {
        Vector apply(Vector raw);
    }

    Vector apply(Vector raw) {
        return step.apply(raw);
    }

    static LeafConversion of(ColumnNode.Leaf leaf) {
        DataType type = leaf.type();
        PrimitiveType stored = leaf.stored();
        return switch (stored.getPrimitiveTypeName()) {
            case BOOLEAN, FLOAT, DOUBLE -> identity(type);
            case INT32 -> ofInt(type, stored);
            case INT64 -> ofLong(type, stored);
            case INT96 -> new LeafConversion(DataType.VARBINARY, raw -> BytesConversions.int96((BytesVector) raw));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(type, stored);
        };
    }

    private static LeafConversion identity(DataType type) {
        return new LeafConversion(type, raw -> raw);
    }

    private static LeafConversion ofInt(DataType type, PrimitiveType stored) {
        return switch (type.kind()) {
            case TINYINT -> ints(type, raw -> IntConversions.signed(type, raw, 24));
            case SMALLINT -> ints(type, raw -> IntConversions.signed(type, raw, 16));
            case INTEGER -> {
                int width = unsignedWidth(stored);
                yield width == 0 ? identity(type) : ints(type, raw -> IntConversions.unsigned(type, raw, width));
            }
            case BIGINT -> ints(DataType.INTEGER, raw -> IntConversions.unsignedLong(type, raw));
            case DECIMAL -> ints(DataType.INTEGER, raw -> IntConversions.toLong(type, raw, 1));
            case TIME ->
                ints(DataType.INTEGER, raw -> IntConversions.timeOfDay(IntConversions.toLong(type, raw, 1000)));
            case BOOLEAN,
                    REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> identity(type);
        };
    }

    private interface IntStep {
        Vector apply(IntVector raw);
    }

    private static LeafConversion ints(DataType rawType, IntStep step) {
        return new LeafConversion(rawType, raw -> step.apply((IntVector) raw));
    }

    /** The width of an annotated unsigned integer, 0 for other types. */
    private static int unsignedWidth(PrimitiveType stored) {
        LogicalTypeAnnotation logical = stored.getLogicalTypeAnnotation();
        return logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned() ? integer.getBitWidth() : 0;
    }

    private static LeafConversion ofLong(DataType type, PrimitiveType stored) {
        LogicalTypeAnnotation logical = stored.getLogicalTypeAnnotation();
        if (unsignedWidth(stored) == Long.SIZE) {
            return longs(DataType.BIGINT, raw -> IntConversions.unsignedDecimal(type, raw));
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return times(type, timestamp.getUnit());
        }
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            LeafConversion inner = times(type, time.getUnit());
            return longs(inner.rawType(), raw -> IntConversions.timeOfDay((LongVector) inner.apply(raw)));
        }
        return identity(type);
    }

    private static LeafConversion times(DataType type, TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> longs(DataType.BIGINT, raw -> IntConversions.times(type, raw, 1000));
            case MICROS -> identity(type);
            case NANOS -> longs(DataType.BIGINT, raw -> IntConversions.floorDivided(type, raw, 1000));
        };
    }

    private interface LongStep {
        Vector apply(LongVector raw);
    }

    private static LeafConversion longs(DataType rawType, LongStep step) {
        return new LeafConversion(rawType, raw -> step.apply((LongVector) raw));
    }

    private interface BytesStep {
        Vector apply(BytesVector raw);
    }

    private static LeafConversion bytes(BytesStep step) {
        return new LeafConversion(DataType.VARBINARY, raw -> step.apply((BytesVector) raw));
    }

    private static LeafConversion ofBytes(DataType type, PrimitiveType stored) {
        if (stored.getLogicalTypeAnnotation() instanceof IntervalLogicalTypeAnnotation) {
            return bytes(BytesConversions::interval);
        }
        return switch (type.kind()) {
            case DECIMAL -> {
                DataType.Decimal decimal = (DataType.Decimal) type;
                yield decimal.isLong()
                        ? bytes(raw -> BytesConversions.shortDecimal(decimal, raw))
                        : bytes(raw -> BytesConversions.longDecimal(decimal, raw));
            }
            case UUID -> bytes(BytesConversions::uuid);
            case REAL -> bytes(BytesConversions::float16);
            case DOUBLE -> bytes(raw -> BytesConversions.hugeDecimal(raw, stored));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> identity(type);
        };
    }
}
