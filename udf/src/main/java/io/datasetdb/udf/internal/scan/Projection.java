// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.scan;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that a scan asks for, out of those that a table has: which of its columns and ROW fields have to be read
 * ({@link #read()}), and how the requested columns are taken from them ({@link #apply}).
 */
public final class Projection {
    private final Schema output;
    private final Schema read;
    private final List<int[]> steps;

    private Projection(Schema output, Schema read, List<int[]> steps) {
        this.output = output;
        this.read = read;
        this.steps = steps;
    }

    /** @throws IllegalArgumentException if a path is not in the schema */
    public static Projection of(Schema schema, List<ColumnPath> columns) {
        Wanted root = new Wanted();
        columns.forEach(column -> root.add(column.names(), 0));
        Schema read = new Schema(root.prune(schema.fields()));
        List<Field> output = new ArrayList<>();
        List<int[]> steps = new ArrayList<>();
        for (ColumnPath column : columns) {
            int[] path = new int[column.names().size()];
            List<Field> fields = read.fields();
            boolean nullable = false;
            Field field = null;
            for (int i = 0; i < path.length; i++) {
                path[i] = indexOf(fields, column.names().get(i), column);
                field = fields.get(path[i]);
                nullable |= field.nullable();
                fields = field.type() instanceof DataType.Row row ? row.fields() : List.of();
            }
            if (field == null) {
                throw new IllegalArgumentException("an empty column path");
            }
            output.add(new Field(column.toString(), field.type(), nullable));
            steps.add(path);
        }
        return new Projection(new Schema(output), read, steps);
    }

    private static int indexOf(List<Field> fields, String name, ColumnPath column) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + column);
    }

    /** The requested columns, named by their paths. */
    public Schema output() {
        return output;
    }

    /** The part of the table's schema that has to be read; a ROW of which only some fields are asked for has only those. */
    public Schema read() {
        return read;
    }

    /** The requested columns, given one vector for each column of {@link #read()}. */
    public List<Vector> apply(List<Vector> columns) {
        List<Vector> result = new ArrayList<>(steps.size());
        for (int[] path : steps) {
            Vector vector = columns.get(path[0]);
            for (int i = 1; i < path.length; i++) {
                vector = field(vector, path[i]);
            }
            result.add(vector);
        }
        return result;
    }

    private static Vector field(Vector vector, int ordinal) {
        if (vector instanceof ConstantVector constant && constant.isNullConstant()) {
            DataType type = ((DataType.Row) vector.type()).fields().get(ordinal).type();
            return ConstantVector.ofNull(type, vector.size());
        }
        // Where the row is NULL its fields are, so that the field alone says enough.
        return ((RowVector) vector.flatten()).field(ordinal);
    }

    /** A tree of names; a node without children wants all that is below it. */
    private static final class Wanted {
        private final Map<String, Wanted> children = new LinkedHashMap<>();
        private boolean whole;

        void add(List<String> names, int depth) {
            if (depth == names.size()) {
                whole = true;
            } else {
                children.computeIfAbsent(names.get(depth), name -> new Wanted()).add(names, depth + 1);
            }
        }

        List<Field> prune(List<Field> fields) {
            List<Field> result = new ArrayList<>();
            for (Field field : fields) {
                Wanted wanted = children.get(field.name());
                if (wanted != null) {
                    boolean all = wanted.whole || !(field.type() instanceof DataType.Row);
                    DataType type =
                            all ? field.type() : DataType.row(wanted.prune(((DataType.Row) field.type()).fields()));
                    result.add(new Field(field.name(), type, field.nullable()));
                }
            }
            return result;
        }
    }
}
