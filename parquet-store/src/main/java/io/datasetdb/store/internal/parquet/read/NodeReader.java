// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.store.internal.parquet.read.page.ChunkContext;
import io.datasetdb.store.internal.parquet.read.page.LeafBatch;
import io.datasetdb.store.internal.parquet.read.page.LeafReader;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column of a row group, nested or not: first the leaves below it, then the vectors up from them. Lists, maps
 * and rows are put together from the levels of their first leaf; every other leaf below must agree on how many there
 * are.
 */
abstract sealed class NodeReader {
    /** Reads the next rows of every leaf. */
    abstract void read(int rows);

    /** Passes over the next rows of every leaf. */
    abstract void skip(int rows);

    /** The vector of what was read, one position a slot. */
    abstract Vector assemble();

    /** Levels of the first leaf. */
    abstract LeafBatch levels();

    abstract ChunkContext context();

    /** Fails if there is more after the last row. */
    abstract void expectEnd();

    final Vector checked(Vector vector, int slots) {
        if (vector.size() != slots) {
            throw context()
                    .damaged(new ParquetDecodingException("the columns of a list or row have different lengths ("
                            + vector.size() + " and " + slots + ")"));
        }
        return vector;
    }

    /** A stored column. */
    static final class Leaf extends NodeReader {
        private final LeafReader reader;
        private final Widening widening;
        private final ChunkContext context;
        private @Nullable LeafBatch batch;

        Leaf(LeafReader reader, Widening widening, ChunkContext context) {
            this.reader = reader;
            this.widening = widening;
            this.context = context;
        }

        @Override
        void read(int rows) {
            batch = reader.read(rows);
        }

        @Override
        void skip(int rows) {
            reader.skip(rows);
        }

        /** A dictionary that holds every value, if there is one; to be asked for before any row. */
        @Nullable
        Vector dictionary() {
            Vector stored = reader.dictionary();
            return stored != null
                            && widening.apply(new DictionaryVector(0, new int[0], stored, null))
                                    instanceof DictionaryVector widened
                    ? widened.dictionary()
                    : null;
        }

        @Override
        Vector assemble() {
            return widening.apply(levels().values());
        }

        @Override
        LeafBatch levels() {
            if (batch == null) {
                throw new IllegalStateException("nothing read");
            }
            return batch;
        }

        @Override
        ChunkContext context() {
            return context;
        }

        @Override
        void expectEnd() {
            reader.expectEnd();
        }
    }

    /** A list. */
    static final class Lists extends NodeReader {
        private final ColumnNode.ListNode node;
        private final DataType type;
        private final NodeReader element;

        Lists(ColumnNode.ListNode node, DataType type, NodeReader element) {
            this.node = node;
            this.type = type;
            this.element = element;
        }

        @Override
        void read(int rows) {
            element.read(rows);
        }

        @Override
        void skip(int rows) {
            element.skip(rows);
        }

        @Override
        Vector assemble() {
            Ranges ranges = Ranges.of(levels(), node.levels(), node.elementDefinition(), context());
            Vector elements = checked(element.assemble(), ranges.total());
            return new ListVector(type, ranges.size(), ranges.offsets(), elements, ranges.validity());
        }

        @Override
        LeafBatch levels() {
            return element.levels();
        }

        @Override
        ChunkContext context() {
            return element.context();
        }

        @Override
        void expectEnd() {
            element.expectEnd();
        }
    }

    /** A map. */
    static final class Maps extends NodeReader {
        private final ColumnNode.MapNode node;
        private final DataType type;
        private final NodeReader key;
        private final NodeReader value;

        Maps(ColumnNode.MapNode node, DataType type, NodeReader key, NodeReader value) {
            this.node = node;
            this.type = type;
            this.key = key;
            this.value = value;
        }

        @Override
        void read(int rows) {
            key.read(rows);
            value.read(rows);
        }

        @Override
        void skip(int rows) {
            key.skip(rows);
            value.skip(rows);
        }

        @Override
        Vector assemble() {
            Ranges ranges = Ranges.of(levels(), node.levels(), node.elementDefinition(), context());
            Vector keys = checked(key.assemble(), ranges.total());
            for (int i = 0; keys.mayHaveNulls() && i < keys.size(); i++) {
                if (keys.isNull(i)) {
                    throw context().unsupported("a map has a NULL key");
                }
            }
            Vector values = checked(value.assemble(), ranges.total());
            return new MapVector(type, ranges.size(), ranges.offsets(), keys, values, ranges.validity());
        }

        @Override
        LeafBatch levels() {
            return key.levels();
        }

        @Override
        ChunkContext context() {
            return key.context();
        }

        @Override
        void expectEnd() {
            key.expectEnd();
            value.expectEnd();
        }
    }

    /** A row. */
    static final class Rows extends NodeReader {
        private final ColumnNode.RowNode node;
        private final DataType.Row type;
        /** One reader a field of the type; none for a field that the file lacks. */
        private final List<@Nullable NodeReader> fields;
        /** Some leaf below the row, for its levels. */
        private final NodeReader witness;

        private final boolean witnessIsField;

        Rows(ColumnNode.RowNode node, DataType.Row type, List<@Nullable NodeReader> fields, NodeReader witness) {
            this.node = node;
            this.type = type;
            this.fields = fields;
            this.witness = witness;
            this.witnessIsField = fields.contains(witness);
        }

        @Override
        void read(int rows) {
            for (NodeReader field : fields) {
                if (field != null) {
                    field.read(rows);
                }
            }
            if (!witnessIsField) {
                witness.read(rows);
            }
        }

        @Override
        void skip(int rows) {
            for (NodeReader field : fields) {
                if (field != null) {
                    field.skip(rows);
                }
            }
            if (!witnessIsField) {
                witness.skip(rows);
            }
        }

        @Override
        Vector assemble() {
            Slots slots = Slots.of(levels(), node.levels());
            List<Vector> vectors = new ArrayList<>(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                NodeReader field = fields.get(i);
                vectors.add(
                        field == null
                                ? ConstantVector.ofNull(type.fields().get(i).type(), slots.size())
                                : checked(field.assemble(), slots.size()));
            }
            return new RowVector(type, slots.size(), vectors, slots.validity());
        }

        @Override
        LeafBatch levels() {
            return witness.levels();
        }

        @Override
        ChunkContext context() {
            return witness.context();
        }

        @Override
        void expectEnd() {
            for (NodeReader field : fields) {
                if (field != null) {
                    field.expectEnd();
                }
            }
            if (!witnessIsField) {
                witness.expectEnd();
            }
        }
    }
}
