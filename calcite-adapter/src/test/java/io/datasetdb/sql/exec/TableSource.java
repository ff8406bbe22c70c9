// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Hands out a table in batches of random sizes, with junk rows between that a selection leaves out, and with columns
 * wrapped
 * as dictionaries and constants. Counts what is opened and closed.
 */
final class TableSource implements OperatorFactory {
    private final Table table;
    private final long seed;
    private final int maxBatch;
    int opened;
    int closed;
    int batches;
    int failAfter = Integer.MAX_VALUE;

    TableSource(Table table, long seed) {
        this(table, seed, 100);
    }

    TableSource(Table table, long seed, int maxBatch) {
        this.table = table;
        this.seed = seed;
        this.maxBatch = maxBatch;
    }

    @Override
    public List<DataType> types() {
        return table.types();
    }

    @Override
    public Operator create(Run run) {
        opened++;
        Random random = new Random(seed);
        return new Operator() {
            private int next;
            private boolean isClosed;

            @Override
            public Batch next() {
                if (isClosed) {
                    throw new IllegalStateException("closed");
                }
                if (next == table.rows().size()) {
                    return null;
                }
                if (batches == failAfter) {
                    throw new IllegalArgumentException("source failed");
                }
                batches++;
                int count = Math.min(table.rows().size() - next, 1 + random.nextInt(maxBatch));
                Batch batch = mangled(table.types(), table.rows().subList(next, next + count), random);
                next += count;
                return batch;
            }

            @Override
            public void close() {
                isClosed = true;
                closed++;
            }
        };
    }

    private static Batch mangled(List<DataType> types, List<List<Object>> rows, Random random) {
        boolean junk = random.nextBoolean();
        List<List<Object>> all = new ArrayList<>();
        int[] positions = new int[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            while (junk && random.nextInt(3) == 0) {
                all.add(types.stream().map(type -> Table.value(type, random)).toList());
            }
            positions[i] = all.size();
            all.add(rows.get(i));
        }
        List<Vector> columns = new ArrayList<>();
        for (int column = 0; column < types.size(); column++) {
            int ordinal = column;
            columns.add(vector(
                    types.get(column), all.stream().map(row -> row.get(ordinal)).toArray(), random));
        }
        Selection selection = all.size() == rows.size() && random.nextBoolean()
                ? Selection.all(rows.size())
                : Selection.of(positions, rows.size());
        return new Batch(columns, all.size(), selection);
    }

    private static Vector vector(DataType type, Object[] values, Random random) {
        Vector flat = VectorBuilder.vector(type, values);
        boolean constant = true;
        for (Object value : values) {
            constant &= Objects.deepEquals(value, values[0]);
        }
        if (constant && random.nextBoolean()) {
            return ConstantVector.of(flat, values.length);
        }
        return type.kind() != DataType.Kind.NULL && random.nextInt(3) == 0 ? dictionary(type, values) : flat;
    }

    private static Vector dictionary(DataType type, Object[] values) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        VectorBuilder entries = VectorBuilder.of(type, 8);
        int[] ids = new int[values.length];
        long[] validity = null;
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                validity = validity == null ? Validity.allValid(values.length) : validity;
                Validity.setNull(validity, i);
            } else {
                // also the text of the object itself, so that -0.0 and 0.0 are two entries
                String text = Table.canonical(value) + (value instanceof byte[] ? "" : value);
                ids[i] = codes.computeIfAbsent(text, ignored -> {
                    entries.append(value);
                    return codes.size();
                });
            }
        }
        return new DictionaryVector(values.length, ids, entries.build(), validity);
    }
}
