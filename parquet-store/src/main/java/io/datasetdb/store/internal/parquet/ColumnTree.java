// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import io.datasetdb.store.internal.parquet.ColumnNode.Levels;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Finds lists, maps and rows in a file's type, in today's and in all older forms. */
final class ColumnTree {
    /** Levels are kept in bytes, and hostile files must not exhaust the stack. */
    static final int MAX_DEPTH = 100;

    private final MessageType message;

    private ColumnTree(MessageType message) {
        this.message = message;
    }

    static List<NamedNode> of(MessageType message) {
        ColumnTree tree = new ColumnTree(message);
        return tree.fields(message, new String[0], new Levels(false, 0, 0, 0));
    }

    private List<NamedNode> fields(GroupType group, String[] path, Levels parent) {
        List<NamedNode> result = new ArrayList<>();
        for (Type field : group.getFields()) {
            result.add(new NamedNode(field.getName(), node(field, path, parent)));
        }
        return result;
    }

    /** The node of a type whose parent has these levels; one that is repeated without a LIST around it is a list. */
    private ColumnNode node(Type type, String[] parentPath, Levels parent) {
        String[] path = append(parentPath, type.getName());
        int slot = parent.slotDefinition();
        int definition = parent.definition();
        if (type.isRepetition(Repetition.REPEATED)) {
            ColumnNode element = content(type, path, elementLevels(parent));
            return new ColumnNode.ListNode(
                    DataType.array(element.type()),
                    new Levels(false, parent.repetition(), slot, definition),
                    definition + 1,
                    element);
        }
        boolean nullable = type.isRepetition(Repetition.OPTIONAL);
        return content(
                type, path, new Levels(nullable, parent.repetition(), slot, nullable ? definition + 1 : definition));
    }

    /** The levels of what is repeated directly below a node of these levels, when it is never NULL itself. */
    private static Levels elementLevels(Levels list) {
        int definition = list.definition() + 1;
        return new Levels(false, list.repetition() + 1, definition, definition);
    }

    /** The node of a type that has these levels, whatever its own repetition. */
    private ColumnNode content(Type type, String[] path, Levels levels) {
        if (type.isPrimitive()) {
            return new ColumnNode.Leaf(
                    LeafTypes.of(type.asPrimitiveType()), levels, message.getColumnDescription(path));
        }
        if (path.length > MAX_DEPTH) {
            throw new ParquetDecodingException("columns are nested deeper than supported (" + MAX_DEPTH + ")");
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        if (logical instanceof ListLogicalTypeAnnotation && hasRepeatedChild(group)) {
            return list(group, path, levels);
        }
        if ((logical instanceof MapLogicalTypeAnnotation || logical instanceof MapKeyValueTypeAnnotation)
                && hasEntries(group)) {
            return map(group, path, levels);
        }
        return row(group, path, levels);
    }

    private ColumnNode list(GroupType group, String[] path, Levels levels) {
        Type repeated = group.getType(0);
        String[] repeatedPath = append(path, repeated.getName());
        Levels inside = elementLevels(levels);
        ColumnNode element = isElement(repeated, group.getName())
                ? content(repeated, repeatedPath, inside)
                : node(repeated.asGroupType().getType(0), repeatedPath, inside);
        return new ColumnNode.ListNode(DataType.array(element.type()), levels, inside.definition(), element);
    }

    /** Whether the repeated type is itself the element (two levels), not a wrapper around it (three levels). */
    private static boolean isElement(Type repeated, String listName) {
        if (repeated.isPrimitive()) {
            return true;
        }
        GroupType group = repeated.asGroupType();
        return group.getFieldCount() != 1
                || group.getType(0).isRepetition(Repetition.REPEATED)
                || group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                || group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
                || group.getName().equals("array")
                || group.getName().equals(listName + "_tuple");
    }

    /** A map; one that has keys only reads as the list of its keys. */
    private ColumnNode map(GroupType group, String[] path, Levels levels) {
        GroupType entry = group.getType(0).asGroupType();
        String[] entryPath = append(path, entry.getName());
        Levels inside = elementLevels(levels);
        ColumnNode key = node(entry.getType(0), entryPath, inside);
        if (entry.getFieldCount() == 1) {
            return new ColumnNode.ListNode(DataType.array(key.type()), levels, inside.definition(), key);
        }
        ColumnNode value = node(entry.getType(1), entryPath, inside);
        return new ColumnNode.MapNode(DataType.map(key.type(), value.type()), levels, inside.definition(), key, value);
    }

    private ColumnNode row(GroupType group, String[] path, Levels levels) {
        List<NamedNode> fields = fields(group, path, levels);
        if (fields.isEmpty()) {
            throw new ParquetDecodingException("a group has no fields (" + String.join(".", path) + ")");
        }
        List<Field> types = fields.stream().map(NamedNode::field).toList();
        return new ColumnNode.RowNode(DataType.row(types), levels, fields);
    }

    private static boolean hasRepeatedChild(GroupType group) {
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED);
    }

    private static boolean hasEntries(GroupType group) {
        if (!hasRepeatedChild(group) || group.getType(0).isPrimitive()) {
            return false;
        }
        int fields = group.getType(0).asGroupType().getFieldCount();
        return fields == 1 || fields == 2;
    }

    private static String[] append(String[] path, String name) {
        String[] result = Arrays.copyOf(path, path.length + 1);
        result[path.length] = name;
        return result;
    }
}
