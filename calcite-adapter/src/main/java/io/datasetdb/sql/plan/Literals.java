// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Calcite's literals as the Java values that {@link DataType} lists. */
final class Literals {
    private Literals() {}

    /** The value of a literal that is planned to have this type; {@code null} for NULL. */
    static @Nullable Object value(RexLiteral literal, DataType type) {
        if (literal.isNull()) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> literal.getValueAs(Boolean.class);
            case TINYINT -> number(literal).byteValue();
            case SMALLINT -> number(literal).shortValue();
            case INTEGER -> number(literal).intValue();
            case BIGINT -> number(literal).longValue();
            case REAL -> literal.getValueAs(Float.class);
            case DOUBLE -> literal.getValueAs(Double.class);
            case DECIMAL -> number(literal).setScale(((DataType.Decimal) type).scale());
            case VARCHAR -> literal.getValueAs(String.class);
            case VARBINARY -> bytes(literal);
            case DATE -> date(literal);
            case TIME -> time(literal);
            case TIMESTAMP -> timestamp(literal);
            case TIMESTAMP_LTZ -> timestamp(literal).toInstant(ZoneOffset.UTC);
            case UUID -> literal.getValueAs(UUID.class);
            case INTERVAL_MONTH -> Period.ofMonths(number(literal).intValueExact());
            case INTERVAL_DAY -> Duration.of(number(literal).movePointRight(3).longValueExact(), ChronoUnit.MICROS);
            case ARRAY, MAP, ROW -> nested(literal, type);
            case NULL -> null;
        };
    }

    /** As {@link #value}, but {@code null} as well where the type cannot hold exactly this value. */
    static @Nullable Object exactValue(RexLiteral literal, DataType type) {
        try {
            Object value = value(literal, type);
            if (value == null || literal.getType().getSqlTypeName() == SqlTypeName.NULL) {
                return null;
            }
            return isExact(literal, type, value) ? value : null;
        } catch (ArithmeticException | ClassCastException | AssertionError e) {
            return null;
        }
    }

    private static boolean isExact(RexLiteral literal, DataType type, Object value) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                number(literal).compareTo(BigDecimal.valueOf(((Number) value).longValue())) == 0;
            case REAL, DOUBLE ->
                isNumeric(literal)
                        && Double.isFinite(((Number) value).doubleValue())
                        && number(literal).compareTo(new BigDecimal(((Number) value).doubleValue())) == 0;
            case DATE -> literal.getType().getSqlTypeName() == SqlTypeName.DATE;
            case TIMESTAMP -> literal.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP;
            case TIMESTAMP_LTZ -> literal.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
            case BOOLEAN, DECIMAL, VARCHAR, VARBINARY, TIME, UUID -> true;
            case INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, ROW, NULL -> false;
        };
    }

    private static boolean isNumeric(RexLiteral literal) {
        return literal.getValue() instanceof BigDecimal;
    }

    private static BigDecimal number(RexLiteral literal) {
        return java.util.Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    }

    private static byte[] bytes(RexLiteral literal) {
        return java.util.Objects.requireNonNull(literal.getValueAs(ByteString.class))
                .getBytes();
    }

    private static LocalDate date(RexLiteral literal) {
        DateString text = java.util.Objects.requireNonNull(literal.getValueAs(DateString.class));
        return LocalDate.ofEpochDay(text.getDaysSinceEpoch());
    }

    private static LocalTime time(RexLiteral literal) {
        return LocalTime.parse(java.util.Objects.requireNonNull(literal.getValueAs(TimeString.class))
                .toString());
    }

    private static LocalDateTime timestamp(RexLiteral literal) {
        TimestampString text = java.util.Objects.requireNonNull(literal.getValueAs(TimestampString.class));
        long millis = text.getMillisSinceEpoch();
        LocalDateTime seconds =
                LocalDateTime.ofInstant(Instant.ofEpochSecond(Math.floorDiv(millis, 1_000L)), ZoneOffset.UTC);
        String fraction = text.toString().substring(Math.min(19, text.toString().length()));
        if (fraction.startsWith(".")) {
            String nanos = (fraction.substring(1) + "000000000").substring(0, 9);
            return seconds.withNano(Integer.parseInt(nanos));
        }
        return seconds;
    }

    private static List<@Nullable Object> nested(RexLiteral literal, DataType type) {
        List<?> items = java.util.Objects.requireNonNull(literal.getValueAs(List.class));
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            DataType itemType =
                    type instanceof DataType.Row row ? row.fields().get(i).type() : ((DataType.Array) type).element();
            result.add(value((RexLiteral) items.get(i), itemType));
        }
        return result;
    }
}
