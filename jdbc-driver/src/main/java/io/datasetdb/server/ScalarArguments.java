// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Scalar parameter values, converted to the type of their parameter. What does not fit throws ArithmeticException, what makes
 * no sense any other RuntimeException.
 */
final class ScalarArguments {
    /** No type has more before the point. */
    private static final int MAX_DIGITS = 38;

    /** More digits behind the point than anyone means. */
    private static final int MAX_SCALE = 10_000;

    private ScalarArguments() {}

    /** The value as the Java type that {@link DataType} lists. */
    static Object convert(Object value, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> bool(value);
            case TINYINT -> integer(value).byteValueExact();
            case SMALLINT -> integer(value).shortValueExact();
            case INTEGER -> integer(value).intValueExact();
            case BIGINT -> integer(value).longValueExact();
            case REAL -> real(value).floatValue();
            case DOUBLE -> real(value);
            case DECIMAL -> decimal(value, (DataType.Decimal) type);
            case VARCHAR -> text(value);
            case VARBINARY -> value instanceof byte[] bytes ? bytes : hex((String) value);
            case DATE ->
                value instanceof LocalTime ? wrong(value) : local(value).toLocalDate();
            case TIME ->
                value instanceof LocalTime time
                        ? time
                        : value instanceof String text && text.indexOf('-') < 0
                                ? LocalTime.parse(text.trim())
                                : local(value).toLocalTime();
            case TIMESTAMP -> local(value).truncatedTo(ChronoUnit.MICROS);
            case TIMESTAMP_LTZ -> local(value).truncatedTo(ChronoUnit.MICROS).toInstant(ZoneOffset.UTC);
            case UUID -> UUID.fromString(((String) value).trim());
            case INTERVAL_MONTH -> Period.parse((String) value);
            case INTERVAL_DAY -> Duration.parse((String) value);
            case NULL -> value;
            case ARRAY, MAP, ROW -> wrong(value);
        };
    }

    private static <T> T wrong(Object value) {
        throw new IllegalArgumentException(value.toString());
    }

    private static boolean bool(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return switch (((String) value).trim().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "t", "1", "yes" -> true;
            case "false", "f", "0", "no" -> false;
            default -> wrong(value);
        };
    }

    /** Fractions do not fit: rounded, {@code x = ?} would find what the value is not equal to. */
    private static BigInteger integerOf(BigDecimal value) {
        return bounded(value).setScale(0, RoundingMode.UNNECESSARY).unscaledValue();
    }

    /** A few characters may be a number of a billion digits, which is never written out. */
    private static BigDecimal bounded(BigDecimal value) {
        if (value.scale() > MAX_SCALE || (long) value.precision() - value.scale() > MAX_DIGITS && value.signum() != 0) {
            throw new ArithmeticException("too many digits");
        }
        return value.signum() == 0 ? BigDecimal.ZERO : value;
    }

    private static BigDecimal number(Object value) {
        if ((value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue())) {
            throw new ArithmeticException("not finite");
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Number || value instanceof String) {
            return new BigDecimal(value.toString().trim());
        }
        return wrong(value);
    }

    private static BigInteger integer(Object value) {
        return value instanceof Long || value instanceof Integer
                ? BigInteger.valueOf(((Number) value).longValue())
                : integerOf(number(value));
    }

    private static Double real(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof String text
                ? Double.valueOf(text.trim())
                : number(value).doubleValue();
    }

    private static BigDecimal decimal(Object value, DataType.Decimal type) {
        // Text has no type of its own and is rounded as a literal is; a number stays what it is.
        RoundingMode rounding = value instanceof String ? RoundingMode.HALF_UP : RoundingMode.UNNECESSARY;
        BigDecimal result = bounded(number(value)).setScale(type.scale(), rounding);
        if (result.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return result;
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) > MAX_SCALE ? decimal.toString() : decimal.toPlainString();
        }
        if (value instanceof byte[]) {
            return wrong(value);
        }
        return value instanceof LocalDateTime ? value.toString().replace('T', ' ') : value.toString();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.startsWith("\\x") ? text.substring(2) : text);
    }

    /** A date-time of any kind; instants and offsets are taken to UTC. */
    private static LocalDateTime local(Object value) {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        String text = ((String) value).trim();
        if (text.length() > 10 && text.charAt(10) == ' ') {
            text = text.substring(0, 10) + 'T' + text.substring(11).trim();
        }
        int t = text.indexOf('T');
        if (t < 0) {
            return LocalDate.parse(text).atStartOfDay();
        }
        if (text.endsWith("Z")) {
            return LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC);
        }
        return text.indexOf('+', t) > 0 || text.indexOf('-', t) > 0
                ? OffsetDateTime.parse(text).atZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : LocalDateTime.parse(text);
    }
}
