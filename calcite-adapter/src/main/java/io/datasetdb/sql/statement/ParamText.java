// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of parameters as provenance keeps them, and back. */
final class ParamText {
    /** Numbers of as many digits fit a BIGINT. */
    private static final int MAX_LONG_DIGITS = 18;

    private ParamText() {}

    /** Bytes are hexadecimal, everything else is as Java writes it. */
    static @Nullable String of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    /** As {@link #of(Object)}; a DECIMAL with all digits of its scale, which a DOUBLE seldom has. */
    static @Nullable String of(@Nullable Object value, DataType type) {
        return value instanceof BigDecimal exact && type instanceof DataType.Decimal decimal
                ? of(exact.setScale(Math.max(exact.scale(), decimal.scale())))
                : of(value);
    }

    /** The value of which this is the text. */
    static @Nullable Object value(Field parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        DataType.Kind kind = parameter.type().kind();
        return switch (kind) {
            case BOOLEAN -> Boolean.valueOf(text);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> number(text);
            case REAL -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> decimal(text, parameter.type());
            case VARCHAR -> text;
            case VARBINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case TIMESTAMP_LTZ -> Instant.parse(text);
            case UUID -> UUID.fromString(text);
            case INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, ROW, NULL ->
                throw new DatasetDbException(
                        SqlError.UNSUPPORTED,
                        "Cannot bind parameter " + parameter.name() + " again: values of its type are not recorded ("
                                + parameter.type() + ")");
        };
    }

    private static Number decimal(String text, DataType type) {
        Number number = number(text);
        if (number instanceof Double real && !WiderTypes.fits(real, type)) {
            return real;
        }
        return new BigDecimal(text);
    }

    /** One that does not fit its parameter may be any number; as Java writes a DOUBLE it is taken for one. */
    private static Number number(String text) {
        try {
            Double real = Double.valueOf(text);
            if (real.toString().equals(text)) {
                return real;
            }
            BigDecimal exact = new BigDecimal(text);
            boolean isLong = exact.scale() <= 0 && exact.precision() - exact.scale() <= MAX_LONG_DIGITS;
            return isLong ? (Number) exact.longValueExact() : exact;
        } catch (NumberFormatException e) {
            return Double.valueOf(text);
        }
    }
}
