// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

/**
 * How an engine is opened.
 *
 * @param warehouse folder or URI of the warehouse; created on first use
 * @param recordsQueries whether {@code registry.queries} remembers the queries that this engine runs
 */
public record EngineConfig(String warehouse, boolean recordsQueries) {
    /** An engine that records queries. */
    public EngineConfig(String warehouse) {
        this(warehouse, true);
    }
}
