// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;

/** A table function with its arguments. */
record FunctionTable(String displayName, String name, BoundTable bound) implements BatchTable {
    @Override
    public Schema schema() {
        return bound.schema();
    }

    @Override
    public long rowCount() {
        return bound.rowCount();
    }

    @Override
    public Scan scan(ScanRequest request) {
        return bound.scan(request);
    }

    @Override
    public List<String> inputs() {
        return bound.inputs();
    }

    @Override
    public List<StorageEntry> files() {
        return bound.files();
    }

    @Override
    public Optional<String> function() {
        return Optional.of(name);
    }
}
