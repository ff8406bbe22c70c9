// SPDX-License-Identifier: Apache-2.0
/**
 * Everything a statement can do besides answering a query: one class per statement, the deposit path, the collector of
 * provenance. What enters is a node of the grammar, what leaves is a {@link io.datasetdb.sql.StatementResult}. Start reading
 * at {@link io.datasetdb.sql.statement.Deposit}.
 */
@NullMarked
package io.datasetdb.sql.statement;

import org.jspecify.annotations.NullMarked;
