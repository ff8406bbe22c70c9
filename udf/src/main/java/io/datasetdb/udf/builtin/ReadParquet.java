// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.udf.internal.parquet.ParquetTable;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code read_parquet(path_or_glob, ...)}: the columns of the first file. Another file may have more columns, may lack one
 * (read as NULL) and may have others narrower or wider, which all read in the wider type. Folders named {@code key=value}
 * around all files are columns too.
 */
public final class ReadParquet implements TableFunction {
    @Override
    public String name() {
        return "read_parquet";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("location", DataType.VARCHAR, true, "A file, a folder or a glob of Parquet files."),
                new Parameter(
                        "hive_partitioning",
                        DataType.BOOLEAN,
                        false,
                        "Whether folders named key=value around all files are columns, by default true."));
    }

    @Override
    public String description() {
        return "The rows of Parquet files.";
    }

    @Override
    public String example() {
        return "SELECT * FROM TABLE(read_parquet('events/*.parquet'))";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> values, DatasetStore store) {
        Arguments arguments = new Arguments(values);
        return ParquetTable.bind(store, arguments.text(0), arguments.flagOr(1, true));
    }
}
