// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanCounters.Figure;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans that share a cache of decoded columns. */
class KeptColumnsTest {
    private static final int ROWS = 10_000;

    private final ReadOnlyStorage storage = new ReadOnlyStorage();
    private final FooterCache footers = new FooterCache(8);
    private final ColumnCache cache = new ColumnCache(64 << 20);
    private ScanCounters counters = new ScanCounters();

    private static byte[] file(long offset) {
        return TestFile.of(
                "required int64 id; optional binary text (STRING); repeated int32 list;", ROWS, (group, i) -> {
                    group.append("id", i + offset);
                    if (i % 3 > 0) {
                        group.append("text", "t" + (i + offset) % 50);
                    }
                    for (int j = 0; j < i % 4; j++) {
                        group.append("list", j);
                    }
                });
    }

    @BeforeEach
    void putFile() {
        storage.version.set(1);
        storage.put("f", file(0));
    }

    private Scan scan(Schema schema, boolean keepsColumns) {
        ScanRequest request = ScanRows.request(schema, null);
        return new ParquetScan(
                storage, footers, cache, List.of("f"), schema, new ScanRequest(request.columns(), null, keepsColumns));
    }

    private Scan scan() {
        return scan(footers.get(storage, "f").schema(), true);
    }

    private List<List<@Nullable Object>> rows(Scan scan, RowFilter... filters) {
        counters = new ScanCounters();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split, List.of(filters), counters)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    ScanRows.append(batch.compact(), scan.schema(), rows);
                }
            }
        }
        assertThat(storage.open).hasValue(0);
        return rows;
    }

    /** Passes rows whose number lies within bounds. */
    private record Between(long from, long to) implements RowFilter {
        @Override
        public List<Integer> columns() {
            return List.of(0);
        }

        @Override
        public Selection filter(Batch batch, Selection selection) {
            long[] values = ((LongVector) batch.column(0)).values();
            int[] positions = new int[selection.size()];
            int count = 0;
            for (int i = 0; i < selection.size(); i++) {
                long value = values[selection.position(i)];
                if (value >= from && value < to) {
                    positions[count++] = selection.position(i);
                }
            }
            return Selection.of(positions, count);
        }
    }

    @Test
    void aSecondReadDecodesNothing() {
        List<List<@Nullable Object>> first = rows(scan());
        assertThat(counters.get(Figure.CHUNKS_READ)).isEqualTo(3);
        assertThat(rows(scan())).isEqualTo(first).hasSize(ROWS);
        assertThat(counters.get(Figure.CHUNKS_CACHED)).isEqualTo(3);
        assertThat(counters.get(Figure.BYTES_READ)).isZero();
        assertThat(counters.get(Figure.PAGES_READ)).isZero();
        assertThat(cache.bytes()).isPositive();
    }

    @Test
    void filtersSeeTheSameRowsKeptOrNot() {
        List<List<@Nullable Object>> first = rows(scan(), new Between(5_000, 5_010));
        assertThat(first).hasSize(10);
        assertThat(counters.get(Figure.CHUNKS_READ)).isEqualTo(3);
        assertThat(rows(scan(), new Between(5_000, 5_010))).isEqualTo(first);
        assertThat(counters.get(Figure.CHUNKS_CACHED))
                .as("columns that were passed over are not whole")
                .isEqualTo(1);
        List<List<@Nullable Object>> all = rows(scan());
        assertThat(rows(scan(), new Between(5_000, 5_010))).isEqualTo(first).isEqualTo(all.subList(5_000, 5_010));
        assertThat(counters.get(Figure.CHUNKS_CACHED)).isEqualTo(3);
    }

    @Test
    void columnsOfWhichMostIsReadAreKept() {
        List<List<@Nullable Object>> first = rows(scan(), new Between(0, ROWS - 2048));
        assertThat(rows(scan(), new Between(0, ROWS - 2048))).isEqualTo(first);
        assertThat(counters.get(Figure.CHUNKS_CACHED)).isEqualTo(3);
    }

    @Test
    void aFileThatWasReplacedIsReadAnew() {
        rows(scan());
        storage.version.set(2);
        storage.put("f", file(1_000_000));
        assertThat(rows(scan()).get(0).get(0)).isEqualTo(1_000_000L);
        assertThat(counters.get(Figure.CHUNKS_CACHED)).isZero();
    }

    @Test
    void aPlanThatIsUsedAgainSeesThatTheFileWasReplaced() {
        Scan scan = scan();
        rows(scan);
        assertThat(scan.splits()).isSameAs(scan.splits());
        storage.version.set(2);
        storage.put("f", file(1_000_000));
        assertThat(rows(scan).get(0).get(0)).isEqualTo(1_000_000L);
        assertThat(counters.get(Figure.CHUNKS_CACHED)).isZero();
    }

    @Test
    void aFileReplacedBehindItsFooterIsNotKept() {
        Scan scan = scan();
        Scan.Split split = scan.splits().get(0);
        storage.version.set(2);
        try (BatchSource source = scan.open(split)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                assertThat(batch.size()).isPositive();
            }
        }
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void filesThatMayChangeUnseenAreNotKept() {
        storage.version.set(0);
        rows(scan());
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void aScanMayStayOut() {
        Schema schema = footers.get(storage, "f").schema();
        rows(scan(schema, false));
        assertThat(cache.bytes()).isZero();
        rows(scan());
        rows(scan(schema, false));
        assertThat(counters.get(Figure.CHUNKS_CACHED)).isZero();
    }

    @Test
    void whatIsGivenUpHalfwayIsNotKept() {
        Scan scan = scan();
        try (BatchSource source = scan.open(scan.splits().get(0))) {
            assertThat(source.next()).isNotNull();
        }
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void aDamagedColumnIsNotKept() {
        byte[] content = file(0);
        FileFooter footer = footers.get(storage, "f");
        var chunk = footer.rowGroups().get(0).chunks().get(List.of("id"));
        assertThat(chunk).isNotNull();
        int last = (int) (chunk.getStartingPos() + chunk.getTotalSize()) - 20;
        content[last] ^= 0x55;
        storage.version.set(2);
        storage.put("f", content);
        assertThatThrownBy(() -> rows(scan())).isInstanceOf(DatasetDbException.class);
        assertThatThrownBy(() -> rows(scan())).isInstanceOf(DatasetDbException.class);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void aColumnThatMustNotBeNullIsCheckedThoughItWasKeptWithNulls() {
        rows(scan());
        Schema schema = footers.get(storage, "f").schema();
        Field text = schema.field(1);
        Schema strict = Schema.of(schema.field(0), new Field(text.name(), text.type(), false), schema.field(2));
        assertThatThrownBy(() -> rows(scan(strict, true))).hasMessageContaining("it holds a NULL");
    }
}
