// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.record.Encoder;
import io.datasetdb.internal.record.Encoders;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values for the {@code ?} of a statement, as the types that the statement wants. */
final class Arguments {
    private Arguments() {}

    static List<@Nullable Object> of(List<Field> parameters, List<@Nullable Object> values) {
        if (parameters.size() != values.size()) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot run the statement: it has " + parameters.size() + " parameters and got " + values.size()
                            + " values");
        }
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            try {
                result.add(
                        value == null ? null : convert(value, parameters.get(i).type()));
            } catch (ArithmeticException | ClassCastException | NumberFormatException e) {
                throw new DatasetDbException(
                        ProgramError.BAD_ARGUMENT,
                        "Cannot set parameter " + (i + 1) + ": the value is no "
                                + parameters.get(i).type() + " (" + value + ")",
                        e);
            }
        }
        return result;
    }

    private static @Nullable Object convert(Object value, DataType type) {
        if (value instanceof Number number) {
            return number(number, type);
        }
        if (type instanceof DataType.Array array) {
            List<@Nullable Object> result = new ArrayList<>();
            for (Object element : elements(value)) {
                result.add(element == null ? null : convert(element, array.element()));
            }
            return result;
        }
        if (type.kind() == DataType.Kind.TIMESTAMP || type.kind() == DataType.Kind.TIMESTAMP_LTZ) {
            return dateTime(value, type.kind());
        }
        if (value instanceof Character character && type.kind() == DataType.Kind.VARCHAR) {
            return character.toString();
        }
        Encoder encoder = Encoders.of(
                value.getClass(), "a value of type " + value.getClass().getSimpleName());
        if (encoder.type().kind() != type.kind()) {
            throw new ClassCastException(encoder.type().sql());
        }
        return encoder.encode(value);
    }

    private static Collection<?> elements(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        return (Collection<?>) java.util.Objects.requireNonNull(
                Encoders.of(value.getClass(), "an array").encode(value));
    }

    /** A date or date-time of any kind; what has no zone is in UTC. */
    private static Object dateTime(Object value, DataType.Kind kind) {
        LocalDateTime utc;
        if (value instanceof LocalDate date) {
            utc = date.atStartOfDay();
        } else if (value instanceof LocalDateTime local) {
            utc = local;
        } else if (value instanceof OffsetDateTime offset) {
            utc = LocalDateTime.ofInstant(offset.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof ZonedDateTime zoned) {
            utc = LocalDateTime.ofInstant(zoned.toInstant(), ZoneOffset.UTC);
        } else {
            utc = LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
        }
        LocalDateTime kept = utc.truncatedTo(ChronoUnit.MICROS);
        return kind == DataType.Kind.TIMESTAMP ? kept : kept.toInstant(ZoneOffset.UTC);
    }

    /** The number as the type wants it; as it is if it does not fit, and the statement computes with that. */
    private static Object number(Number value, DataType type) {
        try {
            return exactly(value, type);
        } catch (ArithmeticException | NumberFormatException e) {
            return value;
        }
    }

    private static Object exactly(Number value, DataType type) {
        if (type.kind() == DataType.Kind.DOUBLE) {
            return value.doubleValue();
        }
        if (type.kind() == DataType.Kind.REAL) {
            return value.floatValue();
        }
        BigDecimal exact = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        return switch (type.kind()) {
            case TINYINT -> exact.byteValueExact();
            case SMALLINT -> exact.shortValueExact();
            case INTEGER -> exact.intValueExact();
            case BIGINT -> exact.longValueExact();
            case DECIMAL -> exact.setScale(((DataType.Decimal) type).scale());
            case REAL,
                    DOUBLE,
                    BOOLEAN,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new ClassCastException(type.sql());
        };
    }
}
