// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values that arrive at run time as Java objects. Besides the Java type that {@link DataType} lists, a number may come as
 * any {@link Number} that fits without loss, a date as a timestamp at midnight and the other way round, and a UUID as text.
 */
final class BoundValue {
    private BoundValue() {}

    static DatasetDbException missing(String what) {
        return new DatasetDbException(KernelError.INVALID_ARGUMENT, "Cannot run the statement: no value for " + what);
    }

    static Vector constant(String what, @Nullable Object value, DataType type, int rowCount) {
        if (value == null) {
            return ConstantVector.ofNull(type, rowCount);
        }
        try {
            return ConstantVector.of(VectorBuilder.vector(type, convert(value, type)), rowCount);
        } catch (ClassCastException | ArithmeticException | IllegalArgumentException e) {
            throw new DatasetDbException(
                    KernelError.INVALID_CAST,
                    "Cannot use " + what + " as " + type.sql() + ": it is a "
                            + value.getClass().getSimpleName() + " (" + value + ")",
                    e);
        }
    }

    private static Object convert(Object value, DataType type) {
        return switch (type.kind()) {
            case TINYINT -> exact(value).byteValueExact();
            case SMALLINT -> exact(value).shortValueExact();
            case INTEGER ->
                value instanceof Integer ? value : (Object) exact(value).intValueExact();
            case BIGINT -> value instanceof Long ? value : (Object) exact(value).longValueExact();
            case DECIMAL -> decimal(value, (DataType.Decimal) type);
            case REAL -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case DATE -> value instanceof LocalDateTime time ? time.toLocalDate() : (Object) (LocalDate) value;
            case TIMESTAMP ->
                value instanceof LocalDate date
                        ? date.atStartOfDay()
                        : value instanceof Instant instant
                                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                                : (Object) (LocalDateTime) value;
            case TIMESTAMP_LTZ ->
                value instanceof LocalDateTime time
                        ? time.toInstant(ZoneOffset.UTC)
                        : value instanceof LocalDate date
                                ? date.atStartOfDay().toInstant(ZoneOffset.UTC)
                                : (Object) (Instant) value;
            case UUID -> value instanceof String text ? UUID.fromString(text) : (Object) (UUID) value;
            case VARCHAR -> (String) value;
            case BOOLEAN, VARBINARY, TIME, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, ROW, NULL -> value;
        };
    }

    private static BigDecimal exact(Object value) {
        return value instanceof BigDecimal decimal
                ? decimal
                : value instanceof BigInteger whole
                        ? new BigDecimal(whole)
                        : new BigDecimal(((Number) value).toString());
    }

    private static BigDecimal decimal(Object value, DataType.Decimal type) {
        BigDecimal scaled = exact(value).setScale(type.scale(), java.math.RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("out of range");
        }
        return scaled;
    }
}
