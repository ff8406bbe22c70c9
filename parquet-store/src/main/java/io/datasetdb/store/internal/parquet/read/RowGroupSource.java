// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanCounters.Figure;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a row group, of {@link Batch#SIZE} rows unless rows are very large. The columns of filters are decoded
 * first, the others where rows have passed. The file is opened with the first batch, and not at all if all columns that are
 * wanted are in the cache.
 */
final class RowGroupSource implements BatchSource {
    /**
     * Bytes of one column, as the footer knows them, beyond which a batch gets fewer rows. As many stay in a processor's
     * cache between decoding and use, and an array of as many is nothing special to a garbage collector.
     */
    private static final long MAX_COLUMN_BYTES = 256L << 10;

    private final Storage storage;
    private final ColumnCache cache;
    private final RowGroupSplit split;
    private final List<ColumnPath> paths;
    private final Schema schema;
    private final @Nullable Predicate predicate;
    private final List<RowFilter> filters;
    private final ScanCounters counters;
    private final int batchRows;
    private final ColumnSource.Allowance allowance;
    private long rowsLeft;
    private Storage.@Nullable Input input;
    private @Nullable List<ColumnSource> columns;
    /** The rows that may match, as far as pages tell. */
    private RowRanges wanted;

    RowGroupSource(
            Storage storage,
            ColumnCache cache,
            RowGroupSplit split,
            List<ColumnPath> paths,
            Schema schema,
            @Nullable Predicate predicate,
            List<RowFilter> filters,
            ScanCounters counters) {
        this.storage = storage;
        this.cache = cache;
        this.split = split;
        this.paths = paths;
        this.schema = schema;
        this.predicate = predicate;
        this.filters = List.copyOf(filters);
        this.counters = counters;
        this.rowsLeft = split.rowCount();
        this.wanted = RowRanges.of(0, split.rowCount());
        this.batchRows = batchRows();
        this.allowance = new ColumnSource.Allowance(cache.largestRowGroup());
        counters.add(Figure.SPLITS_READ, 1);
    }

    private int batchRows() {
        long largest = 0;
        for (ColumnPath path : paths) {
            for (ColumnChunkMetaData chunk : split.rowGroup().chunksBelow(path)) {
                largest = Math.max(largest, chunk.getTotalUncompressedSize());
            }
        }
        long bytesPerRow = Math.max(1, largest / Math.max(1, split.rowCount()));
        return (int) Math.max(1, Math.min(Batch.SIZE, MAX_COLUMN_BYTES / bytesPerRow));
    }

    @Override
    public @Nullable Batch next() {
        while (rowsLeft > 0) {
            int rows = (int) Math.min(batchRows, rowsLeft);
            Batch batch = readWanted(columns(), rows);
            rowsLeft -= rows;
            if (rowsLeft == 0) {
                finish();
            }
            if (batch.size() > 0) {
                return batch;
            }
        }
        return null;
    }

    /** The next rows, or none of them if none may match. */
    private Batch readWanted(List<ColumnSource> sources, int rows) {
        long start = split.rowCount() - rowsLeft;
        if (wanted.overlaps(start, start + rows)) {
            Batch batch = read(sources, rows);
            counters.add(Figure.ROWS_READ, rows);
            counters.add(Figure.ROWS_DROPPED, rows - batch.size());
            return batch;
        }
        counters.add(Figure.ROWS_PRUNED, rows);
        sources.forEach(source -> source.skip(rows));
        return new Batch(List.of(), rows, Selection.all(0));
    }

    private Batch read(List<ColumnSource> sources, int rows) {
        @Nullable Vector[] vectors = new Vector[sources.size()];
        Selection selection = Selection.all(rows);
        for (RowFilter filter : filters) {
            List<Vector> seen = new ArrayList<>();
            for (int ordinal : filter.columns()) {
                seen.add(vector(sources, vectors, ordinal, rows));
            }
            selection = filter.filter(Batch.of(seen, rows), selection);
            if (selection.isEmpty()) {
                for (int i = 0; i < vectors.length; i++) {
                    if (vectors[i] == null) {
                        sources.get(i).skip(rows);
                    }
                }
                return new Batch(List.of(), rows, selection);
            }
        }
        List<Vector> all = new ArrayList<>(vectors.length);
        for (int i = 0; i < vectors.length; i++) {
            all.add(vector(sources, vectors, i, rows));
        }
        return new Batch(all, rows, selection);
    }

    private static Vector vector(List<ColumnSource> sources, @Nullable Vector[] vectors, int ordinal, int rows) {
        Vector known = vectors[ordinal];
        if (known == null) {
            known = sources.get(ordinal).read(rows);
            vectors[ordinal] = known;
        }
        return known;
    }

    private List<ColumnSource> columns() {
        List<ColumnSource> sources = columns;
        if (sources == null) {
            sources = paths.isEmpty() ? List.of() : opened();
            columns = sources;
        }
        return sources;
    }

    private List<ColumnSource> opened() {
        List<ColumnSource> sources = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            sources.add(source(paths.get(i), schema.field(i)));
        }
        // Where everything is at hand, a look into the file costs more than it spares.
        Storage.Input file = input;
        boolean none = false;
        if (file != null && predicate != null) {
            wanted = new PagePruner(file, split).rows(predicate);
            none = !wanted.isEmpty() && !new BloomPruner(file, split).mayMatch(predicate);
        }
        if (none || filters.stream().anyMatch(filter -> rejectsAll(filter, sources))) {
            wanted = RowRanges.none();
            counters.add(Figure.SPLITS_READ, -1);
            counters.add(Figure.SPLITS_PRUNED, 1);
        }
        return sources;
    }

    /** Large dictionaries are not looked through for rows that other filters may drop. */
    private boolean rejectsAll(RowFilter filter, List<ColumnSource> sources) {
        Vector dictionary = filter.columns().size() == 1
                ? sources.get(filter.columns().get(0)).dictionary()
                : null;
        return dictionary != null && dictionary.size() <= split.rowCount() / 4 && filter.rejectsAll(dictionary);
    }

    private ColumnSource source(ColumnPath path, Field field) {
        if (path.equals(ScanRequest.ROW_NUMBER)) {
            return new ColumnSource.RowNumbers(split.firstRow());
        }
        if (NodeOpener.find(split.footer().columns(), path) == null && field.nullable()) {
            return new ColumnSource.Absent(field);
        }
        FileFooter footer = split.footer();
        ColumnCache.Key key = new ColumnCache.Key(
                footer, split.rowGroup().ordinal(), path, field.type(), field.nullable(), batchRows);
        List<Vector> kept = cache.get(key);
        if (kept != null) {
            counters.add(Figure.CHUNKS_CACHED, 1);
            return new ColumnSource.Kept(kept);
        }
        counters.add(Figure.CHUNKS_READ, 1);
        Storage.Input file = file();
        boolean known = file.version() != 0 && file.version() == footer.version();
        return new ColumnSource.Stored(
                new NodeOpener(file, split, counters).open(path, field),
                field,
                footer.location(),
                known ? allowance : ColumnSource.Allowance.none(),
                batches -> cache.put(key, batches));
    }

    private Storage.Input file() {
        Storage.Input file = input;
        if (file == null) {
            file = new CountedInput(storage.open(split.footer().path()), counters);
            input = file;
        }
        return file;
    }

    private void finish() {
        List<ColumnSource> sources = columns;
        if (sources != null) {
            sources.forEach(ColumnSource::finish);
        }
        close();
    }

    @Override
    public void close() {
        rowsLeft = 0;
        columns = null;
        Storage.Input opened = input;
        input = null;
        if (opened != null) {
            opened.close();
        }
    }
}
