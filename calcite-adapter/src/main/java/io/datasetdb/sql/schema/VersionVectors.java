// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.exec.nearest.IndexedVectors;
import io.datasetdb.store.DatasetStore;
import java.util.List;
import java.util.Map;

/** A column of a version of a dataset, with the indexes that its files have whenever somebody asks. */
record VersionVectors(DatasetVersion version, DatasetStore store, String column) implements IndexedVectors {
    @Override
    public List<Part> parts() {
        Map<String, String> indexes = version.vectorIndexes(column);
        return indexes.isEmpty()
                ? List.of()
                : version.files().stream()
                        .map(file -> new Part(file.rowCount(), indexes.get(file.path())))
                        .toList();
    }
}
