// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** The value of a {@code ?} of the statement, counted from 0; see {@link BoundValue} for what is accepted. */
public record ParameterReference(int index, DataType type) implements Expression {
    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        if (index >= bindings.parameters().size()) {
            throw BoundValue.missing("parameter " + (index + 1));
        }
        return BoundValue.constant(
                "parameter " + (index + 1), bindings.parameters().get(index), type, batch.rowCount());
    }
}
