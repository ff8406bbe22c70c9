// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.internal.parquet.NamedNode;
import io.datasetdb.store.internal.parquet.ParquetSchemas;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;

/** What a file says about itself. Immutable, safe for any number of threads. */
public final class FileFooter {
    private final String path;
    private final String location;
    private final long version;
    private final long dataEnd;
    private final long rowCount;
    private final Schema schema;
    private final List<NamedNode> columns;
    private final List<RowGroupFooter> rowGroups;
    private final Map<String, String> properties;

    private FileFooter(String path, String location, long version, long dataEnd, long rowCount, FileMetaData stored) {
        MessageType type = FooterSchema.of(stored);
        this.path = path;
        this.location = location;
        this.version = version;
        this.dataEnd = dataEnd;
        this.rowCount = rowCount;
        this.columns = List.copyOf(ParquetSchemas.toColumns(type));
        this.schema = new Schema(columns.stream().map(NamedNode::field).toList());
        Map<String, String> pairs = new HashMap<>();
        if (stored.isSetKey_value_metadata()) {
            stored.getKey_value_metadata().stream()
                    .filter(KeyValue::isSetValue)
                    .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
        }
        this.properties = Map.copyOf(pairs);
        List<RowGroupFooter> groups = new ArrayList<>();
        for (RowGroup group : stored.getRow_groups()) {
            groups.add(RowGroupFooter.of(groups.size(), group, type, stored.getCreated_by()));
        }
        this.rowGroups = List.copyOf(groups);
    }

    static FileFooter of(String path, String location, long version, long dataEnd, FileMetaData stored) {
        long rows = 0;
        for (RowGroup group : stored.getRow_groups()) {
            if (group.getNum_rows() < 0) {
                throw FooterBytes.error(StoreError.FILE_DAMAGED, location, "a row group has a negative size", null);
            }
            rows = Math.addExact(rows, group.getNum_rows());
            if (group.getColumns().stream().anyMatch(column -> column.isSetFile_path())) {
                throw FooterBytes.error(StoreError.UNSUPPORTED_FILE, location, "its columns are in other files", null);
            }
            if (group.getColumns().stream().anyMatch(column -> column.isSetCrypto_metadata())) {
                throw FooterBytes.error(StoreError.UNSUPPORTED_FILE, location, "it has encrypted columns", null);
            }
        }
        // Some writers never filled in the number of rows.
        if (rows != stored.getNum_rows() && stored.getNum_rows() != 0) {
            throw FooterBytes.error(
                    StoreError.FILE_DAMAGED,
                    location,
                    "its row groups do not add up to its rows (" + rows + " and " + stored.getNum_rows() + ")",
                    null);
        }
        return new FileFooter(path, location, version, dataEnd, rows, stored);
    }

    /** The location under which the storage opens the file. */
    String path() {
        return path;
    }

    /** The file as messages name it. */
    public String location() {
        return location;
    }

    /** The file's version when the footer was read, see {@link io.datasetdb.store.Storage.Input#version()}. */
    long version() {
        return version;
    }

    /** The columns with their types; ours or whatever comes nearest. */
    public Schema schema() {
        return schema;
    }

    /** All rows. */
    public long rowCount() {
        return rowCount;
    }

    /** The key-value pairs that the writer put into the footer. */
    public Map<String, String> properties() {
        return properties;
    }

    /** The row groups in stored order. */
    List<RowGroupFooter> rowGroups() {
        return rowGroups;
    }

    /** What the row groups' statistics together say about each leaf column outside of lists and maps. */
    public List<ColumnStatistics> statistics() {
        return FileStatistics.of(this);
    }

    List<NamedNode> columns() {
        return columns;
    }

    /** Where the row groups end and the footer begins. */
    long dataEnd() {
        return dataEnd;
    }
}
