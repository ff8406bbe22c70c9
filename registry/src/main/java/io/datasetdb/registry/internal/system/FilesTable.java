// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.uri;

import java.util.List;

/** {@code registry.files}. */
final class FilesTable implements TableDefinition {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public String comment() {
        return "Files that versions consist of; a file may belong to several.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                text("path", "f.path"),
                uri("uri", "f.path"),
                number("row_count", "f.row_count"),
                number("byte_size", "f.byte_size"),
                text("checksum", "f.checksum"));
    }

    @Override
    public String from() {
        return "version_files x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(Joins.VERSION, List.of(new Partner("f", "JOIN data_files f ON f.file_id = x.file_id")));
    }
}
