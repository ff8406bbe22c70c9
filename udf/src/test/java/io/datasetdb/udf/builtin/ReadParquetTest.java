// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.LocalFiles;
import io.datasetdb.udf.Rows;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadParquetTest {
    @TempDir
    private Path folder;

    private final LocalFiles store = new LocalFiles();

    private String file(String name, Field... columns) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        store.declareParquet(file.toString(), Schema.of(columns));
        return file.toString();
    }

    @Test
    void columnsAreThoseOfTheFirstFileAndNullableWhereAnotherLacksThem() throws IOException {
        String first = file("1.parquet", Field.required("a", DataType.BIGINT), Field.required("b", DataType.VARCHAR));
        String second = file("2.parquet", Field.of("A", DataType.BIGINT), Field.of("c", DataType.DATE));
        BoundTable table = Rows.bind(store, "read_parquet", folder + "/*.parquet", Map.of());
        assertThat(table.schema())
                .isEqualTo(Schema.of(Field.of("a", DataType.BIGINT), Field.of("b", DataType.VARCHAR)));
        assertThat(table.rowCount()).isEqualTo(20);
        table.scan(ScanRequest.of(List.of(ColumnPath.of("a"))));
        assertThat(store.scanned()).containsExactly(first, second);
    }

    @Test
    void conflictingTypesNameTheFile() throws IOException {
        file("1.parquet", Field.required("a", DataType.BIGINT));
        String second = file("2.parquet", Field.of("a", DataType.VARCHAR));
        assertThatThrownBy(() -> Rows.bind(store, "read_parquet", folder.toString(), Map.of()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.SCHEMA_MISMATCH))
                .hasMessage("Cannot read " + second + ": column a is VARCHAR and not as in " + folder
                        + "/1.parquet (BIGINT)");
    }
}
