// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanCounters.Figure;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Filters inside a scan: only rows that pass come back, and what nobody needs is not decoded. */
class RowFilterTest {
    private static final int ROWS = 60_000;
    private static final byte[] FILE = TestFile.of(
            "required int64 id; required int64 other; required binary text (STRING);",
            ROWS,
            (group, i) -> group.append("id", (long) i).append("other", i * 7L).append("text", "text number " + i),
            builder -> builder.withDictionaryEncoding(false).withPageRowCountLimit(2_000));

    private final ReadOnlyStorage storage = new ReadOnlyStorage();
    private final ScanCounters counters = new ScanCounters();

    /** A filter over one column of numbers that counts how many rows it was asked about. */
    private static final class Numbers implements RowFilter {
        private final int column;
        private final LongPredicate test;
        private long asked;

        Numbers(int column, LongPredicate test) {
            this.column = column;
            this.test = test;
        }

        @Override
        public List<Integer> columns() {
            return List.of(column);
        }

        @Override
        public Selection filter(Batch batch, Selection selection) {
            assertThat(batch.columns()).hasSize(1);
            asked += selection.size();
            long[] values = ((LongVector) batch.column(0)).values();
            int[] positions = new int[selection.size()];
            int count = 0;
            for (int i = 0; i < selection.size(); i++) {
                if (test.test(values[selection.position(i)])) {
                    positions[count++] = selection.position(i);
                }
            }
            return Selection.of(positions, count);
        }
    }

    private ParquetScan scan(@Nullable Predicate predicate) {
        storage.put("f", FILE);
        Schema schema = ScanRows.schema(storage, "f");
        return new ParquetScan(
                storage,
                new FooterCache(8),
                new ColumnCache(0),
                List.of("f"),
                schema,
                ScanRows.request(schema, predicate));
    }

    private List<Object> texts(RowFilter... filters) {
        List<Object> result = new ArrayList<>();
        ParquetScan scan = scan(null);
        for (var split : scan.splits()) {
            try (BatchSource source = scan.open(split, List.of(filters), counters)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    for (int i = 0; i < batch.size(); i++) {
                        result.add(batch.column(2).getObject(batch.selection().position(i)));
                    }
                }
            }
        }
        assertThat(storage.open).hasValue(0);
        return result;
    }

    @Test
    void otherColumnsAreReadOnlyWhereRowsPass() {
        assertThat(texts(new Numbers(0, id -> id == 31_000 || id == 31_001)))
                .containsExactly("text number 31000", "text number 31001");
        assertThat(counters.get(Figure.ROWS_READ)).isEqualTo(ROWS);
        assertThat(counters.get(Figure.ROWS_DROPPED)).isEqualTo(ROWS - 2);
        // All 30 pages of the filter's column, one or two of each other column; those behind are not even looked at.
        assertThat(counters.get(Figure.PAGES_READ)).isBetween(32L, 34L);
        assertThat(counters.get(Figure.PAGES_SKIPPED)).isBetween(28L, 30L);
        assertThat(counters.get(Figure.SPLITS_READ)).isEqualTo(1);
    }

    @Test
    void laterFiltersSeeOnlyWhatEarlierOnesPassed() {
        Numbers first = new Numbers(0, id -> id % 1000 == 0);
        Numbers second = new Numbers(1, other -> other == 7 * 5000);
        assertThat(texts(first, second)).containsExactly("text number 5000");
        assertThat(first.asked).isEqualTo(ROWS);
        assertThat(second.asked).isEqualTo(60);
    }

    @Test
    void noRowLeftIsTheEnd() {
        assertThat(texts(new Numbers(0, id -> false))).isEmpty();
        assertThat(counters.get(Figure.PAGES_READ)).isEqualTo(30);
        assertThat(counters.get(Figure.ROWS_DROPPED)).isEqualTo(ROWS);
    }

    @Test
    void splitsCanBeRefusedOnceTheyAreKnown() {
        ParquetScan scan = scan(null);
        var id = io.datasetdb.store.ColumnPath.of("id");
        assertThat(scan.mayMatch(
                        scan.splits().get(0), new Predicate.Comparison(id, Predicate.Operator.EQUAL, (long) ROWS)))
                .isFalse();
        assertThat(scan.mayMatch(scan.splits().get(0), new Predicate.Comparison(id, Predicate.Operator.EQUAL, 5L)))
                .isTrue();
    }

    /** Numbers of which none is 100, and which says so of a dictionary. */
    private record Hundreds(AtomicInteger asked) implements RowFilter {
        @Override
        public List<Integer> columns() {
            return List.of(0);
        }

        @Override
        public Selection filter(Batch batch, Selection selection) {
            throw new AssertionError("no row need be asked about");
        }

        @Override
        public boolean rejectsAll(Vector dictionary) {
            asked.incrementAndGet();
            for (int i = 0; i < dictionary.size(); i++) {
                if (Long.valueOf(100).equals(dictionary.getObject(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void aDictionaryWithoutAPassingEntrySparesEveryPage() {
        storage.put(
                "coded",
                TestFile.of(
                        "required int64 id; required int64 other;",
                        20_000,
                        (group, i) -> group.append("id", (long) i % 50).append("other", i * 7L)));
        Schema schema = ScanRows.schema(storage, "coded");
        ParquetScan scan = new ParquetScan(
                storage,
                new FooterCache(8),
                new ColumnCache(0),
                List.of("coded"),
                schema,
                ScanRows.request(schema, null));
        Hundreds filter = new Hundreds(new AtomicInteger());
        try (BatchSource source = scan.open(scan.splits().get(0), List.of(filter), counters)) {
            assertThat(source.next()).isNull();
        }
        assertThat(filter.asked).hasValue(1);
        assertThat(counters.get(Figure.SPLITS_PRUNED)).isEqualTo(1);
        assertThat(counters.get(Figure.SPLITS_READ)).isZero();
        assertThat(counters.get(Figure.PAGES_READ)).isZero();
        assertThat(counters.get(Figure.ROWS_PRUNED)).isEqualTo(20_000);
    }

    /** Passes every row, whatever its only column holds. */
    private record Everything(List<Integer> columns) implements RowFilter {
        @Override
        public Selection filter(Batch batch, Selection selection) {
            return selection;
        }
    }

    @Test
    void severalFiltersThatAskForOneDictionaryLoseNoRow() {
        storage.put(
                "coded",
                TestFile.of(
                        "required int64 id; required int64 other;",
                        20_000,
                        (group, i) -> group.append("id", (long) i % 50).append("other", i * 7L),
                        builder -> builder.withPageRowCountLimit(1_000)));
        Schema schema = ScanRows.schema(storage, "coded");
        ParquetScan scan = new ParquetScan(
                storage,
                new FooterCache(8),
                new ColumnCache(0),
                List.of("coded"),
                schema,
                ScanRows.request(schema, null));
        RowFilter filter = new Everything(List.of(0));
        long row = 0;
        try (BatchSource source = scan.open(scan.splits().get(0), List.of(filter, filter, filter, filter), counters)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                for (int i = 0; i < batch.rowCount(); i++, row++) {
                    assertThat(batch.column(0).getObject(i)).isEqualTo(row % 50);
                    assertThat(batch.column(1).getObject(i)).isEqualTo(row * 7);
                }
            }
        }
        assertThat(row).isEqualTo(20_000);
    }
}
