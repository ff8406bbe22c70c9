// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to all versions of a dataset that has at least one.
 *
 * @param name with the case of whoever created it
 * @param latestVersion the complete version with the highest number
 * @param labels in the order in which they were given
 * @param columnComments by column name in lower case
 */
public record Dataset(
        DatasetName name,
        SemanticVersion latestVersion,
        @Nullable String comment,
        Map<String, String> labels,
        Map<String, String> columnComments,
        Instant createdAt,
        Instant updatedAt) {
    public Dataset {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        columnComments = Map.copyOf(columnComments);
    }
}
