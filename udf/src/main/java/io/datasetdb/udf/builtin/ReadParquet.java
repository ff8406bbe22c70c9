// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.file.FileSet;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code read_parquet(path_or_glob)}: the columns of the first file. Another file may have more columns, may lack one (read
 * as NULL) and must agree on the types of the rest.
 */
public final class ReadParquet implements TableFunction {
    @Override
    public String name() {
        return "read_parquet";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("location", DataType.VARCHAR, true, "A file, a folder or a glob of Parquet files."));
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
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        FileSet files = FileSet.listSome(store.storage(), (String) Objects.requireNonNull(arguments.get(0)));
        List<String> locations = files.locations();
        Schema first = store.schema(locations.get(0));
        List<Field> columns = new ArrayList<>(first.fields());
        long rowCount = store.rowCount(locations.get(0));
        for (String location : locations.subList(1, locations.size())) {
            Schema other = store.schema(location);
            for (int i = 0; i < columns.size(); i++) {
                columns.set(i, merge(columns.get(i), other, location, locations.get(0)));
            }
            rowCount += store.rowCount(location);
        }
        return new Table(store, files.location(), locations, new Schema(columns), rowCount);
    }

    private static Field merge(Field column, Schema other, String location, String first) {
        int index = other.indexOf(column.name());
        if (index < 0) {
            return Field.of(column.name(), column.type());
        }
        Field found = other.field(index);
        if (!sameType(column.type(), found.type())) {
            throw new DatasetDbException(
                    UdfError.SCHEMA_MISMATCH,
                    "Cannot read " + location + ": column " + column.name() + " is "
                            + found.type().sql() + " and not as in " + first + " ("
                            + column.type().sql() + ")");
        }
        return new Field(column.name(), column.type(), column.nullable() || found.nullable());
    }

    /** Whether values have the same form; that one file has no NULLs in a nested field makes no difference. */
    private static boolean sameType(DataType left, DataType right) {
        return left.sql().equals(right.sql());
    }

    private record Table(DatasetStore store, String location, List<String> locations, Schema schema, long rowCount)
            implements BoundTable {
        @Override
        public List<String> inputs() {
            return List.of(location);
        }

        @Override
        public Scan scan(ScanRequest request) {
            return store.scan(locations, schema, request);
        }
    }
}
