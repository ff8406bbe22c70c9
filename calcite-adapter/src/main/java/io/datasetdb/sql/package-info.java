// SPDX-License-Identifier: Apache-2.0
/**
 * SQL in, batches out. {@link io.datasetdb.sql.Engine} opens a warehouse, {@link io.datasetdb.sql.Session} runs
 * statements in it. Below: {@code parse} (text to nodes), {@code schema} (the registry as Calcite sees it), {@code
 * statement} (what is not a query), {@code plan} (algebra to operators), {@code exec} and {@code kernel} (running it). Start
 * reading at {@link io.datasetdb.sql.Session}.
 */
@NullMarked
package io.datasetdb.sql;

import org.jspecify.annotations.NullMarked;
