// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.internal.JsonText;
import io.datasetdb.jdbc.internal.ValueText;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches as the rows that stock Avatica clients read: DATE as days, TIME and TIMESTAMP as milliseconds, UUID and intervals
 * as text, MAP (and in JSON, ROW) as JSON text. Stock clients hand out the attributes of a STRUCT as they come, so that
 * date-times in there are text.
 */
final class RowEncoder {
    private static final BigDecimal INFINITY = new BigDecimal("1E+999");

    private final WireForm form;

    RowEncoder(WireForm form) {
        this.form = form;
    }

    /** The selected rows, each an {@code Object[]}. */
    List<Object> rows(Batch batch) {
        Selection selection = batch.selection();
        @Nullable
        Object[][] rows = new @Nullable Object[selection.size()][batch.columns().size()];
        for (int column = 0; column < batch.columns().size(); column++) {
            Vector vector = batch.column(column);
            DataType type = vector.type();
            for (int i = 0; i < rows.length; i++) {
                Object value = vector.getObject(selection.position(i));
                if (value != null) {
                    rows[i][column] = encode(type, value);
                }
            }
        }
        return new ArrayList<>(Arrays.asList((Object[]) rows));
    }

    /** A value of one of our types, given as the Java type that {@link DataType} lists. */
    Object encode(DataType type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR, VARBINARY, NULL -> value;
            case REAL, DOUBLE -> real((Number) value);
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case TIME -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
            case TIMESTAMP -> ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli();
            case TIMESTAMP_LTZ -> ((Instant) value).toEpochMilli();
            case UUID, INTERVAL_MONTH, INTERVAL_DAY -> ValueText.of(type, value);
            case ARRAY -> elements(((DataType.Array) type).element(), (List<?>) value);
            case MAP -> JsonText.of(type, value);
            case ROW ->
                form == WireForm.JSON ? JsonText.of(type, value) : attributes((DataType.Row) type, (List<?>) value);
        };
    }

    /** JSON has no infinity, but a number beyond every double that clients read as one. It has nothing for NaN. */
    private Object real(Number value) {
        if (form == WireForm.JSON && Double.isInfinite(value.doubleValue())) {
            return value.doubleValue() > 0 ? INFINITY : INFINITY.negate();
        }
        return value;
    }

    private List<@Nullable Object> elements(DataType element, List<?> values) {
        List<@Nullable Object> result = new ArrayList<>(values.size());
        for (Object value : values) {
            result.add(value == null ? null : encode(element, value));
        }
        return result;
    }

    private List<@Nullable Object> attributes(DataType.Row type, List<?> values) {
        List<@Nullable Object> result = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            DataType attribute = type.fields().get(i).type();
            result.add(
                    value == null
                            ? null
                            : switch (attribute.kind()) {
                                case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> ValueText.of(attribute, value);
                                case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, VARCHAR ->
                                    value;
                                case VARBINARY, UUID, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, ROW, NULL ->
                                    encode(attribute, value);
                            });
        }
        return result;
    }
}
