// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

/**
 * How an engine is opened.
 *
 * @param warehouse folder or URI of the warehouse; created on first use
 */
public record EngineConfig(String warehouse) {}
