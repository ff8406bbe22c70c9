// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ROW values: one vector a field, all of this vector's size. Where the row is NULL its fields are NULL too.
 */
public final class RowVector extends Vector {
    private final List<Vector> fields;

    public RowVector(DataType type, int size, List<Vector> fields, long @Nullable [] validity) {
        super(type, size, validity);
        this.fields = List.copyOf(fields);
    }

    public List<Vector> fields() {
        return fields;
    }

    public Vector field(int ordinal) {
        return fields.get(ordinal);
    }

    @Override
    Object value(int position) {
        List<@Nullable Object> result = new ArrayList<>(fields.size());
        for (Vector field : fields) {
            result.add(field.getObject(position));
        }
        return Collections.unmodifiableList(result);
    }

    @Override
    public RowVector gather(int[] positions, int count) {
        return new RowVector(
                type(),
                count,
                fields.stream().map(field -> field.gather(positions, count)).toList(),
                gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return fields.stream().mapToLong(Vector::heapBytes).sum() + validityBytes();
    }
}
