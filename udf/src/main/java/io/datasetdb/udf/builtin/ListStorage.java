// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.udf.internal.file.FileSet;
import io.datasetdb.udf.internal.file.FileSetTable;
import io.datasetdb.vector.DataType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code list_storage(glob)}: one row a file, sorted by path. */
public final class ListStorage implements TableFunction {
    @Override
    public String name() {
        return "list_storage";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(
                "location",
                DataType.VARCHAR,
                true,
                "A file, a folder (everything below it) or a glob with * ** ? [..] {a,b}; a local path or a URI."));
    }

    @Override
    public String description() {
        return "The files of a folder or bucket, one row a file.";
    }

    @Override
    public String example() {
        return "SELECT t.file.path, t.file.size FROM TABLE(list_storage('photos/**/*.jpg')) AS t";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        String location = (String) Objects.requireNonNull(arguments.get(0));
        return new FileSetTable(FileSet.list(store.storage(), location), FileRow.TYPE);
    }
}
