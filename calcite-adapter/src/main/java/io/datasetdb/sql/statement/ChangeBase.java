// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.schema.DatasetTable;
import io.datasetdb.sql.schema.TemporaryTable;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Set;

/** The rows that a statement changes, as they are before. */
sealed interface ChangeBase {
    Schema schema();

    /** Columns that were declared so, and refuse NULLs. */
    Set<String> declaredNotNull();

    /** In the order of their rows. */
    List<DataFile> files();

    /** Plans a read of one of the files. */
    Scan scan(DataFile file, ScanRequest request);

    /** The latest version of a dataset. */
    record OfVersion(DatasetVersion version, DatasetStore store) implements ChangeBase {
        @Override
        public Schema schema() {
            return version.schema();
        }

        @Override
        public Set<String> declaredNotNull() {
            return version.declaredNotNull();
        }

        @Override
        public List<DataFile> files() {
            return version.files();
        }

        @Override
        public Scan scan(DataFile file, ScanRequest request) {
            return DatasetTable.scan(store, version, List.of(file), request);
        }
    }

    /** A temporary dataset. */
    record OfTemporary(TemporaryTable table, DatasetStore store) implements ChangeBase {
        @Override
        public Schema schema() {
            return table.columns();
        }

        @Override
        public Set<String> declaredNotNull() {
            return table.declaredNotNull();
        }

        @Override
        public List<DataFile> files() {
            return table.dataFiles();
        }

        @Override
        public Scan scan(DataFile file, ScanRequest request) {
            return store.scan(List.of(file.path()), table.columns(), request);
        }
    }
}
