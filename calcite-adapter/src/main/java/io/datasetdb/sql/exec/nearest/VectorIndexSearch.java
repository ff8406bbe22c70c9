// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the vectors nearest to another in the index of one data file. Reads the lists whose centres are nearest, a fixed part
 * of all of them, and more if these hold too few vectors.
 */
final class VectorIndexSearch {
    /** One list of so many is read. */
    private static final int LISTS_PART = 12;

    /** Lists that are read at least. */
    private static final int MIN_LISTS = 8;

    /** So much shorter than the vectors of a list differ in length, a vector is near to those that are short, in all lists. */
    private static final int SHORT = 4;

    /** So many times as many vectors are looked at as are wanted, if there are. */
    private static final int CANDIDATES = 10;

    private final Scan scan;
    private final List<Scan.Split> splits;
    private final String path;
    private final long rowCount;
    private final Run run;

    /**
     * What was found.
     *
     * @param nearest rows of the data file
     * @param loose rows of the data file that are to be looked at in any case
     * @param compared how many vectors were compared
     */
    record Found(NearestRows nearest, long[] loose, long compared) {}

    /** A row of the index. */
    private record Row(
            long[] positions, int firstPosition, int count, float[] vectors, int firstNumber, int numberCount) {
        long position(int i) {
            return positions[firstPosition + i];
        }

        float[] numbers() {
            return Arrays.copyOfRange(vectors, firstNumber, firstNumber + numberCount);
        }
    }

    /**
     * @param path of the index
     * @param rowCount rows of the data file
     * @param keepsColumns whether what is read may be kept for the next search
     */
    VectorIndexSearch(DatasetStore store, String path, long rowCount, boolean keepsColumns, Run run) {
        this.scan = store.scan(
                List.of(path),
                VectorIndexFormat.SCHEMA,
                new ScanRequest(VectorIndexFormat.COLUMNS, null, keepsColumns));
        this.splits = scan.splits();
        this.path = path;
        this.rowCount = rowCount;
        this.run = run;
    }

    /**
     * Searches.
     *
     * @param query finite numbers
     * @param count how many rows are wanted, at least 1
     * @param keepsTies whether all are wanted that are as far as the last of them
     * @return empty if lists do not tell what is near to this vector, or its length is not the index's
     * @throws DatasetDbException with a {@link StoreError} if the index is missing or damaged
     */
    Optional<Found> search(float[] query, double squaredQuery, Metric metric, int count, boolean keepsTies) {
        Row head = read(0, VectorIndexFormat.CENTERS);
        int lists = head.count - 1;
        check(lists >= 1 && head.numberCount % lists == 0 && head.position(lists) == splits.size());
        int dimension = head.numberCount / lists;
        if (dimension != query.length) {
            return Optional.empty();
        }
        Row loose = read(1, VectorIndexFormat.LOOSE);
        check(loose.numberCount == 2 * lists);
        long[] looseRows = new long[loose.count];
        for (int i = 0; i < looseRows.length; i++) {
            looseRows[i] = checked(loose.position(i));
        }
        float[] lengths = loose.numbers();
        if (metric == Metric.EUCLIDEAN && Math.sqrt(squaredQuery) < spread(lengths) / SHORT) {
            return Optional.empty();
        }
        int[] order = new Centers(head.numbers(), dimension).inOrder(query, squaredQuery, metric, lengths);
        NearestRows nearest = new NearestRows((int) Math.min(count, rowCount), keepsTies);
        int least = Math.max(MIN_LISTS, (lists + LISTS_PART - 1) / LISTS_PART);
        long compared = 0;
        for (int i = 0; i < lists; i++) {
            if (i >= least && compared >= (long) CANDIDATES * count && nearest.isFull()) {
                break;
            }
            for (long row = head.position(order[i]); row < head.position(order[i] + 1); row++) {
                run.checkCancelled();
                compared += compare(read((int) row, order[i]), query, squaredQuery, metric, nearest);
            }
        }
        return Optional.of(new Found(nearest, looseRows, compared));
    }

    /** By how much the lengths of the vectors of a list differ, on average. */
    private static double spread(float[] lengths) {
        double sum = 0;
        int lists = 0;
        for (int i = 0; i < lengths.length; i += 2) {
            if (lengths[i] <= lengths[i + 1]) {
                sum += lengths[i + 1] - lengths[i];
                lists++;
            }
        }
        return sum / Math.max(1, lists);
    }

    private int compare(Row row, float[] query, double squaredQuery, Metric metric, NearestRows nearest) {
        check(row.numberCount == row.count * query.length);
        for (int i = 0; i < row.count; i++) {
            double distance = metric.distance(query, squaredQuery, row.vectors, row.firstNumber + i * query.length);
            nearest.add(distance, checked(row.position(i)));
        }
        return row.count;
    }

    private long checked(long position) {
        check(position >= 0 && position < rowCount);
        return position;
    }

    private Row read(int number, int list) {
        check(number >= 0 && number < splits.size());
        try (BatchSource source = scan.open(splits.get(number))) {
            Batch batch = source.next();
            if (batch == null || batch.rowCount() != 1) {
                throw damaged();
            }
            check(((IntVector) batch.column(0).flatten()).values()[0] == list);
            ListVector positions = (ListVector) batch.column(1).flatten();
            ListVector vectors = (ListVector) batch.column(2).flatten();
            return new Row(
                    ((LongVector) positions.elements().flatten()).values(),
                    positions.offsets()[0],
                    positions.length(0),
                    ((FloatVector) vectors.elements().flatten()).values(),
                    vectors.offsets()[0],
                    vectors.length(0));
        }
    }

    private void check(boolean holds) {
        if (!holds) {
            throw damaged();
        }
    }

    private DatasetDbException damaged() {
        return new DatasetDbException(
                StoreError.FILE_DAMAGED, "Cannot search the vector index: it contradicts itself (" + path + ")");
    }
}
