// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Set;

/**
 * What a version holds.
 *
 * @param files in row order
 * @param declaredNotNull the columns that were declared so
 * @param statistics over all files, one entry per leaf column that has any
 */
public record VersionContents(
        Schema schema, Set<String> declaredNotNull, List<DataFile> files, List<ColumnStatistics> statistics) {
    public VersionContents {
        files = List.copyOf(files);
        statistics = List.copyOf(statistics);
    }
}
