// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

/**
 * How an engine is opened.
 *
 * @param warehouse folder or URI of the warehouse; created on first use
 * @param recordsQueries whether {@code registry.queries} remembers the queries that this engine runs
 * @param columnCacheBytes how much of the heap may go to columns that were decoded, for later queries; 0 for none
 */
public record EngineConfig(String warehouse, boolean recordsQueries, long columnCacheBytes) {
    /** An engine that may keep decoded columns in a quarter of the heap. */
    public EngineConfig(String warehouse, boolean recordsQueries) {
        this(warehouse, recordsQueries, Runtime.getRuntime().maxMemory() / 4);
    }

    /** An engine that records queries. */
    public EngineConfig(String warehouse) {
        this(warehouse, true);
    }
}
