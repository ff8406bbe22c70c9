// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanCounters.Figure;
import io.datasetdb.store.Storage;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that no row of can match are passed over, and no others. */
class PagePrunerTest {
    private static final int ROWS = 60_000;
    private static final int PAGE_ROWS = 2_000;
    private static final ColumnPath ID = ColumnPath.of("id");

    @TempDir
    private Path folder;

    private static Predicate compare(Predicate.Operator operator, long value) {
        return new Predicate.Comparison(ID, operator, value);
    }

    private static byte[] file() {
        return TestFile.of(
                "required int64 id; required binary text (STRING);",
                ROWS,
                (group, i) -> group.append("id", (long) i).append("text", "text number " + i),
                builder -> builder.withDictionaryEncoding(false).withPageRowCountLimit(PAGE_ROWS));
    }

    private static RowRanges rows(ReadOnlyStorage storage, String file, Predicate predicate) {
        FileFooter footer = new FooterCache(0).get(storage, file);
        try (Storage.Input input = storage.open(file)) {
            return new PagePruner(
                            input, new RowGroupSplit(footer, footer.rowGroups().get(0), 0))
                    .rows(predicate);
        }
    }

    @Test
    void onlyPagesThatMayMatchAreDecoded() {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("f", file());
        Schema schema = ScanRows.schema(storage, "f");
        Predicate predicate = new Predicate.And(List.of(
                compare(Predicate.Operator.GREATER_OR_EQUAL, 30_500), compare(Predicate.Operator.LESS, 31_000)));
        assertThat(rows(storage, "f", predicate)).hasToString("[30000, 32000]");
        ParquetScan scan = new ParquetScan(
                storage,
                new FooterCache(1),
                new ColumnCache(0),
                List.of("f"),
                schema,
                ScanRows.request(schema, predicate));
        ScanCounters counters = new ScanCounters();
        long rows = 0;
        try (BatchSource source = scan.open(scan.splits().get(0), List.of(), counters)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                rows += batch.size();
            }
        }
        assertThat(rows).as("two batches have rows on the page").isEqualTo(2 * Batch.SIZE);
        assertThat(counters.get(Figure.ROWS_PRUNED)).isEqualTo(ROWS - rows);
        assertThat(counters.get(Figure.PAGES_READ)).as("of each of two columns").isLessThanOrEqualTo(6);
        assertThat(counters.get(Figure.PAGES_SKIPPED)).isGreaterThanOrEqualTo(26);
    }

    @Test
    void disjunctionsAndPointsFindTheirPages() {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("f", file());
        assertThat(rows(storage, "f", new Predicate.In(ID, List.of(5L, 59_999L))))
                .hasToString("[0, 2000, 58000, 60000]");
        Predicate either = new Predicate.Or(
                List.of(compare(Predicate.Operator.LESS, 10), compare(Predicate.Operator.GREATER, 57_999)));
        assertThat(rows(storage, "f", either)).hasToString("[0, 2000, 58000, 60000]");
        assertThat(rows(storage, "f", new Predicate.IsNull(ID)).isEmpty()).isTrue();
        assertThat(rows(storage, "f", new Predicate.IsNotNull(ID))).hasToString("[0, 60000]");
        Predicate text = new Predicate.StartsWith(ColumnPath.of("text"), "text number 57");
        assertThat(rows(storage, "f", text).size()).isLessThan(ROWS / 2);
    }

    @Test
    void aMalformedIndexPrunesNothing() {
        byte[] content = file();
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("f", content);
        RowGroupFooter group = new FooterCache(0).get(storage, "f").rowGroups().get(0);
        RowGroupFooter.PageIndexes places = group.pageIndexes(new String[] {"id"});
        assertThat(places).isNotNull();
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = content.clone();
            int at = (int) places.offsetIndex() + random.nextInt(places.offsetIndexLength());
            damaged[at] = (byte) random.nextInt();
            damaged[(int) places.columnIndex()] = 0x7f;
            storage.put("f", damaged);
            assertThat(rows(storage, "f", compare(Predicate.Operator.EQUAL, 5))).hasToString("[0, 60000]");
        }
    }

    @Test
    void noMatchingRowIsOnAPageThatIsPassedOver() throws IOException {
        long start = Long.getLong("datasetdb.seed", 41_000L);
        long kept = 0;
        long all = 0;
        for (long seed = start; seed < start + 60; seed++) {
            Path file = folder.resolve("f" + seed + ".parquet");
            Random random = new Random(seed);
            String layout = new RandomFile(seed).write(file, 300, Integer.MAX_VALUE);
            ReadOnlyStorage storage = new ReadOnlyStorage();
            Schema schema = ScanRows.schema(storage, file.toString());
            List<List<@Nullable Object>> rows = ScanRows.read(storage, file.toString());
            long groupRows = new FooterCache(0)
                    .get(storage, file.toString())
                    .rowGroups()
                    .get(0)
                    .rowCount();
            for (int i = 0; i < 30; i++) {
                Predicate predicate = PushdownTest.predicate(schema, rows, random, 2);
                RowRanges ranges = rows(storage, file.toString(), predicate);
                kept += ranges.size();
                all += groupRows;
                for (int row = 0; row < groupRows; row++) {
                    if (PushdownTest.matches(predicate, schema, rows.get(row))) {
                        assertThat(ranges.overlaps(row, row + 1L))
                                .as("seed " + seed + " row " + row + " " + PushdownTest.show(predicate) + " " + layout)
                                .isTrue();
                    }
                }
            }
            Files.delete(file);
        }
        assertThat(kept).as("some pages are passed over").isLessThan(all * 99 / 100);
    }
}
