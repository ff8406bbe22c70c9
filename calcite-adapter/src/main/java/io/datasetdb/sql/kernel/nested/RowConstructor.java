// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** ROW(a, b, …): never NULL. The fields are taken as they are, wrapped or not. */
public record RowConstructor(List<Expression> fields, DataType.Row type) implements Expression {
    public RowConstructor {
        fields = List.copyOf(fields);
        if (fields.size() != type.fields().size()) {
            throw new IllegalStateException(fields.size() + " values for " + type);
        }
    }

    public static RowConstructor of(List<Expression> fields, DataType.Row type) {
        return new RowConstructor(fields, type);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        List<Vector> values = new ArrayList<>(fields.size());
        for (Expression field : fields) {
            values.add(field.evaluate(batch, selection, bindings));
        }
        return new RowVector(type, batch.rowCount(), values, null);
    }
}
