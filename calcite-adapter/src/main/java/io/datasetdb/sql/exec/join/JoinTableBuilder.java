// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.spill.SpillPartitions;
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
 * number and the ranges of their keys are known, all threads index them together. Rows that do not fit in memory go, and all
 * others with them, to files instead, divided by the hash of their keys.
 */
public final class JoinTableBuilder implements AutoCloseable {
    /** Bytes that an index takes for each row, at most; beside the codes that it is built from. */
    private static final long INDEX_BYTES = 8 + 16 + 8 + 4 + 1;

    private final Run run;
    private final JoinSide side;
    private final JoinLevel level;
    private final String purpose;
    private final int[] columns;
    private final List<DataType> types = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final MemoryBudget.Account memory;
    private final KeyRanges ranges;
    private volatile @Nullable SpillPartitions divided;
    private volatile boolean nullKeys;

    /**
     * @param purpose what is kept, for messages
     */
    public JoinTableBuilder(Run run, JoinSide side, JoinLevel level, String purpose) {
        this.run = run;
        this.side = side;
        this.level = level;
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

    /**
     * The table of all rows, once all parts are complete; its memory is held until this is closed. Nothing if the rows did not
     * fit in memory and are {@link #divided()}.
     */
    public @Nullable JoinTable build() {
        if (divided != null) {
            parts.forEach(Part::finish);
            parts.clear();
            return null;
        }
        long count = 0;
        for (Part part : parts) {
            ranges.add(part.partRanges);
            count += part.rows.size();
        }
        Parallel parallel = new Parallel(run, (int) Math.min(Integer.MAX_VALUE, count));
        RowBuffer rows = RowBuffer.concat(parts.stream().map(part -> part.rows).toList(), parallel::each);
        rows.seal();
        KeyCodes codes = KeyCodes.of(side.keys(), ranges);
        IndexedRows indexed = index(parallel, rows, codes);
        JoinTable table = new JoinTable(side, rows, rows.size(), codes, indexed);
        parts.forEach(part -> part.account.close());
        parts.clear();
        memory.hold(table.heapBytes());
        return table;
    }

    /** The rows, in partitions by the hash of their keys, if they did not fit in memory; of the kept columns only. */
    public @Nullable SpillPartitions divided() {
        return divided;
    }

    /** Whether some row that was divided can match nothing because of a NULL. */
    public boolean hasNullKeys() {
        return nullKeys;
    }

    private synchronized SpillPartitions divide() {
        SpillPartitions result = divided;
        if (result == null) {
            result = run.spill().partitions(types, KeyPartitions.COUNT);
            divided = result;
        }
        return result;
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

    /** Gives the memory back, and the files. */
    @Override
    public void close() {
        parts.forEach(part -> part.account.close());
        parts.clear();
        memory.close();
        SpillPartitions files = divided;
        if (files != null) {
            files.close();
        }
    }

    private final class Part implements Consumer<Batch> {
        private final KeyRanges partRanges = new KeyRanges(side.keys());
        private final MemoryBudget.Account account = run.memory().account(purpose);
        private RowBuffer rows = new RowBuffer(types);
        private @Nullable KeyPartitions files;

        @Override
        public void accept(Batch batch) {
            List<Vector> vectors = new ArrayList<>(columns.length);
            for (int column : columns) {
                vectors.add(batch.column(column));
            }
            if (divided != null) {
                write(new Batch(vectors, batch.rowCount(), batch.selection()));
                return;
            }
            int[] positions = batch.selection().positions();
            int count = batch.size();
            rows.append(vectors, positions, count);
            partRanges.add(side.keys().in(batch), positions, count);
            long bytes = rows.heapBytes() * Math.min(2, parts.size()) + INDEX_BYTES * rows.size();
            if (level.mustFit()) {
                account.hold(bytes);
            } else if (!account.tryHold(bytes)) {
                writeAll();
            }
        }

        private void write(Batch kept) {
            KeyPartitions target = files;
            if (target == null) {
                target = new KeyPartitions(divide(), side.keptKeys(), level.depth(), account);
                files = target;
                writeAll();
            }
            Vector[] keys = side.keys().in(side.widened(kept));
            for (int i = 0; i < kept.size() && !nullKeys && side.keys().mayDrop(keys); i++) {
                if (side.keys().drops(keys, kept.selection().position(i))) {
                    nullKeys = true;
                }
            }
            target.accept(kept);
        }

        private void writeAll() {
            RowBuffer all = rows;
            rows = new RowBuffer(types);
            all.seal();
            for (int from = 0; from < all.size(); from += Batch.SIZE) {
                run.checkCancelled();
                write(all.slice(from, Math.min(all.size(), from + Batch.SIZE)));
            }
        }

        void finish() {
            writeAll();
            if (files != null) {
                files.finish();
            }
            account.close();
        }
    }
}
