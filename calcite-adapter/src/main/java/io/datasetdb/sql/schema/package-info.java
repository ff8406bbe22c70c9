// SPDX-License-Identifier: Apache-2.0
/**
 * The registry as Calcite sees it. What enters is a name in a statement; what leaves is a table pinned to one immutable
 * version for as long as the statement lives. Start reading at {@link io.datasetdb.sql.schema.StatementCatalog}.
 */
@NullMarked
package io.datasetdb.sql.schema;

import org.jspecify.annotations.NullMarked;
