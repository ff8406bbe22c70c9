// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions over small columns, in every physical form that a column can come in. */
public final class Eval {
    public static final Bindings NONE = Bindings.none(Instant.parse("2026-01-31T12:34:56.789012Z"));

    private Eval() {}

    public static Vector column(DataType type, @Nullable Object... values) {
        return VectorBuilder.vector(type, values);
    }

    public static ColumnReference col(int ordinal, DataType type) {
        return new ColumnReference(ordinal, type);
    }

    public static Literal lit(@Nullable Object value, DataType type) {
        return Literal.of(value, type);
    }

    /** The values at all positions. */
    public static List<@Nullable Object> all(Expression expression, Vector... columns) {
        int rows = columns.length == 0 ? 1 : columns[0].size();
        return at(expression, Batch.of(List.of(columns), rows), Selection.all(rows));
    }

    /** The one value of an expression without columns. */
    public static @Nullable Object one(Expression expression) {
        return all(expression).get(0);
    }

    /** The values at the selected positions. */
    public static List<@Nullable Object> at(Expression expression, Batch batch, Selection selection) {
        Vector result = expression.evaluate(batch, selection, NONE);
        if (result.size() != batch.rowCount()) {
            throw new AssertionError("result of " + result.size() + " positions");
        }
        if (!result.type().equals(expression.type())) {
            throw new AssertionError("result of type " + result.type() + " instead of " + expression.type());
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int k = 0; k < selection.size(); k++) {
            values.add(plain(result.getObject(selection.position(k))));
        }
        return values;
    }

    /** Byte arrays as lists, so that values can be compared. */
    public static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            List<Object> list = new ArrayList<>();
            for (byte b : bytes) {
                list.add(b);
            }
            return list;
        }
        return value;
    }

    /** The same column as a dictionary with unused, repeated and shuffled entries. */
    public static Vector dictionary(Vector flat) {
        int size = flat.size();
        VectorBuilder entries = VectorBuilder.of(flat.type(), size);
        int[] ids = new int[size];
        long[] validity = Validity.allValid(size);
        List<@Nullable Object> seen = new ArrayList<>();
        boolean nulls = false;
        for (int p = size - 1; p >= 0; p--) {
            if (flat.isNull(p)) {
                Validity.setNull(validity, p);
                nulls = true;
                continue;
            }
            Object value = plain(flat.getObject(p));
            int id = seen.indexOf(value);
            if (id < 0 || p % 5 == 0) {
                id = seen.size();
                seen.add(value);
                entries.append(flat, p);
            }
            ids[p] = id;
        }
        if (seen.isEmpty()) {
            return flat;
        }
        return new DictionaryVector(size, ids, entries.build(), nulls ? validity : null);
    }

    /** The value of one row everywhere. */
    public static Vector constant(Vector flat, int position, int size) {
        return flat.isNull(position)
                ? ConstantVector.ofNull(flat.type(), size)
                : ConstantVector.of(flat.gather(new int[] {position}, 1), size);
    }

    /** A column that repeats its first value, so that dictionaries are small for their length. */
    public static Vector repeated(Vector flat, int times) {
        int[] positions = new int[flat.size() * times];
        Arrays.setAll(positions, i -> i % flat.size());
        return flat.gather(positions, positions.length);
    }
}
