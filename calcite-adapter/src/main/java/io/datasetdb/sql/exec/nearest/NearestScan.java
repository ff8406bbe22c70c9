// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.Operator;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.ScanOperator;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.store.Scan;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a version that may be the nearest to a vector, as its indexes tell, and those of files without an index. A step
 * above measures and sorts them. All rows are read where an index cannot help or cannot be read: there is none, the vectors have
 * another length, too few of them can be compared.
 */
public final class NearestScan implements OperatorFactory {
    /** Beyond this part of all rows they are as well all read. */
    private static final int USEFUL_PART = 10;

    private final ScanOperator.Factory all;
    private final Scan numbered;
    private final IndexedVectors vectors;
    private final VectorQuery query;
    private final boolean keepsColumns;

    /**
     * What is read in a run.
     *
     * @param compared how many vectors of indexes were compared, -1 if no index is used
     */
    public record Reading(ScanOperator.Factory rows, long compared) {}

    /** Found once a run, by whichever thread comes first. */
    private static final class Once {
        private @Nullable Reading reading;
    }

    /** A data file that is searched. */
    private record Part(IndexedVectors.Part file, long firstRow) {}

    /**
     * @param all reads all rows
     * @param numbered the scan of {@code all} with the numbers of the rows as one more column
     * @param keepsColumns whether what is read of an index may be kept for the next search
     */
    public NearestScan(
            ScanOperator.Factory all, Scan numbered, IndexedVectors vectors, VectorQuery query, boolean keepsColumns) {
        this.all = all;
        this.numbered = numbered;
        this.vectors = vectors;
        this.query = query;
        this.keepsColumns = keepsColumns;
    }

    @Override
    public List<DataType> types() {
        return all.types();
    }

    @Override
    public Operator create(Run run) {
        return reading(run).rows().create(run);
    }

    @Override
    public List<Operator> split(Run run, int count) {
        return reading(run).rows().split(run, count);
    }

    /** What is read in a run; searches the indexes the first time. */
    public Reading reading(Run run) {
        Once once = run.shared(this, Once::new);
        synchronized (once) {
            Reading known = once.reading;
            if (known == null) {
                known = find(run);
                once.reading = known;
            }
            return known;
        }
    }

    private Reading find(Run run) {
        Reading everything = new Reading(all, -1);
        List<IndexedVectors.Part> files = vectors.parts();
        Optional<VectorQuery.Wanted> wanted = files.isEmpty() ? Optional.empty() : query.wanted(run);
        long rows = files.stream().mapToLong(IndexedVectors.Part::rowCount).sum();
        if (wanted.isEmpty() || wanted.get().count() > rows / USEFUL_PART) {
            return everything;
        }
        try {
            return find(run, files, wanted.get()).orElse(everything);
        } catch (DatasetDbException e) {
            if (!(e.code() instanceof StoreError)) {
                throw e;
            }
            // An index that is missing or damaged costs time and no row; verify names it.
            System.getLogger(NearestScan.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
            return everything;
        }
    }

    private Optional<Reading> find(Run run, List<IndexedVectors.Part> files, VectorQuery.Wanted wanted) {
        List<Part> searched = new ArrayList<>();
        List<Long> ranges = new ArrayList<>();
        long firstRow = 0;
        for (IndexedVectors.Part file : files) {
            if (file.index() == null) {
                int last = ranges.size() - 1;
                if (last >= 0 && ranges.get(last) == firstRow) {
                    ranges.remove(last);
                } else {
                    ranges.add(firstRow);
                }
                ranges.add(firstRow + file.rowCount());
            } else {
                searched.add(new Part(file, firstRow));
            }
            firstRow += file.rowCount();
        }
        List<VectorIndexSearch.Found> found = search(run, searched, wanted);
        if (found.size() < searched.size()) {
            return Optional.empty();
        }
        NearestRows nearest = new NearestRows((int) wanted.count(), query.keepsTies());
        LongStream loose = LongStream.empty();
        long compared = 0;
        for (int i = 0; i < searched.size(); i++) {
            long first = searched.get(i).firstRow;
            nearest.addAll(found.get(i).nearest(), first);
            loose = LongStream.concat(loose, Arrays.stream(found.get(i).loose()).map(row -> first + row));
            compared += found.get(i).compared();
        }
        if (!nearest.isFull()) {
            return Optional.empty();
        }
        RowSet rows = new RowSet(
                LongStream.concat(Arrays.stream(nearest.rows()), loose).toArray(),
                ranges.stream().mapToLong(Long::longValue).toArray());
        return Optional.of(new Reading(new ScanOperator.Factory(SomeRows.of(numbered, rows), all.filters()), compared));
    }

    /** What is found in each file; fewer if one has vectors of another length. */
    private List<VectorIndexSearch.Found> search(Run run, List<Part> parts, VectorQuery.Wanted wanted) {
        VectorIndexSearch.@Nullable Found[] found = new VectorIndexSearch.Found[parts.size()];
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            int number = i;
            IndexedVectors.Part file = parts.get(i).file;
            String index = java.util.Objects.requireNonNull(file.index());
            tasks.add(() -> {
                found[number] = new VectorIndexSearch(vectors.store(), index, file.rowCount(), keepsColumns, run)
                        .search(
                                wanted.vector(),
                                wanted.squared(),
                                query.metric(),
                                (int) wanted.count(),
                                query.keepsTies())
                        .orElse(null);
                return false;
            });
        }
        run.inParallel(tasks);
        List<VectorIndexSearch.Found> all = new ArrayList<>();
        for (VectorIndexSearch.Found one : found) {
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }
}
