// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link JoinTable} in two steps: threads collect rows, each in a part of its own; when all are there, and so their
 * number and the ranges of their keys are known, all threads index them together.
 */
public final class JoinTableBuilder implements AutoCloseable {
    /** Bytes that an index takes for each row, at most; beside the codes that it is built from. */
    private static final long INDEX_BYTES = 8 + 16 + 8 + 4 + 1;

    private final Run run;
    private final JoinSide side;
    private final String purpose;
    private final int[] columns;
    private final List<DataType> types = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final MemoryBudget.Account memory;
    private final KeyRanges ranges;

    /**
     * @param purpose what is kept, for messages
     */
    public JoinTableBuilder(Run run, JoinSide side, String purpose) {
        this.run = run;
        this.side = side;
        this.purpose = purpose;
        this.columns = side.columns();
        for (int column : columns) {
            types.add(side.types().get(column));
        }
        this.memory = run.memory().account(purpose);
        this.ranges = new KeyRanges(side.keys());
    }

    /** Takes the batches of one thread; all are made before any of them is used. */
    public Consumer<Batch> part() {
        Part part = new Part();
        parts.add(part);
        return part;
    }

    /** The table of all rows, once all parts are complete. Its memory is held until this is closed. */
    public JoinTable build() {
        long rowBytes = 0;
        long count = 0;
        for (Part part : parts) {
            ranges.add(part.partRanges);
            rowBytes += part.rows.heapBytes();
            count += part.rows.size();
        }
        memory.hold((parts.size() == 1 ? 0 : rowBytes) + INDEX_BYTES * count);
        Parallel parallel = new Parallel(run, (int) Math.min(Integer.MAX_VALUE, count));
        RowBuffer rows = RowBuffer.concat(parts.stream().map(part -> part.rows).toList(), parallel::each);
        rows.seal();
        parts.forEach(part -> part.account.close());
        parts.clear();
        KeyCodes codes = KeyCodes.of(side.keys(), ranges);
        IndexedRows indexed = index(parallel, rows, codes);
        JoinTable table = new JoinTable(side, rows, rows.size(), codes, indexed);
        memory.hold(table.heapBytes());
        return table;
    }

    /** Which values of a key column the other side must have; its memory is held until this is closed. */
    public KeyFilter filter(JoinTable table, int key) {
        KeyFilter filter = KeyFilter.of(table, ranges, key);
        memory.hold(memory.held() + filter.heapBytes());
        return filter;
    }

    private IndexedRows index(Parallel parallel, RowBuffer rows, KeyCodes codes) {
        int count = rows.size();
        long[] all = new long[count];
        parallel.rows(count, (from, to) -> encode(rows, codes.reader(), from, to, all));
        int[] found = withoutNulls(rows);
        int size = found.length == 0 ? count : found[count];
        if (found.length > 0) {
            for (int i = 0; i < size; i++) {
                all[i] = all[found[i]];
            }
        }
        if (run.uses(Optimization.RANKED_KEYS) && RankIndex.fits(codes.size(), size)) {
            return new RankBuilder(parallel, all, found, size, codes.size()).build();
        }
        HashBuilder.@Nullable Equality equality = codes.isExact() ? null : (row, other) -> isSame(rows, row, other);
        return new HashBuilder(parallel, all, found, size, equality).build();
    }

    private ColumnBuffer keyColumn(RowBuffer rows, int key) {
        return rows.column(side.kept()[side.keys().ordinals()[key]]);
    }

    /** The codes of some rows; block by block, as columns of variable width stand. */
    private void encode(RowBuffer rows, KeyCodes codes, int from, int to, long[] all) {
        int keyCount = side.keys().size();
        Vector[] keys = new Vector[keyCount];
        int[] positions = new int[Batch.SIZE];
        long[] batch = new long[Batch.SIZE];
        for (int start = from; start < to; start += Batch.SIZE) {
            int size = Math.min(Batch.SIZE, to - start);
            int first = keyCount == 0 ? 0 : keyColumn(rows, 0).position(start);
            for (int i = 0; i < size; i++) {
                positions[i] = first + i;
            }
            for (int key = 0; key < keyCount; key++) {
                ColumnBuffer column = keyColumn(rows, key);
                keys[key] = aligned(column.vector(start), column.position(start), first, size);
            }
            codes.encode(keys, positions, size, batch);
            System.arraycopy(batch, 0, all, start, size);
        }
    }

    /** A vector whose values from {@code first} on are those that stand in this one from {@code at} on. */
    private static Vector aligned(Vector vector, int at, int first, int size) {
        if (at == first) {
            return vector;
        }
        int[] positions = new int[first + size];
        for (int i = 0; i < size; i++) {
            positions[first + i] = at + i;
        }
        return vector.gather(positions, positions.length);
    }

    /** The rows that can match something, and behind the last row's place how many; empty if all can. */
    private int[] withoutNulls(RowBuffer rows) {
        boolean[] nullSafe = side.keys().nullSafe();
        int count = rows.size();
        int[] result = {};
        for (int key = 0; key < nullSafe.length; key++) {
            ColumnBuffer column = keyColumn(rows, key);
            if (!nullSafe[key] && column.mayHaveNulls()) {
                if (result.length == 0) {
                    result = new int[count + 1];
                    Arrays.setAll(result, i -> i);
                    result[count] = count;
                }
                int size = 0;
                for (int i = 0; i < result[count]; i++) {
                    if (!column.isNull(result[i])) {
                        result[size++] = result[i];
                    }
                }
                result[count] = size;
            }
        }
        return result;
    }

    private boolean isSame(RowBuffer rows, int row, int other) {
        for (int key = 0; key < side.keys().size(); key++) {
            ColumnBuffer column = keyColumn(rows, key);
            if (!ValueOrder.notDistinct(
                    column.vector(row), column.position(row), column.vector(other), column.position(other))) {
                return false;
            }
        }
        return true;
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        parts.forEach(part -> part.account.close());
        memory.close();
    }

    private final class Part implements Consumer<Batch> {
        private final RowBuffer rows = new RowBuffer(types);
        private final KeyRanges partRanges = new KeyRanges(side.keys());
        private final MemoryBudget.Account account = run.memory().account(purpose);

        @Override
        public void accept(Batch batch) {
            int[] positions = batch.selection().positions();
            int count = batch.size();
            List<Vector> vectors = new ArrayList<>(columns.length);
            for (int column : columns) {
                vectors.add(batch.column(column));
            }
            rows.append(vectors, positions, count);
            int[] ordinals = side.keys().ordinals();
            Vector[] keys = new Vector[ordinals.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = batch.column(ordinals[i]);
            }
            partRanges.add(keys, positions, count);
            account.hold(rows.heapBytes());
        }
    }
}
