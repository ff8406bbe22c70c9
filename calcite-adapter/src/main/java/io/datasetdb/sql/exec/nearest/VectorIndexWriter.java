// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.udf.builtin.Dense;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the index of a column of a data file. The column is read several times, a part of the vectors being sorted into their lists
 * each time, so that memory is bounded whatever the file's size. The same file gives the same index, on however many threads.
 */
public final class VectorIndexWriter {
    private static final long MAX_SAMPLE_BYTES = 128L << 20;
    private static final long MAX_BUFFER_BYTES = 256L << 20;
    private static final int SAMPLE_PER_LIST = 40;

    /** Beyond this part of all vectors, those that each search looks at make the index useless. */
    private static final int LOOSE_PART = 100;

    private final DatasetStore store;
    private final Run run;

    /** A row of lists: from this vector on, before that one, in the order of the lists. */
    private record Piece(int list, long from, long to) {
        int size() {
            return (int) (to - from);
        }
    }

    public VectorIndexWriter(DatasetStore store, Run run) {
        this.store = store;
        this.run = run;
    }

    /** Whether a file with so many rows is worth an index. */
    public static boolean isWorth(long rows) {
        return rows >= VectorIndexFormat.MIN_VECTORS && rows <= Integer.MAX_VALUE - 8;
    }

    /**
     * Writes an index.
     *
     * @param path of the data file
     * @param schema of its version
     * @param column of arrays of REAL or DOUBLE
     * @param folder where the index goes, as the file of number {@code part}
     * @return the index; empty if it would be of no use: there are few vectors, or their lengths differ
     */
    public Optional<DataFile> write(String path, Schema schema, String column, String folder, int part) {
        ScanRequest request = new ScanRequest(List.of(ColumnPath.of(column)), null, false);
        Scan scan = store.scan(List.of(path), schema, request);
        long rows = scan.splits().stream().mapToLong(Scan.Split::rowCount).sum();
        try (MemoryBudget.Account account = run.memory().account("the vector index")) {
            VectorSample sample = sample(scan, rows, account);
            if (sample.isMixed()
                    || sample.regular() < VectorIndexFormat.MIN_VECTORS
                    || sample.loose() > sample.regular() / LOOSE_PART) {
                return Optional.empty();
            }
            int lists = Math.min(VectorIndexFormat.lists(sample.regular()), sample.size());
            Centers centers = new KMeans(sample.vectors(), sample.size(), sample.dimension(), run).centers(lists);
            account.hold(rows * (Integer.BYTES + Float.BYTES));
            float[] norms = new float[(int) rows];
            int[] assigned = assigned(scan, norms, centers);
            return Optional.of(write(scan, assigned, norms, centers, sample.dimension(), account, folder, part));
        }
    }

    private VectorSample sample(Scan scan, long rows, MemoryBudget.Account account) {
        long bytes = Math.min(MAX_SAMPLE_BYTES, run.memory().limit() / 8);
        account.hold(bytes);
        VectorSample sample = new VectorSample(SAMPLE_PER_LIST * VectorIndexFormat.lists(rows), bytes);
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null && !sample.isMixed(); batch = source.next()) {
                    run.checkCancelled();
                    sample.add(new Embeddings(batch.column(0)), batch.rowCount());
                }
            }
        }
        return sample;
    }

    /** What is done with a row of the data file. */
    private interface RowTask {
        void at(int position, Embeddings rows, int row);
    }

    /** Reads the column on all threads. */
    private void read(Scan scan, java.util.function.Supplier<RowTask> perThread) {
        List<Scan.Split> splits = scan.splits();
        long[] firstRows = new long[splits.size()];
        for (int i = 1; i < firstRows.length; i++) {
            firstRows[i] = firstRows[i - 1] + splits.get(i - 1).rowCount();
        }
        AtomicInteger next = new AtomicInteger();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < Math.min(run.workers(), splits.size()); i++) {
            readings.add(new Reading(scan, splits, firstRows, next, perThread.get()));
        }
        try {
            run.inParallel(readings);
        } finally {
            readings.forEach(Reading::close);
        }
    }

    /** One thread's part of reading the column: split after split. */
    private final class Reading implements Scheduler.Task, AutoCloseable {
        private final Scan scan;
        private final List<Scan.Split> splits;
        private final long[] firstRows;
        private final AtomicInteger next;
        private final RowTask task;
        private @Nullable BatchSource source;
        private int position;

        Reading(Scan scan, List<Scan.Split> splits, long[] firstRows, AtomicInteger next, RowTask task) {
            this.scan = scan;
            this.splits = splits;
            this.firstRows = firstRows;
            this.next = next;
            this.task = task;
        }

        @Override
        public boolean step() {
            run.checkCancelled();
            BatchSource open = source;
            if (open == null) {
                int number = next.getAndIncrement();
                if (number >= splits.size()) {
                    return false;
                }
                open = scan.open(splits.get(number));
                source = open;
                position = (int) firstRows[number];
            }
            Batch batch = open.next();
            if (batch == null) {
                close();
                return true;
            }
            Embeddings rows = new Embeddings(batch.column(0));
            for (int i = 0; i < batch.rowCount(); i++) {
                task.at(position + i, rows, i);
            }
            position += batch.rowCount();
            return true;
        }

        @Override
        public void close() {
            BatchSource open = source;
            source = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** The list of each row of the data file; {@code lengths} gets the length of each vector. */
    private int[] assigned(Scan scan, float[] lengths, Centers centers) {
        int[] lists = new int[lengths.length];
        read(scan, () -> {
            float[] products = new float[centers.count()];
            return (position, rows, row) -> {
                float[] values = rows.values();
                int from = rows.start(row);
                int dimension = rows.length(row);
                lists[position] = switch (rows.kind(row)) {
                    case NONE -> VectorIndexFormat.CENTERS;
                    case LOOSE -> VectorIndexFormat.LOOSE;
                    case REGULAR -> {
                        lengths[position] = (float) Math.sqrt(Dense.dot(values, from, values, from, dimension));
                        yield centers.nearest(values, from, products);
                    }
                };
            };
        });
        return lists;
    }

    /** The shortest and the longest length in each list. */
    private static float[] bounds(int[] lists, float[] lengths, int count) {
        float[] bounds = new float[2 * count];
        for (int i = 0; i < count; i++) {
            bounds[2 * i] = Float.MAX_VALUE;
        }
        for (int row = 0; row < lists.length; row++) {
            int list = lists[row];
            if (list >= 0) {
                bounds[2 * list] = Math.min(bounds[2 * list], lengths[row]);
                bounds[2 * list + 1] = Math.max(bounds[2 * list + 1], lengths[row]);
            }
        }
        return bounds;
    }

    private DataFile write(
            Scan scan,
            int[] lists,
            float[] lengths,
            Centers centers,
            int dimension,
            MemoryBudget.Account account,
            String folder,
            int part) {
        long[] sizes = new long[centers.count()];
        List<Long> loose = new ArrayList<>();
        for (int row = 0; row < lists.length; row++) {
            if (lists[row] >= 0) {
                sizes[lists[row]]++;
            } else if (lists[row] == VectorIndexFormat.LOOSE) {
                loose.add((long) row);
            }
        }
        long[] firstRows = new long[sizes.length + 1];
        List<Piece> pieces = pieces(sizes, VectorIndexFormat.rowVectors(dimension), firstRows);
        float[] bounds = bounds(lists, lengths, sizes.length);
        ranked(lists, sizes);
        try (DatasetWriter writer = store.writer(folder, VectorIndexFormat.SCHEMA, VectorIndexFormat.options(part))) {
            writer.write(row(VectorIndexFormat.CENTERS, firstRows, centers.values()));
            long[] looseRows = loose.stream().mapToLong(Long::longValue).toArray();
            writer.write(row(VectorIndexFormat.LOOSE, looseRows, bounds));
            long bytes = Math.min(MAX_BUFFER_BYTES, run.memory().limit() / 4);
            account.hold(account.held() + bytes);
            long room =
                    Math.max(bytes / (Float.BYTES * dimension + Long.BYTES), VectorIndexFormat.rowVectors(dimension));
            for (int from = 0; from < pieces.size(); ) {
                int to = from + 1;
                while (to < pieces.size() && pieces.get(to).to - pieces.get(from).from <= room) {
                    to++;
                }
                write(scan, lists, dimension, pieces.subList(from, to), writer);
                from = to;
            }
            return writer.finish().get(0);
        }
    }

    /** The rows of lists; {@code firstRows} gets the number of the first row of each list, and the number of all rows. */
    private static List<Piece> pieces(long[] sizes, int most, long[] firstRows) {
        List<Piece> pieces = new ArrayList<>();
        long from = 0;
        for (int list = 0; list < sizes.length; list++) {
            firstRows[list] = (long) VectorIndexFormat.HEAD_ROWS + pieces.size();
            for (long end = from + sizes[list]; from < end; ) {
                long to = Math.min(end, from + most);
                pieces.add(new Piece(list, from, to));
                from = to;
            }
        }
        firstRows[sizes.length] = (long) VectorIndexFormat.HEAD_ROWS + pieces.size();
        return pieces;
    }

    /** Puts in the place of each row's list where the row comes in the order of the lists, -1 for nowhere. */
    private static void ranked(int[] lists, long[] sizes) {
        int[] next = new int[sizes.length];
        for (int list = 1; list < sizes.length; list++) {
            next[list] = next[list - 1] + (int) sizes[list - 1];
        }
        for (int row = 0; row < lists.length; row++) {
            lists[row] = lists[row] < 0 ? -1 : next[lists[row]]++;
        }
    }

    private void write(Scan scan, int[] ranks, int dimension, List<Piece> pieces, DatasetWriter writer) {
        long first = pieces.get(0).from;
        long end = pieces.get(pieces.size() - 1).to;
        float[] vectors = new float[(int) (end - first) * dimension];
        long[] positions = new long[(int) (end - first)];
        read(scan, () -> (position, rows, row) -> {
            int rank = ranks[position];
            if (rank >= first && rank < end) {
                int to = (int) (rank - first);
                System.arraycopy(rows.values(), rows.start(row), vectors, to * dimension, dimension);
                positions[to] = position;
            }
        });
        int[] lists = new int[pieces.size()];
        int[] positionOffsets = new int[pieces.size() + 1];
        int[] vectorOffsets = new int[pieces.size() + 1];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = pieces.get(i).list;
            positionOffsets[i + 1] = positionOffsets[i] + pieces.get(i).size();
            vectorOffsets[i + 1] = positionOffsets[i + 1] * dimension;
        }
        for (int i = 0; i < lists.length; i++) {
            run.checkCancelled();
            writer.write(batch(lists, positionOffsets, positions, vectorOffsets, vectors)
                    .select(io.datasetdb.vector.Selection.of(new int[] {i}, 1)));
        }
    }

    private static Batch row(int list, long[] positions, float[] vectors) {
        return batch(
                new int[] {list}, new int[] {0, positions.length}, positions, new int[] {0, vectors.length}, vectors);
    }

    private static Batch batch(
            int[] lists, int[] positionOffsets, long[] positions, int[] vectorOffsets, float[] vectors) {
        Schema schema = VectorIndexFormat.SCHEMA;
        int count = lists.length;
        Vector rows = new LongVector(DataType.BIGINT, positions.length, positions, null);
        Vector numbers = new FloatVector(DataType.REAL, vectors.length, vectors, null);
        return Batch.of(
                List.of(
                        new IntVector(DataType.INTEGER, count, lists, null),
                        new ListVector(schema.field(1).type(), count, positionOffsets, rows, null),
                        new ListVector(schema.field(2).type(), count, vectorOffsets, numbers, null)),
                count);
    }
}
