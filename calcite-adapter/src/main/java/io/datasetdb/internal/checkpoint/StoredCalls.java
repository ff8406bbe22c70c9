// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.checkpoint;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs left of one function's calls. Each result is handed out once, so that rows that are equal keep results of
 * their own. A file that is not whole, or was removed meanwhile, holds nothing. Safe for several threads.
 */
final class StoredCalls {
    /** How many files' results are kept in memory; calls come in about the order in which they were stored. */
    private static final int KEPT = 8;

    private final DatasetStore store;
    private final Schema schema;
    private final List<String> files = new ArrayList<>();
    private final CallIndex index = new CallIndex();
    private final Map<Integer, @Nullable Vector> results = new LinkedHashMap<>(16, 0.75f, true);

    /** @param schema as {@link CallMemory} writes the files */
    StoredCalls(DatasetStore store, Schema schema) {
        this.store = store;
        this.schema = schema;
    }

    /** A result that was found. */
    record Found(@Nullable Object result) {}

    /** Takes in a file. */
    synchronized void add(String file) {
        long place = (long) files.size() << 32;
        List<CallKey> keys = new ArrayList<>();
        boolean whole = read(file, List.of(0, 1), batch -> {
            LongVector high = (LongVector) batch.column(0).flatten();
            LongVector low = (LongVector) batch.column(1).flatten();
            for (int i = 0; i < batch.size(); i++) {
                int position = batch.selection().position(i);
                keys.add(new CallKey(high.values()[position], low.values()[position]));
            }
        });
        if (whole) {
            files.add(file);
            for (int row = 0; row < keys.size(); row++) {
                index.add(keys.get(row), place + row);
            }
        }
    }

    /** The result of a call with these arguments that was not handed out yet. */
    synchronized @Nullable Found take(CallKey key) {
        long place = index.take(key);
        if (place < 0) {
            return null;
        }
        Integer file = (int) (place >>> 32);
        if (!results.containsKey(file)) {
            results.put(file, load(files.get(file)));
            if (results.size() > KEPT) {
                results.remove(results.keySet().iterator().next());
            }
        }
        Vector result = results.get(file);
        return result == null ? null : new Found(result.getObject((int) place));
    }

    private @Nullable Vector load(String file) {
        VectorBuilder builder = VectorBuilder.of(schema.field(2).type(), 64);
        boolean whole = read(file, List.of(2), batch -> builder.appendAll(batch.column(0), batch.selection()));
        return whole ? builder.build() : null;
    }

    private boolean read(String file, List<Integer> columns, Consumer<Batch> consumer) {
        List<ColumnPath> paths = columns.stream()
                .map(column -> ColumnPath.of(schema.field(column).name()))
                .toList();
        try {
            Scan scan = store.scan(List.of(file), schema, new ScanRequest(paths, null, false));
            for (Scan.Split split : scan.splits()) {
                try (BatchSource rows = scan.open(split)) {
                    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                        consumer.accept(batch);
                    }
                }
            }
            return true;
        } catch (DatasetDbException e) {
            System.getLogger(StoredCalls.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
            return false;
        }
    }
}
