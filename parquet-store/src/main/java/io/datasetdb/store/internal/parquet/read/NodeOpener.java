// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.store.internal.parquet.NamedNode;
import io.datasetdb.store.internal.parquet.read.page.ChunkContext;
import io.datasetdb.store.internal.parquet.read.page.LeafReader;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/** Finds the requested columns in a row group and opens readers that yield them in the requested types. */
final class NodeOpener {
    private final Storage.Input input;
    private final RowGroupSplit split;
    private final ScanCounters counters;

    NodeOpener(Storage.Input input, RowGroupSplit split, ScanCounters counters) {
        this.input = input;
        this.split = split;
        this.counters = counters;
    }

    /** A reader of the column; fails if the file lacks it. */
    NodeReader open(ColumnPath path, Field wanted) {
        ColumnNode node = find(split.footer().columns(), path);
        if (node == null) {
            throw unreadable(path.toString(), "the file lacks the column, which must not be NULL");
        }
        return open(node, wanted.type(), path.toString());
    }

    /** The node at a path through rows, or {@code null}. */
    static @Nullable ColumnNode find(List<NamedNode> columns, ColumnPath path) {
        ColumnNode node = null;
        List<NamedNode> level = columns;
        for (String name : path.names()) {
            node = find(level, name);
            level = node instanceof ColumnNode.RowNode row ? row.fields() : List.of();
        }
        return node;
    }

    /** An exact match wins over one that differs in case. */
    private static @Nullable ColumnNode find(List<NamedNode> level, String name) {
        ColumnNode similar = null;
        for (NamedNode candidate : level) {
            if (candidate.name().equals(name)) {
                return candidate.node();
            }
            if (similar == null && candidate.name().equalsIgnoreCase(name)) {
                similar = candidate.node();
            }
        }
        return similar;
    }

    private NodeReader open(ColumnNode node, DataType wanted, String path) {
        if (node instanceof ColumnNode.Leaf leaf) {
            Widening widening = Widening.of(leaf.type(), wanted);
            if (widening == null) {
                throw mismatch(node, wanted, path);
            }
            return leaf(leaf, widening);
        }
        if (node instanceof ColumnNode.ListNode list && wanted instanceof DataType.Array array) {
            return new NodeReader.Lists(list, wanted, open(list.element(), array.element(), path + ".element"));
        }
        if (node instanceof ColumnNode.MapNode map && wanted instanceof DataType.Map type) {
            return new NodeReader.Maps(
                    map,
                    wanted,
                    open(map.key(), type.key(), path + ".key"),
                    open(map.value(), type.value(), path + ".value"));
        }
        if (node instanceof ColumnNode.RowNode row && wanted instanceof DataType.Row type) {
            return row(row, type, path);
        }
        throw mismatch(node, wanted, path);
    }

    private NodeReader row(ColumnNode.RowNode row, DataType.Row type, String path) {
        List<@Nullable NodeReader> fields = new ArrayList<>();
        NodeReader witness = null;
        for (Field field : type.fields()) {
            ColumnNode node = find(row.fields(), field.name());
            if (node == null && !field.nullable()) {
                throw unreadable(path + "." + field.name(), "the file lacks the field, which must not be NULL");
            }
            NodeReader reader = node == null ? null : open(node, field.type(), path + "." + field.name());
            fields.add(reader);
            witness = witness == null ? reader : witness;
        }
        if (witness == null) {
            ColumnNode.Leaf leaf = row.firstLeaf();
            Widening none = Widening.of(leaf.type(), leaf.type());
            if (none == null) {
                throw new IllegalStateException("no identity of " + leaf.type());
            }
            witness = leaf(leaf, none);
        }
        return new NodeReader.Rows(row, type, fields, witness);
    }

    private NodeReader leaf(ColumnNode.Leaf leaf, Widening widening) {
        String[] path = leaf.descriptor().getPath();
        RowGroupFooter rowGroup = split.rowGroup();
        ChunkContext context = new ChunkContext(split.footer().location(), rowGroup.ordinal(), String.join(".", path));
        ColumnChunkMetaData chunk = rowGroup.chunk(path);
        if (chunk == null) {
            throw unreadable(context.column(), "row group " + rowGroup.ordinal() + " lacks the column");
        }
        LeafReader reader = LeafReader.open(
                input, chunk, leaf, rowGroup.rowCount(), split.footer().dataEnd(), context, counters);
        return new NodeReader.Leaf(reader, widening, context);
    }

    private DatasetDbException mismatch(ColumnNode node, DataType wanted, String path) {
        return new DatasetDbException(
                StoreError.UNSUPPORTED_FILE,
                "Cannot read column " + path + " of " + split.footer().location() + ": its type is "
                        + node.type().sql() + ", which does not widen to " + wanted.sql());
    }

    private DatasetDbException unreadable(String column, String reason) {
        return new DatasetDbException(
                StoreError.FILE_DAMAGED,
                "Cannot read column " + column + " of " + split.footer().location() + ": " + reason);
    }
}
