// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named query, run anew whenever it is read.
 *
 * @param columns the names of its columns; empty for those of the query
 * @param query the query as it was written
 * @param defaultNamespace where the query's unqualified names lead, whoever reads it
 * @param defaultProject where the query's unqualified names lead, whoever reads it
 * @param statement the statement that created it, verbatim
 */
public record View(
        DatasetName name,
        @Nullable String comment,
        List<String> columns,
        String query,
        String defaultNamespace,
        String defaultProject,
        String statement,
        String author,
        Instant createdAt) {}
