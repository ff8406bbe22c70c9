// SPDX-License-Identifier: Apache-2.0
/**
 * The same SQL on the same data on three engines: ours, Calcite's own Enumerable engine, DuckDB. Start reading at {@link
 * io.datasetdb.it.oracle.OracleTest}.
 */
package io.datasetdb.it.oracle;
