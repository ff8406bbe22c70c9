// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** The value of a correlation variable in its slot of {@link Bindings#correlations()}. */
public record CorrelationReference(int slot, DataType type) implements Expression {
    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return BoundValue.constant(
                "correlation variable " + slot, bindings.correlations()[slot], type, batch.rowCount());
    }
}
