// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** A column of the batch, as it is (wrapped or not). */
public record ColumnReference(int ordinal, DataType type) implements Expression {
    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return batch.column(ordinal);
    }
}
