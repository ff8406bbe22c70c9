// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The tree of a schema's columns, fields and elements, and the leaf columns in which their values end up. */
final class BatchShredder {
    private final MessageType message;
    private final List<ColumnShredder> columns = new ArrayList<>();
    private final List<LeafBuffer> leaves = new ArrayList<>();
    private final List<ColumnSummary> summaries = new ArrayList<>();

    BatchShredder(Schema schema, MessageType message) {
        this.message = message;
        requireDistinct(schema.fields());
        for (int i = 0; i < schema.size(); i++) {
            Field column = schema.field(i);
            Type stored = message.getType(i);
            columns.add(node(column.type(), stored, List.of(column.name()), List.of(column.name()), 0));
        }
    }

    List<LeafBuffer> leaves() {
        return leaves;
    }

    /** One for each leaf, ARRAY or MAP that is not itself inside an ARRAY or a MAP. */
    List<ColumnSummary> summaries() {
        return summaries;
    }

    /** Bytes that the leaves hold. */
    long bytes() {
        long result = 0;
        for (LeafBuffer leaf : leaves) {
            result += leaf.bytes();
        }
        return result;
    }

    /** Appends the rows at these slots of a batch. */
    void append(Batch batch, Slots rows) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).append(batch.column(i), rows);
        }
    }

    /**
     * @param path the names in the file down to the node
     * @param names the names in the schema, as far as they lead to the node without entering an ARRAY or a MAP
     * @param depth how many ARRAYs and MAPs are around the node
     */
    private ColumnShredder node(DataType type, Type stored, List<String> path, List<String> names, int depth) {
        return switch (type.kind()) {
            case ROW -> row((DataType.Row) type, stored.asGroupType(), path, names, depth);
            case ARRAY -> list((DataType.Array) type, stored.asGroupType(), path, names, depth);
            case MAP -> map((DataType.Map) type, stored.asGroupType(), path, names, depth);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    NULL -> leaf(type, path, names, depth);
        };
    }

    private ColumnShredder list(
            DataType.Array type, GroupType stored, List<String> path, List<String> names, int depth) {
        NullSummary nulls = nulls(names, depth);
        GroupType list = stored.getType(0).asGroupType();
        Type element = list.getType(0);
        List<String> inside = extend(extend(path, list.getName()), element.getName());
        ColumnShredder child = node(type.element(), element, inside, names, depth + 1);
        return new ListShredder(String.join(".", path), type, stored.getRepetition(), child, depth + 1, nulls);
    }

    private ColumnShredder map(DataType.Map type, GroupType stored, List<String> path, List<String> names, int depth) {
        NullSummary nulls = nulls(names, depth);
        GroupType entries = stored.getType(0).asGroupType();
        List<String> inside = extend(path, entries.getName());
        ColumnShredder key =
                node(type.key(), entries.getType(0), extend(inside, entries.getFieldName(0)), names, depth + 1);
        ColumnShredder value =
                node(type.value(), entries.getType(1), extend(inside, entries.getFieldName(1)), names, depth + 1);
        return new MapShredder(String.join(".", path), type, stored.getRepetition(), key, value, depth + 1, nulls);
    }

    private ColumnShredder row(DataType.Row type, GroupType stored, List<String> path, List<String> names, int depth) {
        requireDistinct(type.fields());
        NullSummary nulls = nulls(names, depth);
        List<ColumnShredder> fields = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            Field field = type.fields().get(i);
            fields.add(node(
                    field.type(),
                    stored.getType(i),
                    extend(path, stored.getFieldName(i)),
                    extend(names, field.name()),
                    depth));
        }
        return new RowShredder(String.join(".", path), type, stored.getRepetition(), fields, nulls);
    }

    private ColumnShredder leaf(DataType type, List<String> path, List<String> names, int depth) {
        LeafSummary summary = depth > 0 ? null : new LeafSummary(new ColumnPath(names));
        if (summary != null) {
            summaries.add(summary);
        }
        LeafBuffer leaf = new LeafBuffer(
                String.join(".", path), type, message.getColumnDescription(path.toArray(new String[0])), summary);
        leaves.add(leaf);
        return leaf;
    }

    private static void requireDistinct(List<Field> fields) {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new DatasetDbException(
                        StoreError.BAD_VALUE,
                        "Cannot write column " + field.name() + ": there are two of this name (" + fields + ")");
            }
        }
    }

    private @Nullable NullSummary nulls(List<String> names, int depth) {
        if (depth > 0) {
            return null;
        }
        NullSummary nulls = new NullSummary(new ColumnPath(names));
        summaries.add(nulls);
        return nulls;
    }

    private static List<String> extend(List<String> path, String name) {
        String[] result = Arrays.copyOf(path.toArray(new String[0]), path.size() + 1);
        result[path.size()] = name;
        return List.of(result);
    }
}
