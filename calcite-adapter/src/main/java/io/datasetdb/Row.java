// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row without a class of its own. Values are of the Java types that {@link io.datasetdb.vector.DataType} lists: ARRAY is a
 * List, ROW a List of its fields. Immutable.
 */
public final class Row {
    private final Schema schema;
    private final List<@Nullable Object> values;

    /** A row of one value a column. */
    public Row(Schema schema, List<? extends @Nullable Object> values) {
        this.schema = schema;
        this.values = Collections.unmodifiableList(new ArrayList<@Nullable Object>(values));
    }

    public Schema schema() {
        return schema;
    }

    /** One value a column, {@code null} for NULL. */
    public List<@Nullable Object> values() {
        return values;
    }

    /** The value of a column, {@code null} for NULL. An unknown column is an error. */
    public @Nullable Object get(String column) {
        int ordinal = schema.indexOf(column);
        if (ordinal < 0) {
            List<String> names = schema.fields().stream().map(Field::name).toList();
            throw new DatasetDbException(
                    ProgramError.UNDEFINED_COLUMN,
                    "Cannot read column " + column + ": the row has none of this name ("
                            + NearestName.of(column, names)
                                    .map(name -> "did you mean " + name + "?")
                                    .orElse("it has " + String.join(", ", names))
                            + ")");
        }
        return values.get(ordinal);
    }

    /** The value of a column that is of this type. NULL and other types are errors. */
    public <T> T get(String column, Class<T> type) {
        return find(column, type)
                .orElseThrow(() -> new DatasetDbException(
                        ProgramError.NULL_VALUE, "Cannot read column " + column + ": it is NULL in this row"));
    }

    /** As {@link #get(String, Class)}, empty for NULL. */
    public <T> Optional<T> find(String column, Class<T> type) {
        Object value = get(column);
        if (value != null && !type.isInstance(value)) {
            throw new DatasetDbException(
                    ProgramError.MISMATCH,
                    "Cannot read column " + column + " as " + type.getSimpleName() + ": it holds a "
                            + value.getClass().getSimpleName() + " (" + value + ")");
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    public String getString(String column) {
        return get(column, String.class);
    }

    /** A whole number of any type that fits. */
    public long getLong(String column) {
        Number number = number(column);
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DatasetDbException(
                    ProgramError.MISMATCH,
                    "Cannot read column " + column + " as long: it is no whole number (" + number + ")",
                    e);
        }
    }

    /** A number as the nearest double. */
    public double getDouble(String column) {
        return number(column).doubleValue();
    }

    public boolean getBoolean(String column) {
        return get(column, Boolean.class);
    }

    private Number number(String column) {
        return get(column, Number.class);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && row.schema.equals(schema) && row.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@code {id=1, name=a}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(schema.field(i).name())
                    .append('=')
                    .append(value instanceof byte[] bytes ? bytes.length + " bytes" : value);
        }
        return text.append('}').toString();
    }
}
