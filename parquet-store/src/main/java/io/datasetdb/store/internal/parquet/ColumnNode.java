// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import io.datasetdb.vector.DataType;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What a type of a file means: a leaf column, or a list, map or row of others, with the levels of Dremel's record
 * shredding (S. Melnik et al., "Dremel: Interactive Analysis of Web-Scale Datasets", VLDB 2010) that tell where values
 * of this node are. Among the level pairs (r, d) of any leaf at or below a node,
 *
 * <ul>
 *   <li>the node has a slot at each pair with r ≤ {@link #repetition()} and d ≥ {@link #slotDefinition()};
 *   <li>the slot holds a value, not NULL, where d ≥ {@link #definition()}.
 * </ul>
 */
public sealed interface ColumnNode {
    /** The type in which the node reads. */
    DataType type();

    Levels levels();

    /** Whether values may be NULL. */
    default boolean nullable() {
        return levels().nullable();
    }

    /** The number of lists and maps around the node. */
    default int repetition() {
        return levels().repetition();
    }

    /** The definition level from which on the innermost list or map around the node has an element; 0 without one. */
    default int slotDefinition() {
        return levels().slotDefinition();
    }

    /** The definition level from which on the node is not NULL. */
    default int definition() {
        return levels().definition();
    }

    /** The first leaf at or below the node; its levels also tell where the node has values. */
    Leaf firstLeaf();

    /** See {@link ColumnNode}. */
    record Levels(boolean nullable, int repetition, int slotDefinition, int definition) {}

    /** A stored column. */
    record Leaf(DataType type, Levels levels, ColumnDescriptor descriptor) implements ColumnNode {
        /** Physical and logical type. */
        public PrimitiveType stored() {
            return descriptor.getPrimitiveType();
        }

        @Override
        public Leaf firstLeaf() {
            return this;
        }
    }

    /** A list; an element is where r ≤ {@code repetition + 1} and d ≥ {@code elementDefinition}. */
    record ListNode(DataType type, Levels levels, int elementDefinition, ColumnNode element) implements ColumnNode {
        @Override
        public Leaf firstLeaf() {
            return element.firstLeaf();
        }
    }

    /** A map; its entries are where a list's elements would be. */
    record MapNode(DataType type, Levels levels, int elementDefinition, ColumnNode key, ColumnNode value)
            implements ColumnNode {
        @Override
        public Leaf firstLeaf() {
            return key.firstLeaf();
        }
    }

    /** A row of at least one field. */
    record RowNode(DataType type, Levels levels, List<NamedNode> fields) implements ColumnNode {
        public RowNode {
            fields = List.copyOf(fields);
        }

        @Override
        public Leaf firstLeaf() {
            return fields.get(0).node().firstLeaf();
        }
    }
}
