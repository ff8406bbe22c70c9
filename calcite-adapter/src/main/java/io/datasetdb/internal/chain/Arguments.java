// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.record.Encoder;
import io.datasetdb.internal.record.Encoders;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
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
            } catch (ArithmeticException | ClassCastException e) {
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

    private static Object number(Number value, DataType type) {
        BigDecimal exact = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        return switch (type.kind()) {
            case TINYINT -> exact.byteValueExact();
            case SMALLINT -> exact.shortValueExact();
            case INTEGER -> exact.intValueExact();
            case BIGINT -> exact.longValueExact();
            case REAL -> value.floatValue();
            case DOUBLE -> value.doubleValue();
            case DECIMAL -> exact.setScale(((DataType.Decimal) type).scale());
            case BOOLEAN,
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
