// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes calls over a network on threads of its own, so that an interrupt ends the caller's wait at once: a thread that waits
 * for bytes from a socket does not notice one. What was asked for goes on in the background until the network gives up.
 */
final class RemoteCalls implements AutoCloseable {
    /** Something that may block. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "datasetdb-storage");
        thread.setDaemon(true);
        return thread;
    });

    /** What the call returns, or its failure; an {@link InterruptedIOException} if the caller is interrupted meanwhile. */
    <T> T call(Call<T> call) throws IOException {
        Future<T> result = threads.submit(call::run);
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof IOException known) {
            return known;
        }
        if (cause instanceof RuntimeException known) {
            throw known;
        }
        if (cause instanceof Error known) {
            throw known;
        }
        return new IOException(cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
