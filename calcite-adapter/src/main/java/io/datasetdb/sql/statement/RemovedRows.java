// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.schema.DatasetTable;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that a version is to lose, and where in its files they are. */
final class RemovedRows {
    private final DatasetStore store;
    private final DatasetVersion version;
    private final List<ColumnPath> columns;
    private final boolean everyRow;
    private final GroupTable keys;
    private long[] counts = {};

    private RemovedRows(DatasetStore store, DatasetVersion version, List<Field> fields, boolean everyRow) {
        this.store = store;
        this.version = version;
        this.columns = fields.stream().map(Field::name).map(ColumnPath::of).toList();
        this.everyRow = everyRow;
        this.keys = GroupTable.of(fields.stream().map(Field::type).toList());
    }

    /** Rows that are known by all of their values, each to be removed as often as it is taken. */
    static RemovedRows ofRows(DatasetStore store, DatasetVersion version) {
        return new RemovedRows(store, version, version.schema().fields(), false);
    }

    /** All rows that have some values in these columns. */
    static RemovedRows ofKeys(DatasetStore store, DatasetVersion version, List<Integer> columns) {
        return new RemovedRows(
                store, version, columns.stream().map(version.schema()::field).toList(), true);
    }

    /** Adds rows, or keys, that are to be removed. */
    void take(BatchSource rows) {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            int[] ids = new int[batch.size()];
            keys.put(vectors(batch), batch.selection().positions(), batch.size(), ids);
            if (counts.length < keys.size()) {
                counts = Arrays.copyOf(counts, Math.max(keys.size(), counts.length * 2));
            }
            for (int id : ids) {
                counts[id]++;
            }
        }
    }

    private static Vector[] vectors(Batch batch) {
        return batch.columns().toArray(Vector[]::new);
    }

    /** The positions, in a file of the version, of rows that go. Each file is asked for once. */
    BitSet in(DataFile file) {
        BitSet positions = new BitSet();
        int first = 0;
        try (BatchSource rows = open(store, version, file, columns)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                int[] ids = new int[batch.size()];
                keys.find(vectors(batch), batch.selection().positions(), batch.size(), ids);
                for (int i = 0; i < ids.length; i++) {
                    if (ids[i] >= 0 && (everyRow || counts[ids[i]]-- > 0)) {
                        positions.set(first + i);
                    }
                }
                first += ids.length;
            }
        }
        return positions;
    }

    /** Whether all rows that were taken were found. */
    boolean isComplete() {
        return everyRow || Arrays.stream(counts).allMatch(count -> count <= 0);
    }

    /** The rows of a file of a version but for those at some positions, which are taken from a hash. */
    static BatchSource rest(
            DatasetStore store, DatasetVersion version, DataFile file, BitSet positions, ContentHash hash) {
        List<ColumnPath> all = version.schema().fields().stream()
                .map(Field::name)
                .map(ColumnPath::of)
                .toList();
        BatchSource rows = open(store, version, file, all);
        return new BatchSource() {
            private int first;

            @Override
            public @Nullable Batch next() {
                for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                    Batch compact = batch.compact();
                    int begin = first;
                    first += compact.size();
                    int[] kept = range(compact)
                            .filter(i -> !positions.get(begin + i))
                            .toArray();
                    int[] gone =
                            range(compact).filter(i -> positions.get(begin + i)).toArray();
                    hash.remove(compact.select(Selection.of(gone, gone.length)));
                    if (kept.length > 0) {
                        return compact.select(Selection.of(kept, kept.length));
                    }
                }
                return null;
            }

            private static IntStream range(Batch batch) {
                return IntStream.range(0, batch.size());
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    /** The rows of one file, in order. */
    static BatchSource open(DatasetStore store, DatasetVersion version, DataFile file, List<ColumnPath> columns) {
        Scan scan = DatasetTable.scan(store, version, List.of(file), new ScanRequest(columns, null, false));
        Iterator<Scan.Split> splits = scan.splits().iterator();
        return new BatchSource() {
            private @Nullable BatchSource split;

            @Override
            public @Nullable Batch next() {
                while (true) {
                    BatchSource open = split;
                    if (open == null) {
                        if (!splits.hasNext()) {
                            return null;
                        }
                        open = scan.open(splits.next());
                        split = open;
                    }
                    Batch batch = open.next();
                    if (batch != null) {
                        return batch;
                    }
                    close();
                }
            }

            @Override
            public void close() {
                BatchSource open = split;
                split = null;
                if (open != null) {
                    open.close();
                }
            }
        };
    }
}
