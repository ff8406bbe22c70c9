// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.VectorBuilder;
import java.util.List;

/** Deposits for tests that look into files: each is a Parquet file of numbers. */
record StoredDeposits(Registry registry, DatasetStore store) {
    static final Schema SCHEMA = Schema.of(Field.of("id", DataType.BIGINT));

    /** A version that holds the files of {@code shared} and one file of {@code rows} rows of its own. */
    DatasetVersion deposit(String name, long rows, Provenance provenance, DatasetVersion... shared) {
        DraftRequest request = DraftRequest.replace(DatasetName.parse(name, "main", "public"), SCHEMA);
        try (VersionDraft draft = registry.begin(request);
                DatasetWriter writer = store.writer(draft.folder(), SCHEMA, WriteOptions.DEFAULT)) {
            for (DatasetVersion version : shared) {
                version.files().forEach(draft::share);
            }
            VectorBuilder ids = VectorBuilder.of(DataType.BIGINT, (int) rows);
            for (long id = 0; id < rows; id++) {
                ids.append(id);
            }
            writer.write(Batch.of(List.of(ids.build()), (int) rows));
            List<DataFile> files = writer.finish();
            files.forEach(draft::add);
            return draft.commit(provenance);
        }
    }

    DatasetVersion deposit(String name, DatasetVersion... shared) {
        return deposit(name, 3, Deposits.provenance("select 1"), shared);
    }
}
