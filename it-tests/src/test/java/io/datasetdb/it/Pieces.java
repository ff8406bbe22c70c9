// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Cuts datasets into small row groups and several files, so that a query of few rows is divided among threads. */
public final class Pieces {
    private Pieces() {}

    /**
     * Deposits the latest version of a dataset of the default project once more, the same rows in the same order.
     *
     * @param rowGroupRows rows of a row group
     * @param fileBytes size at which another file is begun
     */
    public static void rewrite(Path warehouse, String dataset, int rowGroupRows, long fileBytes) {
        try (DatasetStore store = DatasetStore.open(warehouse.toString());
                Registry registry = Registry.open(warehouse)) {
            DatasetName name = new DatasetName(DatasetName.DEFAULT_NAMESPACE, DatasetName.DEFAULT_PROJECT, dataset);
            DatasetVersion version = registry.find(name, VersionSelector.LATEST).orElseThrow();
            Instant start = Instant.now();
            WriteOptions options = new WriteOptions(WriteOptions.Codec.SNAPPY, rowGroupRows, fileBytes);
            try (VersionDraft draft = registry.begin(DraftRequest.replace(name, version.schema()));
                    DatasetWriter writer = store.writer(draft.folder(), version.schema(), options)) {
                copy(store, version, writer);
                writer.finish().forEach(draft::add);
                draft.commit(Provenance.of(null, "test", start, Instant.now(), "test"));
            }
        }
    }

    private static void copy(DatasetStore store, DatasetVersion version, DatasetWriter writer) {
        List<ColumnPath> columns = version.schema().fields().stream()
                .map(field -> ColumnPath.of(field.name()))
                .toList();
        List<String> paths = version.files().stream().map(DataFile::path).toList();
        Scan scan = store.scan(paths, version.schema(), ScanRequest.of(columns));
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    writer.write(batch);
                }
            }
        }
    }
}
