// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read of Parquet files that share a schema: one split per row group that may hold a matching row, files and row
 * groups in order. Footers are read (or taken from the cache) when {@link #splits()} is asked for, unless the files are
 * still those of the last time; pages when an opened split is.
 *
 * <p>A file may lack nullable columns, which then read as NULL, may have more, and may have narrower types (INTEGER
 * where BIGINT is wanted). Names match as {@link Schema#indexOf} does. Immutable but for remembering its splits; safe
 * for any number of threads.
 */
public final class ParquetScan implements Scan {
    private final Storage storage;
    private final FooterCache footers;
    private final ColumnCache cache;
    private final List<String> locations;
    private final List<ColumnPath> columns;
    private final @Nullable Predicate predicate;
    private final Schema schema;
    private volatile @Nullable Plan plan;

    /** What is to be read of which files. */
    private record Plan(List<FileFooter> files, List<Split> splits) {}

    /**
     * Plans a read of the files at {@code locations} in {@code storage}; no file is touched yet.
     *
     * @param schema of the files together; the request's columns are paths in it
     * @throws DatasetDbException ({@code UNSUPPORTED_FILE}) if it has no such column
     */
    public ParquetScan(
            Storage storage,
            FooterCache footers,
            ColumnCache cache,
            List<String> locations,
            Schema schema,
            ScanRequest request) {
        this.storage = storage;
        this.footers = footers;
        this.cache = request.keepsColumns() ? cache : new ColumnCache(0);
        this.locations = List.copyOf(locations);
        this.columns = request.columns();
        this.predicate = request.predicate();
        List<Field> fields = new ArrayList<>();
        for (ColumnPath path : columns) {
            fields.add(field(schema, path));
        }
        this.schema = new Schema(fields);
    }

    private static Field field(Schema schema, ColumnPath path) {
        if (path.equals(ScanRequest.ROW_NUMBER)) {
            return Field.required(path.toString(), DataType.BIGINT);
        }
        List<Field> level = schema.fields();
        boolean nullable = false;
        Field field = null;
        for (String name : path.names()) {
            int ordinal = new Schema(level).indexOf(name);
            if (ordinal < 0) {
                throw new DatasetDbException(
                        StoreError.UNSUPPORTED_FILE,
                        "Cannot read column " + path + ": the schema has no such column (" + schema + ")");
            }
            field = level.get(ordinal);
            nullable |= field.nullable();
            level = field.type() instanceof DataType.Row row ? row.fields() : List.of();
        }
        if (field == null) {
            throw new DatasetDbException(StoreError.UNSUPPORTED_FILE, "Cannot read column: its path is empty ()");
        }
        return new Field(path.toString(), field.type(), nullable);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Split> splits() {
        Plan known = plan;
        if (known == null || !isCurrent(known)) {
            known = plan();
            plan = known;
        }
        return known.splits;
    }

    /** Kept columns are served without a look at their file, so that somebody has to see that it is the same still. */
    private boolean isCurrent(Plan known) {
        for (FileFooter footer : known.files) {
            if (columns.isEmpty() || footer.version() == 0) {
                continue;
            }
            try (Storage.Input file = storage.open(footer.path())) {
                if (file.version() != footer.version()) {
                    return false;
                }
            }
        }
        return true;
    }

    private Plan plan() {
        List<FileFooter> files = new ArrayList<>();
        List<Split> result = new ArrayList<>();
        long firstRow = 0;
        for (String location : locations) {
            FileFooter footer = footers.get(storage, location);
            files.add(footer);
            RowGroupPruner pruner = new RowGroupPruner(footer);
            for (RowGroupFooter rowGroup : footer.rowGroups()) {
                if (rowGroup.rowCount() > 0 && (predicate == null || pruner.mayMatch(rowGroup, predicate))) {
                    result.add(new RowGroupSplit(footer, rowGroup, firstRow));
                }
                firstRow += rowGroup.rowCount();
            }
        }
        return new Plan(List.copyOf(files), List.copyOf(result));
    }

    @Override
    public BatchSource open(Split split) {
        return open(split, List.of(), new ScanCounters());
    }

    @Override
    public BatchSource open(Split split, List<RowFilter> filters, ScanCounters counters) {
        return new RowGroupSource(storage, cache, (RowGroupSplit) split, columns, schema, predicate, filters, counters);
    }

    @Override
    public boolean mayMatch(Split split, Predicate wanted) {
        RowGroupSplit rowGroup = (RowGroupSplit) split;
        return new RowGroupPruner(rowGroup.footer()).mayMatch(rowGroup.rowGroup(), wanted);
    }
}
