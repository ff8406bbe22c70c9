// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that ran, for the history.
 *
 * @param rowCount rows that a query yielded, or that any other statement deposited or changed
 *
 * @param inputs what it read: {@code namespace.project.name@version} and URIs
 */
public record QueryRecord(
        String statement,
        String author,
        Instant startedAt,
        Duration duration,
        long rowCount,
        List<String> inputs,
        State state,
        @Nullable String errorMessage) {
    /** How it ended. */
    public enum State {
        COMPLETE,
        FAILED,
        CANCELLED
    }

    public QueryRecord {
        inputs = List.copyOf(inputs);
    }
}
