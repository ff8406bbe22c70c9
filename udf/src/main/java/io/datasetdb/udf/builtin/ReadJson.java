// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.udf.internal.json.JsonOptions;
import io.datasetdb.udf.internal.json.JsonTable;
import io.datasetdb.udf.internal.text.TypeText;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code read_json(path_or_glob, ...)}: JSON lines, or arrays of objects. Keys become columns, objects ROWs, arrays ARRAYs;
 * a missing key is NULL. Types are guessed from a sample unless they are declared; with guessed types, an unknown key or a
 * value of another type after the sample is an error rather than lost.
 */
public final class ReadJson implements TableFunction {
    /** Records of each file that types are guessed by. */
    private static final long SAMPLE_SIZE = 20_480;

    @Override
    public String name() {
        return "read_json";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        "location", DataType.VARCHAR, true, "A file, a folder or a glob; .gz and .zst are unpacked."),
                new Parameter("columns", DataType.VARCHAR, false, "Names and types, 'a INTEGER, b ROW(c VARCHAR)'."),
                new Parameter("format", DataType.VARCHAR, false, "auto, newline or array."),
                new Parameter(
                        "sample_size",
                        DataType.BIGINT,
                        false,
                        "Records to guess types by, 20480 by default, -1 for all."));
    }

    @Override
    public String description() {
        return "The records of JSON files.";
    }

    @Override
    public String example() {
        return "SELECT * FROM TABLE(read_json('events/*.jsonl', columns => 'id BIGINT, tags VARCHAR ARRAY'))";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> values, DatasetStore store) {
        Arguments arguments = new Arguments(values);
        Object columnsText = arguments.optional(1);
        List<Field> columns = columnsText == null ? null : TypeText.parseColumns((String) columnsText);
        JsonOptions options =
                new JsonOptions(columns, arguments.textOr(2, "auto"), arguments.sampleSizeOr(3, SAMPLE_SIZE));
        return JsonTable.bind(store.storage(), arguments.text(0), options);
    }
}
