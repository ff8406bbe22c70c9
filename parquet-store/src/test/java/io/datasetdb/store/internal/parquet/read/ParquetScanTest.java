// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParquetScanTest {
    private final ReadOnlyStorage storage = new ReadOnlyStorage();
    private final FooterCache footers = new FooterCache(10);

    private Scan scan(Schema schema, ColumnPath... columns) {
        return new ParquetScan(
                storage, footers, new ColumnCache(0), List.of("x"), schema, ScanRequest.of(List.of(columns)));
    }

    private List<Batch> batches(Scan scan) {
        List<Batch> result = new ArrayList<>();
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    result.add(batch);
                }
                assertThat(source.next()).isNull();
            }
        }
        return result;
    }

    private List<List<@Nullable Object>> rows(Schema schema, ColumnPath... columns) {
        return ScanRows.read(storage, List.of("x"), schema, ScanRequest.of(List.of(columns)));
    }

    @Test
    void rowGroupsAreCutIntoBatchesOfTheUsualSize() {
        storage.put("x", TestFile.of("required int64 a; optional binary b (STRING);", 5000, (row, i) -> {
            row.add("a", (long) i);
            if (i % 3 != 0) {
                row.add("b", "b" + i);
            }
        }));
        Schema schema = ScanRows.schema(storage, "x");
        List<Batch> batches = batches(scan(schema, ColumnPath.of("b"), ColumnPath.of("a")));
        assertThat(batches).extracting(Batch::rowCount).containsExactly(2048, 2048, 904);
        assertThat(batches.get(1).column(1).getObject(0)).isEqualTo(2048L);
        assertThat(batches.get(1).column(0).getObject(0)).isEqualTo("b2048");
        assertThat(batches.get(2).column(0).getObject(2)).isNull();
        assertThat(storage.open).hasValue(0);
    }

    @Test
    void scanWithoutColumnsCountsRowsWithoutOpeningTheFileAgain() {
        storage.put("x", TestFile.of("required int64 a;", 3000, (row, i) -> row.add("a", (long) i)));
        Schema schema = ScanRows.schema(storage, "x");
        Scan scan = scan(schema);
        assertThat(scan.splits()).extracting(Scan.Split::rowCount).containsExactly(3000L);
        int opened = storage.opened.get();
        assertThat(batches(scan)).extracting(Batch::size).containsExactly(2048, 952);
        assertThat(storage.opened).hasValue(opened);
    }

    @Test
    void onlyTheBytesOfRequestedColumnsAreRead() {
        storage.put(
                "x",
                TestFile.of(
                        "required int64 a; required binary big;",
                        1000,
                        (row, i) -> {
                            row.add("a", (long) i);
                            row.add(
                                    "big",
                                    org.apache.parquet.io.api.Binary.fromConstantByteArray(new byte[1000 + i % 7]));
                        },
                        builder -> builder.withDictionaryEncoding(false)));
        Schema schema = ScanRows.schema(storage, "x");
        storage.bytesRead.set(0);
        batches(scan(schema, ColumnPath.of("a")));
        assertThat(storage.bytesRead.get()).isLessThan(100_000);
    }

    @Test
    void dictionaryStaysADictionarySharedByAllBatches() {
        storage.put("x", TestFile.of("optional binary s (STRING);", 5000, (row, i) -> {
            if (i % 5 != 0) {
                row.add("s", "value " + i % 4);
            }
        }));
        List<Batch> batches = batches(scan(ScanRows.schema(storage, "x"), ColumnPath.of("s")));
        DictionaryVector first = (DictionaryVector) batches.get(0).column(0);
        DictionaryVector last = (DictionaryVector) batches.get(2).column(0);
        assertThat(last.dictionary()).isSameAs(first.dictionary());
        assertThat(first.dictionary().size()).isEqualTo(4);
        assertThat(first.getObject(0)).isNull();
        assertThat(first.getObject(6)).isEqualTo("value 2");
    }

    @Test
    void batchThatStartsWithADictionaryAndGoesOnWithoutComesOutPlain() {
        storage.put(
                "x",
                TestFile.of(
                        "optional int64 v;",
                        20_000,
                        (row, i) -> {
                            if (i % 7 != 0) {
                                row.add("v", i * 1_000_003L);
                            }
                        },
                        builder -> builder.withDictionaryPageSize(4000).withPageRowCountLimit(300)));
        List<Batch> batches = batches(scan(ScanRows.schema(storage, "x"), ColumnPath.of("v")));
        assertThat(batches.get(0).column(0)).isInstanceOfAny(DictionaryVector.class, LongVector.class);
        assertThat(batches.get(batches.size() - 1).column(0)).isInstanceOf(LongVector.class);
        int row = 0;
        for (Batch batch : batches) {
            for (int i = 0; i < batch.rowCount(); i++, row++) {
                assertThat(batch.column(0).getObject(i)).isEqualTo(row % 7 == 0 ? null : (Object) (row * 1_000_003L));
            }
        }
    }

    private void putFiles() {
        storage.put(
                "x",
                TestFile.of(
                        "optional group file { optional binary path (STRING); required int64 size;"
                                + " optional group owner { required int32 id; } }",
                        4,
                        (row, i) -> {
                            if (i == 0) {
                                return;
                            }
                            var file = row.addGroup("file");
                            file.add("size", 100L + i);
                            if (i > 1) {
                                file.add("path", "p" + i);
                            }
                            if (i > 2) {
                                file.addGroup("owner").add("id", i);
                            }
                        }));
    }

    @Test
    void fieldsOfRowsAreNullWhereARowOnTheWayIs() {
        putFiles();
        Schema schema = ScanRows.schema(storage, "x");
        Scan scan = scan(schema, ColumnPath.of("file", "size"), ColumnPath.of("file", "owner", "id"));
        assertThat(scan.schema())
                .isEqualTo(
                        Schema.of(Field.of("file.size", DataType.BIGINT), Field.of("file.owner.id", DataType.INTEGER)));
        assertThat(rows(schema, ColumnPath.of("file", "size"), ColumnPath.of("file", "owner", "id")))
                .containsExactly(
                        Arrays.asList(null, null),
                        Arrays.asList(101L, null),
                        Arrays.asList(102L, null),
                        Arrays.asList(103L, 3));
    }

    @Test
    void nullRowDiffersFromRowOfNulls() {
        putFiles();
        Schema schema = ScanRows.schema(storage, "x");
        assertThat(rows(schema, ColumnPath.of("file"), ColumnPath.of("file", "owner")))
                .containsExactly(
                        Arrays.asList(null, null),
                        Arrays.asList(Arrays.asList(null, 101L, null), null),
                        Arrays.asList(Arrays.asList("p2", 102L, null), null),
                        Arrays.asList(Arrays.asList("p3", 103L, List.of(3)), List.of(3)));
    }

    @Test
    void fieldsThatTheFileLacksAreNull() {
        putFiles();
        DataType owner = DataType.row(Field.of("name", DataType.VARCHAR));
        Schema schema = Schema.of(
                Field.of("file", DataType.row(Field.of("SIZE", DataType.BIGINT), Field.of("owner", owner))),
                Field.of("added", DataType.array(DataType.REAL)));
        assertThat(rows(schema, ColumnPath.of("file"), ColumnPath.of("added")))
                .containsExactly(
                        Arrays.asList(null, null),
                        Arrays.asList(Arrays.asList(101L, null), null),
                        Arrays.asList(Arrays.asList(102L, null), null),
                        Arrays.asList(Arrays.asList(103L, Arrays.asList((Object) null)), null));
        assertThat(batches(scan(schema, ColumnPath.of("added"))).get(0).column(0))
                .isInstanceOf(ConstantVector.class);
    }

    @Test
    void emptyListDiffersFromNullListAndFromListOfNull() {
        storage.put(
                "x",
                TestFile.of(
                        "optional group l (LIST) { repeated group list { optional int32 element; } }", 4, (row, i) -> {
                            if (i > 0) {
                                var list = row.addGroup("l");
                                for (int j = 1; j < i; j++) {
                                    var element = list.addGroup(0);
                                    if (j > 1) {
                                        element.add(0, j);
                                    }
                                }
                            }
                        }));
        assertThat(rows(ScanRows.schema(storage, "x"), ColumnPath.of("l")))
                .containsExactly(
                        Arrays.asList((Object) null),
                        List.of(List.of()),
                        List.of(Arrays.asList((Object) null)),
                        List.of(Arrays.asList(null, 2)));
    }

    @Test
    void narrowerTypesWiden() {
        storage.put(
                "x",
                TestFile.of(
                        "required int32 i; required int32 t (INTEGER(8,true)); required float f; required int32 d"
                                + " (DECIMAL(5,2)); required binary s (STRING); optional group l (LIST) { repeated int32"
                                + " element; }",
                        3,
                        (row, i) -> {
                            row.add("i", i - 1);
                            row.add("t", -i);
                            row.add("f", i + 0.5f);
                            row.add("d", i * 100 + 1);
                            row.add("s", "s" + i);
                            row.addGroup("l").add(0, i);
                        }));
        Schema schema = Schema.of(
                Field.of("i", DataType.BIGINT),
                Field.of("t", DataType.decimal(10, 1)),
                Field.of("f", DataType.DOUBLE),
                Field.of("d", DataType.decimal(30, 4)),
                Field.of("s", DataType.VARBINARY),
                Field.of("l", DataType.array(DataType.DOUBLE)));
        List<List<@Nullable Object>> rows =
                ScanRows.read(storage, List.of("x"), schema, ScanRows.request(schema, null));
        assertThat(rows.get(2).subList(0, 4))
                .containsExactly(1L, new BigDecimal("-2.0"), 2.5, new BigDecimal("2.0100"));
        assertThat(rows.get(2).get(4)).isEqualTo("s2".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.get(2).get(5)).isEqualTo(List.of(2.0));
    }

    @Test
    void otherTypesAreRefused() {
        storage.put("x", TestFile.of("required int64 a;", 1, (row, i) -> row.add("a", 1L)));
        Schema schema = Schema.of(Field.of("a", DataType.INTEGER));
        DatasetDbException error =
                catchThrowableOfType(DatasetDbException.class, () -> rows(schema, ColumnPath.of("a")));
        assertThat(error.code()).isEqualTo(StoreError.UNSUPPORTED_FILE);
        assertThat(error).hasMessage("Cannot read column a of x: its type is BIGINT, which does not widen to INTEGER");
        assertThat(storage.open).hasValue(0);
    }

    @Test
    void columnThatMustNotBeNullMayNotBeMissingNorHoldNulls() {
        storage.put("x", TestFile.of("optional int64 a;", 3, (row, i) -> {
            if (i > 0) {
                row.add("a", 1L);
            }
        }));
        Schema missing = Schema.of(Field.required("b", DataType.BIGINT));
        assertThat(catchThrowableOfType(DatasetDbException.class, () -> rows(missing, ColumnPath.of("b"))))
                .hasMessage("Cannot read column b of x: the file lacks the column, which must not be NULL");
        Schema nulls = Schema.of(Field.required("a", DataType.BIGINT));
        assertThat(catchThrowableOfType(DatasetDbException.class, () -> rows(nulls, ColumnPath.of("a"))))
                .hasMessage("Cannot read column a of x: it holds a NULL, which it must not");
    }

    @Test
    void filesAreReadInOrderAndOneMayLackColumns() {
        storage.put("x", TestFile.of("required int64 a;", 2, (row, i) -> row.add("a", (long) i)));
        storage.put("y", TestFile.of("required int64 a; required int64 b;", 2, (row, i) -> {
            row.add("a", 10L + i);
            row.add("b", 20L + i);
        }));
        Schema schema = Schema.of(Field.of("a", DataType.BIGINT), Field.of("b", DataType.BIGINT));
        assertThat(ScanRows.read(storage, List.of("y", "x"), schema, ScanRows.request(schema, null)))
                .containsExactly(
                        List.of(10L, 20L), List.of(11L, 21L), Arrays.asList(0L, null), Arrays.asList(1L, null));
    }

    @Test
    void rowsThatAreVeryLargeComeInSmallerBatches() {
        byte[] large = new byte[3 << 20];
        storage.put(
                "x",
                TestFile.of(
                        "required binary b;",
                        60,
                        (row, i) -> row.add("b", org.apache.parquet.io.api.Binary.fromConstantByteArray(large)),
                        builder ->
                                builder.withDictionaryEncoding(false).withCompressionCodec(CompressionCodecName.ZSTD)));
        List<Batch> batches = batches(scan(ScanRows.schema(storage, "x"), ColumnPath.of("b")));
        assertThat(batches).hasSizeGreaterThan(1).extracting(Batch::rowCount).allMatch(rows -> rows < 30);
        assertThat(batches.stream().mapToInt(Batch::rowCount).sum()).isEqualTo(60);
    }

    @Test
    void sourceMayBeClosedEarlyAndTwice() {
        storage.put("x", TestFile.of("required int64 a;", 5000, (row, i) -> row.add("a", (long) i)));
        Scan scan = scan(ScanRows.schema(storage, "x"), ColumnPath.of("a"));
        BatchSource source = scan.open(scan.splits().get(0));
        assertThat(source.next()).isNotNull();
        assertThat(storage.open).hasValue(1);
        source.close();
        source.close();
        assertThat(storage.open).hasValue(0);
        assertThat(source.next()).isNull();
    }

    @Test
    void footerCacheForgetsTheOldestAndNoticesReplacedFiles() {
        FooterCache cache = new FooterCache(1);
        storage.put("x", TestFile.of("required int64 a;", 1, (row, i) -> row.add("a", 1L)));
        storage.put("y", TestFile.of("required int64 a;", 1, (row, i) -> row.add("a", 1L)));
        FileFooter first = cache.get(storage, "x");
        assertThat(cache.get(storage, "x")).isSameAs(first);
        cache.get(storage, "y");
        assertThat(cache.get(storage, "x")).isNotSameAs(first);
        FileFooter again = cache.get(storage, "x");
        storage.put("x", TestFile.of("required int64 b;", 1, (row, i) -> row.add("b", 1L)));
        assertThat(cache.get(storage, "x").schema().field(0).name()).isEqualTo("b");
        assertThat(again.rowCount()).isEqualTo(1);
    }
}
