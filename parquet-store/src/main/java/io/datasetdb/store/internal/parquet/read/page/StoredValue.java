// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Single values as footers have them. */
public final class StoredValue {
    private StoredValue() {}

    /**
     * The value of a leaf's type for a physical one (Boolean, Integer, Long, Float, Double or {@link Binary}), by the
     * conversion that pages go through; {@code null} if it is malformed.
     */
    public static @Nullable Object toObject(ColumnNode.Leaf leaf, Object physical) {
        LeafConversion conversion = LeafConversion.of(leaf);
        try {
            return conversion.apply(single(conversion, physical)).getObject(0);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Vector single(LeafConversion conversion, Object physical) {
        if (physical instanceof Boolean value) {
            return new BooleanVector(conversion.rawType(), 1, new boolean[] {value}, null);
        }
        if (physical instanceof Integer value) {
            return new IntVector(conversion.rawType(), 1, new int[] {value}, null);
        }
        if (physical instanceof Long value) {
            return new LongVector(conversion.rawType(), 1, new long[] {value}, null);
        }
        if (physical instanceof Float value) {
            return new FloatVector(conversion.rawType(), 1, new float[] {value}, null);
        }
        if (physical instanceof Double value) {
            return new DoubleVector(conversion.rawType(), 1, new double[] {value}, null);
        }
        byte[] bytes = ((Binary) physical).getBytes();
        return new BytesVector(conversion.rawType(), 1, bytes, new int[] {0, bytes.length}, null);
    }
}
