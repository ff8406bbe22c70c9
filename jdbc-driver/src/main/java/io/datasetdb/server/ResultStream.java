// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.jdbc.internal.Packet;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * The execution of one statement, handed out frame by frame. Over HTTP a frame is made while the client still reads the one
 * before; a frame that takes long is answered by an empty one that is not the last, so that no client gives up. The last frame
 * is kept and answered again if the client asks for it again because an answer got lost.
 */
final class ResultStream implements AutoCloseable {
    private final FrameFiller filler;
    private final Executor executor;
    private final boolean inProcess;
    private final WireForm form;

    private static final long DRAIN_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    // Guarded by this: what the one client that fetches sees.
    private @Nullable CompletableFuture<List<Object>> pending;
    private Meta.@Nullable Frame last;
    private long position;
    private boolean exhausted;
    private @Nullable RuntimeException failure;
    private volatile long touchedNanos = System.nanoTime();

    /**
     * A stream that has not started yet.
     *
     * @param cancellation what {@code execution} watches
     * @param executor runs what fills the frames; in process it is the caller's own thread
     */
    ResultStream(
            Supplier<StatementResult> execution,
            Cancellation cancellation,
            Packet.Header header,
            Shape shape,
            Executor executor) {
        this.filler = new FrameFiller(execution, cancellation, header, shape);
        this.executor = executor;
        this.inProcess = shape.inProcess();
        this.form = shape.form();
    }

    /**
     * What frames look like.
     *
     * @param form what clients read
     * @param inProcess whether packets travel as objects
     * @param maxRows after how many rows the result ends, 0 for no limit
     * @param frameRows how many rows a frame should have
     */
    record Shape(WireForm form, boolean inProcess, long maxRows, int frameRows) {}

    /** The next frame, or an empty one after this time. */
    synchronized Meta.Frame frame(long offset, long waitNanos) {
        touchedNanos = System.nanoTime();
        Meta.Frame repeated = last;
        if (repeated != null && offset > 0 && offset == repeated.offset && offset < position) {
            return repeated;
        }
        if (failure != null) {
            throw failure;
        }
        filler.checkNotCancelled();
        if (exhausted) {
            return new Meta.Frame(position, true, List.of());
        }
        List<Object> elements = form == WireForm.NATIVE && position == 0 ? List.of(filler.header()) : List.of();
        if (pending == null) {
            pending = CompletableFuture.supplyAsync(filler::fill, executor);
        }
        List<Object> filled = await(pending, waitNanos);
        if (filled != null) {
            pending = null;
            elements = elements.isEmpty() ? filled : concat(elements, filled);
        }
        return hand(elements);
    }

    private static List<Object> concat(List<Object> first, List<Object> second) {
        List<Object> all = new java.util.ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Meta.Frame hand(List<Object> elements) {
        exhausted = pending == null && filler.isDone();
        Meta.Frame frame = new Meta.Frame(position, exhausted, elements);
        position += elements.size();
        if (!inProcess) {
            last = frame;
            if (!exhausted && pending == null) {
                pending = CompletableFuture.supplyAsync(filler::fill, executor);
            }
        }
        return frame;
    }

    private @Nullable List<Object> await(CompletableFuture<List<Object>> future, long waitNanos) {
        try {
            return future.get(waitNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatasetDbException(
                    ServerError.CANCELLED, "Cannot wait for the statement: the thread was interrupted", e);
        } catch (ExecutionException e) {
            // Kept: a client that asks again must not take the end for the end of the rows.
            Throwable cause = e.getCause();
            failure = cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
            throw failure;
        }
    }

    /** Reads to the end and returns the update count. */
    synchronized long drain() {
        while (!exhausted) {
            // In steps, each of which says that somebody waits.
            frame(position, DRAIN_STEP_NANOS);
        }
        return filler.updateCount();
    }

    Schema schema() {
        return filler.schema();
    }

    /** When somebody last asked for rows. */
    long touchedNanos() {
        return touchedNanos;
    }

    /** Ends the execution; who asks for rows afterwards is told so. Not synchronized: a fetch may be waiting. */
    void cancel() {
        filler.cancel();
    }

    /** As {@link #cancel}, because nobody has asked for rows for this long. */
    void expire(Duration unread) {
        filler.expire(unread);
    }

    @Override
    public void close() {
        filler.cancel();
    }
}
