// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;

/** The session's user ({@link Bindings#user()}), a VARCHAR. */
public record CurrentUser() implements Expression {
    @Override
    public DataType type() {
        return DataType.VARCHAR;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return ConstantVector.of(VectorBuilder.vector(DataType.VARCHAR, bindings.user()), batch.rowCount());
    }
}
