// SPDX-License-Identifier: Apache-2.0
/**
 * The registry as tables that SQL can query. A {@link io.datasetdb.registry.internal.system.TableDefinition} says which
 * columns a table has and by which SQL they come from the database; what enters is a predicate, of which as much as possible
 * becomes SQL, what leaves are batches. Start reading at {@link io.datasetdb.registry.internal.system.VersionsTable}.
 */
@NullMarked
package io.datasetdb.registry.internal.system;

import org.jspecify.annotations.NullMarked;
