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
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCsvTest {
    @TempDir
    private Path folder;

    private final LocalFiles store = new LocalFiles();

    @AfterEach
    void everyInputIsClosed() {
        assertThat(store.open()).isZero();
    }

    private BoundTable table(String content, Map<String, Object> options) throws IOException {
        return table(content.getBytes(StandardCharsets.UTF_8), "a.csv", options);
    }

    private BoundTable table(byte[] content, String name, Map<String, Object> options) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return Rows.bind(store, "read_csv", file.toString(), options);
    }

    private List<List<Object>> rows(String content, Map<String, Object> options) throws IOException {
        return Rows.all(table(content, options));
    }

    private static String columns(BoundTable table) {
        return String.join(
                ", ", table.schema().fields().stream().map(Field::toString).toList());
    }

    @Test
    void quotesMayHoldAnything() throws IOException {
        assertThat(rows("a,b\n\"x\ny\",\"1,\"\"2\"\"\"\r\n\"\r\n\",\"\"\n", Map.of("header", true)))
                .isEqualTo(List.of(List.of("x\ny", "1,\"2\""), List.of("\r\n", "")));
    }

    @Test
    void emptyFieldIsNullUnlessATextColumnHasItQuoted() throws IOException {
        assertThat(rows("a,b\nx,1\n,\n\"\",\"\"\n", Map.of()))
                .isEqualTo(List.of(List.of("x", 1L), Arrays.asList(null, null), Arrays.asList("", null)));
    }

    @Test
    void nullstrIsNullOnlyUnquoted() throws IOException {
        assertThat(rows("a,b\nNA,NA\n\"NA\",2\n,3\n", Map.of("nullstr", "NA")))
                .isEqualTo(List.of(Arrays.asList(null, null), List.of("NA", 2L), List.of("", 3L)));
    }

    @Test
    void lineEndsMayBeMixedAndTheLastMayBeMissing() throws IOException {
        List<List<Object>> expected = List.of(List.of(1L, 2L), List.of(3L, 4L), List.of(5L, 6L));
        assertThat(rows("a,b\r\n1,2\n3,4\r5,6", Map.of())).isEqualTo(expected);
        assertThat(rows("\uFEFFa,b\r1,2\r\r3,4\r5,6\r", Map.of())).isEqualTo(expected);
    }

    @Test
    void escapeMayBeABackslash() throws IOException {
        assertThat(rows("a,b\n1,\"x\\\"y\\\\z\\n\"\n", Map.of("escape", "\\", "header", true)))
                .isEqualTo(List.of(List.of(1L, "x\"y\\z\\n")));
    }

    @Test
    void withoutQuotesAQuoteIsACharacter() throws IOException {
        assertThat(rows("a,b\n\"x,y\n", Map.of("quote", "", "header", true))).isEqualTo(List.of(List.of("\"x", "y")));
    }

    @Test
    void declaredColumnsHaveTheirNamesAndTypes() throws IOException {
        String columns = "id INTEGER, price DECIMAL(10, 2), day DATE, name VARCHAR";
        BoundTable table = table("a,b,c,d\n007,1.5,2024-01-31,x\n", Map.of("columns", columns));
        assertThat(columns(table)).isEqualTo("id INTEGER, price DECIMAL(10, 2), day DATE, name VARCHAR");
        assertThat(Rows.all(table).toString()).isEqualTo("[[7, 1.50, 2024-01-31, x]]");
        assertThat(rows("1,2\n3,4\n", Map.of("columns", "p INTEGER, q VARCHAR")))
                .isEqualTo(List.of(List.of(1, "2"), List.of(3, "4")));
    }

    @Test
    void nestedColumnsAreRefused() {
        assertThatThrownBy(() -> table("a\n1\n", Map.of("columns", "a INTEGER ARRAY")))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_TYPE))
                .hasMessageContaining("INTEGER ARRAY");
    }

    @Test
    void raggedLineNamesFileLineAndCounts() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n\"x\ny\",3\n1,2,3\n", Map.of()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_FILE))
                .hasMessage("Cannot read " + folder.resolve("a.csv") + ": line 5 has 3 fields and not 2");
        assertThatThrownBy(() -> rows("a,b\n1,2\n1\n", Map.of())).hasMessageContaining("line 3 has 1 fields and not 2");
    }

    @Test
    void valueThatDoesNotFitNamesItsPlace() throws IOException {
        BoundTable guessed = table("a,b\n1,2\n3,x\n", Map.of("sample_size", 1L));
        assertThatThrownBy(() -> Rows.all(guessed))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22018"))
                .hasMessage(
                        "Cannot read " + folder.resolve("a.csv") + ": value of column b in line 3 is no BIGINT ('x');"
                                + " the type was guessed from a sample, declare it with columns or enlarge sample_size");
        BoundTable declared = table("a,b\n1,2\n3,300\n", Map.of("columns", "a INTEGER, b TINYINT", "header", true));
        assertThatThrownBy(() -> Rows.all(declared))
                .hasMessage("Cannot read " + folder.resolve("a.csv")
                        + ": value of column b in line 3 is no TINYINT ('300')");
    }

    @Test
    void quotesThatDoNotMatchNameTheirLine() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n\"x,3\n4,5\n", Map.of("delimiter", ",")))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_FILE))
                .hasMessageEndingWith("a quote is not closed in line 3");
        assertThatThrownBy(() -> rows("a,b\n1,2\n\"x\"y,3\n", Map.of("delimiter", ",")))
                .hasMessageEndingWith("text after a closing quote in line 3");
    }

    @Test
    void otherEncodingsAreRefused() {
        byte[] latin = "a,b\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Rows.all(table(latin, "l.csv", Map.of())))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ENCODING))
                .hasMessageContaining("value of column b in line 2 is not UTF-8");
        assertThatThrownBy(() -> table("a,b\n".getBytes(StandardCharsets.UTF_16), "u.csv", Map.of()))
                .hasMessageEndingWith("the file is UTF-16 and not UTF-8");
    }

    @Test
    void delimitersMustBeOneByte() {
        assertThatThrownBy(() -> table("a\n", Map.of("delimiter", "||")))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ARGUMENT))
                .hasMessage("Cannot read CSV: delimiter must be one ASCII character (||)");
    }

    @Test
    void countsMustBeCounts() {
        for (Map<String, Object> options : List.<Map<String, Object>>of(
                Map.of("skip", -1L), Map.of("sample_size", 0L), Map.of("sample_size", -2L))) {
            assertThatThrownBy(() -> table("a\n1\n", options))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ARGUMENT))
                    .hasMessageStartingWith(
                            "Cannot read files: " + options.keySet().iterator().next() + " must ");
        }
    }

    @Test
    void onlyAskedColumnsAreReadInTheAskedOrder() throws IOException {
        BoundTable table = table("a,b,c\n1,x,2.5\n3,y,4.5\n", Map.of());
        assertThat(Rows.read(table, ColumnPath.of("c"), ColumnPath.of("a"), ColumnPath.of("c")))
                .isEqualTo(List.of(List.of(2.5, 1L, 2.5), List.of(4.5, 3L, 4.5)));
        assertThat(Rows.read(table)).isEqualTo(List.of(List.of(), List.of()));
    }

    @Test
    void emptyFilesAreEmptyTables() throws IOException {
        BoundTable none = table("", Map.of());
        assertThat(columns(none)).isEqualTo("column0 VARCHAR");
        assertThat(Rows.all(none)).isEmpty();
        BoundTable header = table("a,b\n", Map.of());
        assertThat(columns(header)).isEqualTo("a VARCHAR, b VARCHAR");
        assertThat(Rows.all(header)).isEmpty();
    }

    @Test
    void packedFilesAreUnpackedByTheirExtension() throws IOException {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int i = 0; i < 100_000; i++) {
            csv.append(i).append(",text ").append(i).append('\n');
        }
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
        }
        BoundTable table = table(gzip.toByteArray(), "a.csv.gz", Map.of());
        assertThat(Rows.all(table)).hasSize(100_000).last().isEqualTo(List.of(99_999L, "text 99999"));
        assertThat(table.rowCount()).isEqualTo(-1);
        byte[] zstd = com.github.luben.zstd.Zstd.compress(csv.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(Rows.all(table(zstd, "a.csv.zst", Map.of()))).hasSize(100_000);
        byte[] broken = Arrays.copyOf(gzip.toByteArray(), gzip.size() / 2);
        assertThatThrownBy(() -> Rows.all(table(broken, "b.csv.gz", Map.of())))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.READ_FAILED))
                .hasMessageContaining("b.csv.gz");
    }

    @Test
    void severalFilesAreOneTableWithColumnsByName() throws IOException {
        Files.writeString(folder.resolve("1.csv"), "a,b\n1,x\n");
        Files.writeString(folder.resolve("2.csv"), "B,c,A\ny,0,2.5\n");
        BoundTable table = Rows.bind(store, "read_csv", folder + "/?.csv", Map.of());
        assertThat(columns(table)).isEqualTo("a DOUBLE, b VARCHAR");
        assertThat(Rows.all(table)).isEqualTo(List.of(List.of(1.0, "x"), List.of(2.5, "y")));
        assertThat(table.inputs()).containsExactly("file://" + folder + "/?.csv");
        Files.writeString(folder.resolve("3.csv"), "a\n1\n");
        assertThatThrownBy(() -> Rows.bind(store, "read_csv", folder + "/?.csv", Map.of()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.SCHEMA_MISMATCH))
                .hasMessage("Cannot read " + folder + "/3.csv: the header has no column b (line 1)");
        assertThatThrownBy(() -> Rows.bind(store, "read_csv", folder + "/*.tsv", Map.of()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("58P01"));
    }

    @Test
    void recordsAcrossWindowsAreWhole() throws IOException {
        long seed = 3;
        Random random = new Random(seed);
        List<List<Object>> expected = new ArrayList<>();
        StringBuilder csv = new StringBuilder("n,t\n");
        for (int i = 0; i < 400; i++) {
            String text = "äöü \"quoted\", \n".repeat(random.nextInt(1_000));
            expected.add(Arrays.asList((long) i, text));
            csv.append(i).append(",\"").append(text.replace("\"", "\"\"")).append("\"\r\n");
        }
        assertThat(csv.length()).isGreaterThan(2 << 20);
        assertThat(rows(csv.toString(), Map.of())).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void estimateOfRowsIsNearTheTruth() throws IOException {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int i = 100_000; i < 200_000; i++) {
            csv.append(i).append(",x\n");
        }
        assertThat(table(csv.toString(), Map.of()).rowCount()).isBetween(99_000L, 101_000L);
    }

    @Test
    void skippedLinesMayHoldAnything() throws IOException {
        assertThat(rows("# made \"by hand\n#\na;b\n1;2\n", Map.of("skip", 2L))).isEqualTo(List.of(List.of(1L, 2L)));
    }

    @Test
    void scanMayBeReadAgainAndBySeveralThreads() throws IOException {
        BoundTable table = table("a\n1\n2\n", Map.of());
        List<List<Object>> expected = List.of(List.of(1L), List.of(2L));
        List<List<List<Object>>> results = java.util.stream.IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> Rows.all(table))
                .toList();
        assertThat(results).allMatch(expected::equals);
    }

    @Test
    void allVarcharTakesTextsAsTheyAre() throws IOException {
        BoundTable table = table("a,b\n007,2024-01-01\n", Map.of("all_varchar", true, "header", true));
        assertThat(table.schema().field(0).type()).isEqualTo(DataType.VARCHAR);
        assertThat(Rows.all(table)).isEqualTo(List.of(List.of("007", "2024-01-01")));
    }
}
