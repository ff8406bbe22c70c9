// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.LocalFiles;
import io.datasetdb.udf.Rows;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadJsonTest {
    @TempDir
    private Path folder;

    private final LocalFiles store = new LocalFiles();

    @AfterEach
    void everyInputIsClosed() {
        assertThat(store.open()).isZero();
    }

    private BoundTable table(String content, Map<String, Object> options) throws IOException {
        Path file = folder.resolve("a.json");
        Files.writeString(file, content);
        return Rows.bind(store, "read_json", file.toString(), options);
    }

    private static String columns(BoundTable table) {
        return String.join(
                ", ", table.schema().fields().stream().map(Field::toString).toList());
    }

    @Test
    void mixturesBecomeText() throws IOException {
        BoundTable table =
                table("{\"a\":1,\"b\":[1]}\n{\"a\":\"x\",\"b\":{\"c\":[1, 2]}}\n{\"a\":true,\"b\":null}\n", Map.of());
        assertThat(columns(table)).isEqualTo("a VARCHAR, b VARCHAR");
        assertThat(Rows.all(table))
                .isEqualTo(List.of(List.of("1", "[1]"), List.of("x", "{\"c\":[1,2]}"), Arrays.asList("true", null)));
    }

    @Test
    void aNullRowDiffersFromARowOfNulls() throws IOException {
        BoundTable table = table("{\"r\":{\"a\":1,\"b\":[\"x\"]}}\n{\"r\":null}\n{\"r\":{}}\n{}\n", Map.of());
        assertThat(columns(table)).isEqualTo("r ROW(a BIGINT, b VARCHAR ARRAY)");
        assertThat(Rows.all(table))
                .isEqualTo(List.of(
                        List.of(List.of(1L, List.of("x"))),
                        Arrays.asList((Object) null),
                        List.of(Arrays.asList(null, null)),
                        Arrays.asList((Object) null)));
    }

    @Test
    void fieldsOfRowsMayBeAskedForAlone() throws IOException {
        BoundTable table = table("{\"x\":0,\"r\":{\"a\":1,\"s\":{\"b\":2,\"c\":3}}}\n{\"r\":null}\n", Map.of());
        assertThat(Rows.read(table, ColumnPath.of("r", "s", "c"), ColumnPath.of("r", "a")))
                .isEqualTo(List.of(List.of(3L, 1L), Arrays.asList(null, null)));
        assertThat(Rows.read(table, ColumnPath.of("r", "s", "c"), ColumnPath.of("r", "s")))
                .isEqualTo(List.of(List.of(3L, List.of(2L, 3L)), Arrays.asList(null, null)));
        assertThat(Rows.read(table)).hasSize(2);
    }

    @Test
    void declaredColumnsTakeOnlyTheirKeys() throws IOException {
        String columns = "id INTEGER, tags VARCHAR ARRAY, at TIMESTAMP, m MAP<VARCHAR, DOUBLE>, price DECIMAL(5, 2)";
        BoundTable table = table(
                "{\"ID\":\"7\",\"tags\":[\"a\",1],\"at\":\"2024-01-01T10:00:00\",\"m\":{\"x\":1},\"price\":1.005,\"other\":{}}",
                Map.of("columns", columns));
        assertThat(Rows.all(table).toString()).isEqualTo("[[7, [a, 1], 2024-01-01T10:00, {x=1.0}, 1.01]]");
    }

    @Test
    void brokenLineNamesItsPlace() throws IOException {
        assertThatThrownBy(() -> table("{\"a\":1}\n{\"a\":x}\n", Map.of()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_FILE))
                .hasMessageContaining("Cannot read " + folder.resolve("a.json") + ": broken JSON at line 2, column 6");
        assertThatThrownBy(() -> table("{\"a\":1}\n{\"a\":", Map.of())).hasMessageContaining("broken JSON at line 2");
        assertThatThrownBy(() -> table("{\"a\":1}\n{\"a\":\"abc\n", Map.of()))
                .hasMessageContaining("broken JSON at line 2");
        BoundTable late = table("{\"a\":1}\n{\"a\":2}\n}", Map.of("sample_size", 1L));
        assertThatThrownBy(() -> Rows.all(late)).hasMessageContaining("broken JSON at line 3");
    }

    @Test
    void messagesOfTheParserAreForReaders() {
        assertThatThrownBy(() -> table("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", Map.of()))
                .hasMessage("Cannot read " + folder.resolve("a.json") + ": broken JSON at line 4, column 1 (Unexpected"
                        + " end-of-input: expected close marker for Object (start marker at line: 2, column: 1))");
    }

    @Test
    void halfASurrogatePairIsNotReplaced() throws IOException {
        for (String json : List.of("{\"a\":\"x\\ud83d\"}", "{\"a\":\"\\ude00x\"}", "{\"a\":\"\\ud83dx\"}")) {
            BoundTable table = table("{\"a\":\"\\ud83d\\ude00\"}\n" + json, Map.of());
            assertThatThrownBy(() -> Rows.all(table))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ENCODING))
                    .hasMessage("Cannot read " + folder.resolve("a.json")
                            + ": text of a at line 2, column 6 is not Unicode: half of a surrogate pair is missing");
        }
        BoundTable map = table("{\"m\":{\"\\ud83d\":1}}", Map.of("columns", "m MAP<VARCHAR, BIGINT>"));
        assertThatThrownBy(() -> Rows.all(map)).hasMessageContaining("broken JSON at line 1");
        assertThat(Rows.all(table("{\"a\":\"\\ud83d\\ude00\"}", Map.of()))).hasToString("[[\uD83D\uDE00]]");
    }

    @Test
    void whatTheSampleDidNotShowIsAnErrorAndNotLost() throws IOException {
        BoundTable key = table("{\"a\":1}\n{\"a\":2,\"b\":{\"c\":1}}\n", Map.of("sample_size", 1L));
        assertThatThrownBy(() -> Rows.all(key))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.SCHEMA_MISMATCH))
                .hasMessageContaining("unknown key b at line 2, column 8")
                .hasMessageContaining("sample_size");
        BoundTable value = table("{\"r\":[{\"a\":1}]}\n{\"r\":[{\"a\":1.5}]}\n", Map.of("sample_size", 1L));
        assertThatThrownBy(() -> Rows.all(value))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_VALUE))
                .hasMessageContaining("value of r[].a at line 2, column 12 is no BIGINT (1.5)");
        assertThatThrownBy(() -> Rows.all(table("{\"a\":1,\"a\":2}\n", Map.of())))
                .hasMessageContaining("key a at line 1");
        assertThatThrownBy(() -> Rows.all(table("{\"a\":1}\n7\n", Map.of("sample_size", 1L))))
                .hasMessageContaining("value of a record at line 2");
    }

    @Test
    void formatMayBeFixed() throws IOException {
        BoundTable lines = table("[1,2]\n[3]\n", Map.of("format", "newline"));
        assertThat(columns(lines)).isEqualTo("json BIGINT ARRAY");
        assertThat(Rows.all(lines)).isEqualTo(List.of(List.of(List.of(1L, 2L)), List.of(List.of(3L))));
        assertThatThrownBy(() -> table("{\"a\":1}", Map.of("format", "array")))
                .hasMessageContaining("there is no array at line 1");
        assertThatThrownBy(() -> table("{}", Map.of("format", "xml")))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ARGUMENT));
    }

    @Test
    void veryManyKeysAreAMap() throws IOException {
        StringBuilder json = new StringBuilder("{\"m\":{");
        for (int i = 0; i < 300; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(i);
        }
        BoundTable table = table(json.append("}}\n").toString(), Map.of());
        assertThat(columns(table)).isEqualTo("m MAP<VARCHAR, BIGINT>");
        assertThat((Map<?, ?>) Rows.all(table).get(0).get(0)).hasSize(300);
    }

    @Test
    void manyRecordsOfAnArrayComeInBatches() throws IOException {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 10_000; i++) {
            json.append(i == 0 ? "" : ",\n")
                    .append("{\"n\":")
                    .append(i)
                    .append(",\"l\":[")
                    .append(i)
                    .append("]}");
        }
        BoundTable table = table(json.append("]").toString(), Map.of());
        List<List<Object>> rows = Rows.all(table);
        assertThat(rows).hasSize(10_000);
        assertThat(rows.get(9_999)).isEqualTo(List.of(9_999L, List.of(9_999L)));
        assertThat(table.rowCount()).isBetween(9_000L, 11_000L);
    }

    @Test
    void keysWithoutANameAndEndlessNestingAreSaid() {
        assertThatThrownBy(() -> table("{\"\":1,\"b\":2}", Map.of()))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageEndingWith(": a key is empty, declare columns to leave it out (\"\")");
        String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
        assertThatThrownBy(() -> table(deep, Map.of()))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("nest");
    }
}
