// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one row of every element of arrays and maps. Several columns go side by side, the shorter ones padded with
 * NULLs.
 * The result has the input's columns, then for each unnested column its element (an array's element, or all fields of
 * an
 * element that is a ROW; a map's key and value), then the element's number.
 */
public final class UnnestOperator extends InputOperator {
    /**
     * @param columns ordinals of ARRAY and MAP columns
     * @param withOrdinality whether to add the element's number, INTEGER from 1
     * @param outer whether an input row without elements yields one row of NULLs rather than none
     */
    public record Factory(OperatorFactory input, int[] columns, boolean withOrdinality, boolean outer)
            implements OperatorFactory {
        @Override
        public List<DataType> types() {
            List<DataType> inputs = input.types();
            List<DataType> types = new ArrayList<>(inputs);
            for (int column : columns) {
                types.addAll(elementTypes(inputs.get(column)));
            }
            if (withOrdinality) {
                types.add(DataType.INTEGER);
            }
            return List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            return new UnnestOperator(run, this, input.create(run));
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return Operators.over(input.split(run, count), source -> new UnnestOperator(run, this, source));
        }
    }

    private static List<DataType> elementTypes(DataType type) {
        if (type instanceof DataType.Map map) {
            return List.of(map.key(), map.value());
        }
        DataType element = ((DataType.Array) type).element();
        return element instanceof DataType.Row row
                ? row.fields().stream().map(Field::type).toList()
                : List.of(element);
    }

    private final Factory factory;
    private @Nullable Batch current;
    private int[] positions = {};
    private Vector[] collections = {};
    private int place;
    private int element;

    private UnnestOperator(Run run, Factory factory, Operator input) {
        super(run, "unnested rows", List.of(input));
        this.factory = factory;
    }

    @Override
    @Nullable
    Batch produce() {
        Batch batch = current;
        if (batch == null) {
            batch = pull(0);
            if (batch == null) {
                return null;
            }
            current = batch;
            positions = batch.selection().positions();
            Batch source = batch;
            collections = Arrays.stream(factory.columns)
                    .mapToObj(column -> source.column(column).flatten())
                    .toArray(Vector[]::new);
            place = 0;
            element = 0;
        }
        return expand(batch);
    }

    /** The next rows of the current batch. */
    private Batch expand(Batch batch) {
        int[] parents = new int[Batch.SIZE];
        int[] elements = new int[Batch.SIZE];
        int count = 0;
        while (place < batch.size() && count < Batch.SIZE) {
            int position = positions[place];
            int length = length(position);
            if (length == 0 && factory.outer) {
                parents[count] = position;
                elements[count++] = -1;
            }
            int end = Math.min(length, element + Batch.SIZE - count);
            while (element < end) {
                parents[count] = position;
                elements[count++] = element++;
            }
            if (element >= length) {
                element = 0;
                place++;
            }
        }
        if (place == batch.size()) {
            current = null;
        }
        return result(batch, parents, elements, count);
    }

    private int length(int position) {
        int length = 0;
        for (Vector collection : collections) {
            length = Math.max(length, length(collection, position));
        }
        return length;
    }

    private static int length(Vector collection, int position) {
        if (collection.isNull(position)) {
            return 0;
        }
        return collection instanceof MapVector map ? map.length(position) : ((ListVector) collection).length(position);
    }

    private Batch result(Batch batch, int[] parents, int[] elements, int count) {
        List<Vector> columns = new ArrayList<>();
        for (Vector column : batch.columns()) {
            columns.add(column.gather(parents, count));
        }
        for (int i = 0; i < collections.length; i++) {
            addElements(collections[i], parents, elements, count, columns);
        }
        if (factory.withOrdinality) {
            columns.add(ordinality(elements, count));
        }
        return Batch.of(columns, count);
    }

    private static void addElements(Vector collection, int[] parents, int[] elements, int count, List<Vector> columns) {
        int[] places = new int[count];
        int[] offsets = collection instanceof MapVector map
                ? map.offsets()
                : collection instanceof ListVector list ? list.offsets() : new int[0];
        for (int i = 0; i < count; i++) {
            int parent = parents[i];
            boolean exists = elements[i] >= 0 && elements[i] < length(collection, parent);
            places[i] = exists ? offsets[parent] + elements[i] : -1;
        }
        if (collection instanceof MapVector map) {
            columns.add(map.keys().gather(places, count));
            columns.add(map.values().gather(places, count));
        } else if (collection instanceof ListVector list && list.elements().flatten() instanceof RowVector row) {
            row.fields().forEach(field -> columns.add(field.gather(places, count)));
        } else if (collection instanceof ListVector list) {
            columns.add(list.elements().gather(places, count));
        } else {
            elementTypes(collection.type()).forEach(type -> columns.add(ConstantVector.ofNull(type, count)));
        }
    }

    private static Vector ordinality(int[] elements, int count) {
        int[] numbers = new int[count];
        long[] validity = null;
        for (int i = 0; i < count; i++) {
            numbers[i] = elements[i] + 1;
            if (elements[i] < 0) {
                validity = validity == null ? Validity.allValid(count) : validity;
                Validity.setNull(validity, i);
            }
        }
        return new IntVector(DataType.INTEGER, count, numbers, validity);
    }

    @Override
    public long piece() {
        return pieceOf(0);
    }
}
