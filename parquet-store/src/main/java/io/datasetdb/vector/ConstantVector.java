// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One value, or NULL, at every position. */
public final class ConstantVector extends Vector {
    private final @Nullable Vector single;

    private ConstantVector(DataType type, int size, @Nullable Vector single, long @Nullable [] validity) {
        super(type, size, validity);
        this.single = single;
    }

    /** The value at position 0 of {@code single} (which must be a value vector), {@code size} times. */
    public static ConstantVector of(Vector single, int size) {
        if (single.isNull(0)) {
            return ofNull(single.type(), size);
        }
        return new ConstantVector(single.type(), size, single, null);
    }

    /** NULL at every position. */
    public static ConstantVector ofNull(DataType type, int size) {
        return new ConstantVector(type, size, null, Validity.allNull(size));
    }

    /** Whether the one value is NULL. */
    public boolean isNullConstant() {
        return single == null;
    }

    /** A value vector whose position 0 holds the value; not for NULL. */
    public Vector single() {
        return Objects.requireNonNull(single, "NULL constant");
    }

    @Override
    Object value(int position) {
        return Objects.requireNonNull(single().getObject(0));
    }

    @Override
    public Vector gather(int[] positions, int count) {
        for (int i = 0; i < count; i++) {
            if (positions[i] < 0 && single != null) {
                return flatten().gather(positions, count);
            }
        }
        return single == null ? ofNull(type(), count) : of(single, count);
    }

    @Override
    public Vector flatten() {
        if (single != null) {
            return single.gather(new int[size()], size());
        }
        if (type().kind() == DataType.Kind.NULL) {
            return this;
        }
        VectorBuilder builder = VectorBuilder.of(type(), size());
        for (int i = 0; i < size(); i++) {
            builder.appendNull();
        }
        return builder.build();
    }

    @Override
    public long heapBytes() {
        return (single == null ? 0 : single.heapBytes()) + validityBytes();
    }
}
