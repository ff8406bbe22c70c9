// SPDX-License-Identifier: Apache-2.0
/**
 * The grammar: what enters is the text of a statement or a script, what leaves is a tree of {@code SqlNode}s that nothing
 * has looked up yet. Queries and INSERT, DELETE, UPDATE, MERGE and CALL are Calcite's own nodes; every other statement has
 * one node class here, a child of {@link io.datasetdb.sql.parse.SqlStatement}. The productions are in
 * {@code src/main/codegen}. Start reading at {@link io.datasetdb.sql.parse.StatementParser}.
 */
@NullMarked
package io.datasetdb.sql.parse;

import org.jspecify.annotations.NullMarked;
