// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.ColumnReference;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.Vectors;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** To ARRAY, MAP and ROW from the same kind with other elements. */
final class NestedCast {
    private static final Bindings NONE = Bindings.none(Instant.EPOCH);

    private NestedCast() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        if (from instanceof DataType.Array source && target.type() instanceof DataType.Array array) {
            Expression element = element(source.element(), array.element(), target);
            return (arguments, selection, rowCount) ->
                    list((ListVector) Loops.flat(arguments.get(0)), selection, array, element);
        }
        if (from instanceof DataType.Map source && target.type() instanceof DataType.Map map) {
            Expression key = Cast.of(new ColumnReference(0, source.key()), map.key());
            Expression value = element(source.value(), map.value(), target);
            return (arguments, selection, rowCount) ->
                    map((MapVector) Loops.flat(arguments.get(0)), selection, map, key, value);
        }
        if (from instanceof DataType.Row source
                && target.type() instanceof DataType.Row row
                && source.fields().size() == row.fields().size()) {
            List<Expression> fields = new ArrayList<>();
            for (int i = 0; i < row.fields().size(); i++) {
                fields.add(element(
                        source.fields().get(i).type(), row.fields().get(i).type(), target));
            }
            return (arguments, selection, rowCount) ->
                    row((RowVector) Loops.flat(arguments.get(0)), selection, row, fields);
        }
        throw CastBodies.impossible(from, target.type());
    }

    private static Expression element(DataType from, DataType to, CastTarget target) {
        return Cast.of(new ColumnReference(0, from), to, -1, target.mode());
    }

    private static Vector list(ListVector source, Selection selection, DataType type, Expression element) {
        Vector elements = apply(element, source.elements(), covered(source.offsets(), selection));
        return new ListVector(type, source.size(), source.offsets(), elements, source.validity());
    }

    private static Vector map(MapVector source, Selection selection, DataType type, Expression key, Expression value) {
        Selection entries = covered(source.offsets(), selection);
        return new MapVector(
                type,
                source.size(),
                source.offsets(),
                apply(key, source.keys(), entries),
                apply(value, source.values(), entries),
                source.validity());
    }

    private static Vector row(RowVector source, Selection selection, DataType type, List<Expression> casts) {
        List<Vector> fields = new ArrayList<>();
        for (int i = 0; i < casts.size(); i++) {
            fields.add(Vectors.restrict(apply(casts.get(i), source.field(i), selection), source.validity()));
        }
        return new RowVector(type, source.size(), fields, source.validity());
    }

    private static Vector apply(Expression cast, Vector values, Selection selection) {
        return cast.evaluate(Batch.of(List.of(values), values.size()), selection, NONE);
    }

    /** The positions of the elements of the selected lists. */
    private static Selection covered(int[] offsets, Selection selection) {
        int total = 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            total += offsets[p + 1] - offsets[p];
        }
        int[] positions = new int[total];
        int count = 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            for (int i = offsets[p]; i < offsets[p + 1]; i++) {
                positions[count++] = i;
            }
        }
        return Selection.of(positions, count);
    }
}
