// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import org.jspecify.annotations.Nullable;

/** A constant of the statement. Evaluates to a {@link ConstantVector}. */
public final class Literal implements Expression {
    private final DataType type;
    private final @Nullable Object value;
    private final @Nullable Vector single;

    private Literal(DataType type, @Nullable Object value) {
        this.type = type;
        this.value = value;
        this.single = value == null ? null : VectorBuilder.vector(type, value);
    }

    /** @param value of the Java type that {@link DataType} lists for {@code type}, or {@code null} for NULL */
    public static Literal of(@Nullable Object value, DataType type) {
        return new Literal(type, value);
    }

    public static Literal ofNull(DataType type) {
        return new Literal(type, null);
    }

    public static Literal of(boolean value) {
        return new Literal(DataType.BOOLEAN, value);
    }

    /** The value, {@code null} for NULL. */
    public @Nullable Object value() {
        return value;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return single == null
                ? ConstantVector.ofNull(type, batch.rowCount())
                : ConstantVector.of(single, batch.rowCount());
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
