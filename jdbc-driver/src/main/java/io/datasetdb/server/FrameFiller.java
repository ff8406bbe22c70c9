// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.jdbc.internal.Packet;
import io.datasetdb.jdbc.internal.PacketCodec;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes a statement and makes the elements of its frames, in one thread at a time. Any thread may cancel; what the
 * execution holds is released by the thread that runs it, or by the canceller if nobody does.
 */
final class FrameFiller {
    /** A frame is handed out when it is this large, whatever number of rows that is. */
    private static final long FRAME_BYTES = 4L << 20;

    /** A frame that has rows is handed out after this time, however few they are. */
    private static final long FRAME_NANOS = 500_000_000L;

    private final Supplier<StatementResult> execution;
    private final Cancellation cancellation;
    private final Packet.Header header;
    private final ResultStream.Shape shape;
    private final RowEncoder rows;
    private final Object lifecycle = new Object();

    // Guarded by lifecycle.
    private @Nullable StatementResult result;
    private boolean running;
    private @Nullable Ending cancelled;
    private boolean done;

    // Used by the thread that fills.
    private @Nullable Batch rest;
    private int restFrom;
    private long rowCount;
    private long updateCount = -1;

    /** Why an execution ends before its end. */
    private record Ending(ServerError code, String reason) {
        static final Ending ASKED = new Ending(ServerError.CANCELLED, "it was cancelled");

        static Ending idle(Duration unread) {
            long minutes = unread.toMinutes();
            String time =
                    minutes > 0 ? minutes + (minutes == 1 ? " minute" : " minutes") : unread.toSeconds() + " seconds";
            return new Ending(ServerError.IDLE, "its client was idle, no rows were asked for in " + time);
        }

        DatasetDbException exception() {
            return new DatasetDbException(code, "Cannot finish the statement: " + reason);
        }
    }

    FrameFiller(
            Supplier<StatementResult> execution,
            Cancellation cancellation,
            Packet.Header header,
            ResultStream.Shape shape) {
        this.execution = execution;
        this.cancellation = cancellation;
        this.header = header;
        this.shape = shape;
        this.rows = new RowEncoder(shape.form());
    }

    Schema schema() {
        return header.schema();
    }

    Object header() {
        return element(header);
    }

    boolean isDone() {
        synchronized (lifecycle) {
            return done;
        }
    }

    long updateCount() {
        return updateCount;
    }

    void checkNotCancelled() {
        synchronized (lifecycle) {
            if (cancelled != null && (!done || cancelled.code() == ServerError.IDLE)) {
                throw cancelled.exception();
            }
        }
    }

    void cancel() {
        end(Ending.ASKED);
    }

    /** Ends the execution because nobody has asked for its rows for this long. */
    void expire(Duration unread) {
        end(Ending.idle(unread));
    }

    private void end(Ending ending) {
        StatementResult toClose = null;
        synchronized (lifecycle) {
            if (done || cancelled != null) {
                // Others may be ended by the same object.
                return;
            }
            cancelled = ending;
            cancellation.cancel();
            if (!running) {
                toClose = result;
                result = null;
            }
        }
        if (toClose != null) {
            toClose.close();
        }
    }

    /** The elements of the next frame. */
    List<Object> fill() {
        StatementResult open;
        synchronized (lifecycle) {
            if (cancelled != null) {
                throw cancelled.exception();
            }
            running = true;
            open = result;
        }
        boolean ended = true;
        try {
            if (open == null) {
                open = started(execution.get());
            }
            List<Object> elements = new ArrayList<>();
            ended = collect(open, elements);
            return elements;
        } finally {
            finish(ended);
        }
    }

    private StatementResult started(StatementResult opened) {
        synchronized (lifecycle) {
            result = opened;
            if (cancelled != null) {
                throw cancelled.exception();
            }
        }
        return opened;
    }

    private void finish(boolean ended) {
        StatementResult toClose = null;
        synchronized (lifecycle) {
            running = false;
            done = ended;
            if (ended || cancelled != null) {
                toClose = result;
                result = null;
            }
        }
        if (toClose != null) {
            toClose.close();
        }
    }

    /** Fills up to the size of a frame; true at the end of the result. */
    private boolean collect(StatementResult open, List<Object> elements) {
        long deadline = System.nanoTime() + FRAME_NANOS;
        int wanted = shape.frameRows();
        long bytes = 0;
        while (wanted > 0 && bytes < FRAME_BYTES && (elements.isEmpty() || System.nanoTime() - deadline < 0)) {
            Batch batch = next(open, wanted);
            if (batch == null) {
                updateCount = open.updateCount();
                if (shape.form() == WireForm.NATIVE) {
                    elements.add(element(new Packet.Trailer(updateCount)));
                }
                return true;
            }
            wanted -= batch.size();
            bytes += batch.size() * bytesPerRow(batch);
            if (shape.form() == WireForm.NATIVE) {
                elements.add(element(new Packet.Rows(batch)));
                if (shape.inProcess()) {
                    return false;
                }
            } else {
                elements.addAll(rows.rows(batch));
            }
        }
        return false;
    }

    /** At most {@code wanted} rows, and none beyond the limit of the result. */
    private @Nullable Batch next(StatementResult open, int wanted) {
        long allowed = shape.maxRows() == 0 ? Long.MAX_VALUE : shape.maxRows() - rowCount;
        if (allowed == 0) {
            return null;
        }
        if (rest == null) {
            rest = open.next();
            restFrom = 0;
            if (rest == null) {
                return null;
            }
        }
        Batch source = rest;
        int most = (int) Math.min(allowed, shape.inProcess() ? Integer.MAX_VALUE : rowsAtOnce(source, wanted));
        int count = Math.min(most, source.size() - restFrom);
        Batch part = part(source, restFrom, count);
        restFrom += count;
        if (restFrom == source.size()) {
            rest = null;
        }
        rowCount += count;
        return part;
    }

    private static int rowsAtOnce(Batch batch, int wanted) {
        return (int) Math.max(1, Math.min(wanted, FRAME_BYTES / bytesPerRow(batch)));
    }

    private static long bytesPerRow(Batch batch) {
        long total = 0;
        for (Vector column : batch.columns()) {
            total += column.heapBytes();
        }
        return Math.max(1, total / Math.max(1, batch.rowCount()));
    }

    private static Batch part(Batch batch, int from, int count) {
        if (from == 0) {
            return count == batch.size()
                    ? batch
                    : batch.select(batch.selection().first(count));
        }
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = batch.selection().position(from + i);
        }
        return batch.select(Selection.of(positions, count));
    }

    private Object element(Packet packet) {
        return shape.inProcess() ? packet : new Object[] {PacketCodec.encode(packet)};
    }
}
