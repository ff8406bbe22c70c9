// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Vectors;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** A field of a ROW, NULL where the ROW is. Copies nothing when the ROW is a value vector. */
public final class RowField implements Expression {
    private final Expression row;
    private final int ordinal;
    private final DataType type;

    private RowField(Expression row, int ordinal, DataType type) {
        this.row = row;
        this.ordinal = ordinal;
        this.type = type;
    }

    /** @param ordinal from 0 */
    public static RowField of(Expression row, int ordinal) {
        if (!(row.type() instanceof DataType.Row type)) {
            throw new IllegalStateException("not a ROW: " + row.type());
        }
        return new RowField(row, ordinal, type.fields().get(ordinal).type());
    }

    public Expression row() {
        return row;
    }

    public int ordinal() {
        return ordinal;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector vector = row.evaluate(batch, selection, bindings);
        if (vector instanceof ConstantVector constant) {
            return constant.isNullConstant()
                    ? ConstantVector.ofNull(type, batch.rowCount())
                    : Vectors.constantAt(((RowVector) constant.single()).field(ordinal), 0, batch.rowCount());
        }
        if (vector instanceof DictionaryVector wrapper) {
            return Vectors.expand(((RowVector) wrapper.dictionary()).field(ordinal), wrapper, selection);
        }
        return ((RowVector) vector).field(ordinal);
    }
}
