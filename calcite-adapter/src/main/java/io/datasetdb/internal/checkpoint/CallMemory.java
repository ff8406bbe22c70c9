// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.checkpoint;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The results of one function: those of earlier runs, and those of this one, which are written to a file of their own, and
 * made durable, whenever they are worth it. So what is lost when the process is killed took at most a tenth of a second to
 * compute, or a tenth of the time so far, but never more than a minute. Safe for several threads.
 */
public final class CallMemory {
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long MOST_BYTES = 8 << 20;
    private static final int MOST_ROWS = 1 << 16;

    /** So much of the disk is left to everybody else, since what is kept here stays after a statement that failed. */
    private static final long LEAST_FREE_BYTES = 64L << 20;

    private final DatasetStore store;
    private final Schema schema;
    private final StoredCalls earlier;
    private final VectorBuilder high = VectorBuilder.of(DataType.BIGINT, 64);
    private final VectorBuilder low = VectorBuilder.of(DataType.BIGINT, 64);
    private final VectorBuilder results;
    private long started;
    private long flushed;
    private long bytes;
    private int files;
    /** Whether results are kept no more, because the disk has no room to spare. */
    private boolean full;
    /** {@code null} before it has begun and after it has ended. */
    private volatile @Nullable String folder;

    CallMemory(DatasetStore store, DataType type) {
        this.store = store;
        this.schema = Schema.of(
                Field.required("high", DataType.BIGINT),
                Field.required("low", DataType.BIGINT),
                Field.of("result", type));
        this.earlier = new StoredCalls(store, schema);
        this.results = VectorBuilder.of(type, 64);
    }

    /** Takes in the files of earlier runs; its own go to a folder that is its alone. Before, nothing is known or kept. */
    synchronized void begin(String ownFolder, List<String> earlierFiles) {
        earlierFiles.forEach(earlier::add);
        started = System.nanoTime();
        flushed = started;
        folder = ownFolder;
    }

    /** Calls a function. */
    @FunctionalInterface
    public interface Call {
        @Nullable
        Object result(List<Vector> arguments, int position);
    }

    /** What an earlier run yielded for these arguments, else what a call yields now. */
    public @Nullable Object result(List<Vector> arguments, int position, Call call) {
        if (folder == null) {
            return call.result(arguments, position);
        }
        CallKey key = CallKey.of(arguments, position);
        StoredCalls.Found found = earlier.take(key);
        if (found != null) {
            return found.result();
        }
        Object result = call.result(arguments, position);
        put(key, result);
        return result;
    }

    private synchronized void put(CallKey key, @Nullable Object result) {
        if (folder == null || full) {
            return;
        }
        try {
            results.append(result);
        } catch (ArithmeticException e) {
            // A value that its column cannot hold ends the statement, and leaves the builder in the middle of it.
            folder = null;
            return;
        }
        high.append(key.high());
        low.append(key.low());
        bytes += 32 + size(result);
        long now = System.nanoTime();
        long due = Math.min(MOST_NANOS, Math.max(LEAST_NANOS, (now - started) / 10));
        if (now - flushed >= due || bytes >= MOST_BYTES || high.size() >= MOST_ROWS) {
            flush();
        }
    }

    /** Writes what was not written yet; from now on nothing is known or kept. */
    synchronized void end() {
        flush();
        folder = null;
    }

    /** From now on nothing is known or kept. */
    synchronized void forget() {
        folder = null;
    }

    /** A disk that is full ends no statement by this: its files will say so themselves, or there was room for them. */
    private void flush() {
        int rows = high.size();
        String place = folder;
        if (rows == 0 || place == null || full) {
            return;
        }
        Batch batch = batch(rows);
        bytes = 0;
        try {
            full = store.storage().free(place) < LEAST_FREE_BYTES;
            if (!full) {
                write(place, batch);
            }
        } catch (DatasetDbException e) {
            full = true;
            System.getLogger(CallMemory.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
        flushed = System.nanoTime();
    }

    private void write(String place, Batch batch) {
        try (DatasetWriter writer = store.writer(place, schema, WriteOptions.DEFAULT.from(files))) {
            writer.write(batch);
            files += writer.finish().size();
        }
    }

    private Batch batch(int rows) {
        return Batch.of(List.of(high.build(), low.build(), results.build()), rows);
    }

    /** About how many bytes a value takes. */
    private static long size(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        if (value instanceof byte[] data) {
            return data.length;
        }
        if (value instanceof List<?> list) {
            return list.stream().mapToLong(CallMemory::size).sum();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()))
                    .sum();
        }
        return 8;
    }
}
