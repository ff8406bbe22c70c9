// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as ROW, or as the rows of a table. */
final class RowEncoder extends Encoder {
    private final RecordShape shape;
    private final List<Encoder> encoders;

    private RowEncoder(RecordShape shape, List<Encoder> encoders) {
        this.shape = shape;
        this.encoders = encoders;
    }

    static RowEncoder of(RecordShape shape, String name, Encoders encoders) {
        List<Encoder> found = new ArrayList<>();
        for (RecordComponent component : shape.components()) {
            String where = "component " + component.getName() + " of " + name;
            found.add(encoders.find(component.getGenericType(), component, where));
        }
        return new RowEncoder(shape, found);
    }

    List<Field> fields() {
        List<Field> result = new ArrayList<>();
        for (RecordComponent component : shape.components()) {
            result.add(encoders.get(result.size()).field(component.getName()));
        }
        return result;
    }

    @Override
    public DataType type() {
        return DataType.row(fields());
    }

    @Override
    void observe(@Nullable Object value) {
        if (value != null) {
            for (int i = 0; i < encoders.size(); i++) {
                encoders.get(i).observe(shape.get(value, i));
            }
        }
    }

    @Override
    public @Nullable Object encode(@Nullable Object value) {
        return value == null ? null : values(value);
    }

    /** The values of the components in order. */
    List<@Nullable Object> values(Object value) {
        List<@Nullable Object> result = new ArrayList<>(encoders.size());
        for (int i = 0; i < encoders.size(); i++) {
            result.add(encoders.get(i).encode(shape.get(value, i)));
        }
        return result;
    }
}
