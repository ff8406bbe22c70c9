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
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Row groups whose Bloom filters lack a value are passed over, and no others. */
class BloomPrunerTest {
    private static final int ROWS = 20_000;
    private static final String COLUMNS = """
        required int64 id; required int32 small; required int32 day (DATE); required binary text (STRING);
        required double real;\
        """;

    private final ReadOnlyStorage storage = new ReadOnlyStorage();

    private static Predicate equal(String column, Object value) {
        return new Predicate.Comparison(ColumnPath.of(column), Predicate.Operator.EQUAL, value);
    }

    /** Every other value of each column, in no order that statistics could tell something by. */
    private byte[] write() {
        byte[] file = TestFile.of(
                COLUMNS,
                ROWS,
                (group, i) -> {
                    int value = (int) (i * 7919L % ROWS) * 2;
                    group.append("id", (long) value)
                            .append("small", value)
                            .append("day", value)
                            .append("text", "text " + value)
                            .append("real", (double) value);
                },
                builder -> builder.withDictionaryEncoding(false).withBloomFilterEnabled(true));
        storage.put("f", file);
        return file;
    }

    private boolean mayMatch(Predicate predicate) {
        FileFooter footer = new FooterCache(0).get(storage, "f");
        try (Storage.Input input = storage.open("f")) {
            return new BloomPruner(
                            input, new RowGroupSplit(footer, footer.rowGroups().get(0), 0))
                    .mayMatch(predicate);
        }
    }

    private int found(String column, Function<Integer, Object> value, int first) {
        int found = 0;
        for (int i = first; i < 2 * ROWS; i += 20) {
            found += mayMatch(equal(column, value.apply(i))) ? 1 : 0;
        }
        return found;
    }

    @Test
    void everyValueThatIsThereIsFoundAndHardlyAnyOther() {
        write();
        int asked = 2 * ROWS / 20;
        assertThat(found("id", i -> (long) i, 0)).isEqualTo(asked);
        assertThat(found("small", i -> i, 0)).isEqualTo(asked);
        assertThat(found("small", i -> (long) i, 0)).as("as BIGINT").isEqualTo(asked);
        assertThat(found("day", LocalDate::ofEpochDay, 0)).isEqualTo(asked);
        assertThat(found("text", i -> "text " + i, 0)).isEqualTo(asked);
        assertThat(found("id", i -> (long) i, 1)).isLessThan(asked / 10);
        assertThat(found("small", i -> i, 1)).isLessThan(asked / 10);
        assertThat(found("day", LocalDate::ofEpochDay, 1)).isLessThan(asked / 10);
        assertThat(found("text", i -> "text " + i, 1)).isLessThan(asked / 10);
    }

    @Test
    void conditionsAreCombined() {
        write();
        Predicate absent = equal("text", "nowhere to be found");
        Predicate present = equal("id", 4L);
        assertThat(mayMatch(absent)).isFalse();
        assertThat(mayMatch(new Predicate.And(List.of(present, absent)))).isFalse();
        assertThat(mayMatch(new Predicate.Or(List.of(present, absent)))).isTrue();
        assertThat(mayMatch(new Predicate.In(ColumnPath.of("text"), List.of("neither here", "nor there"))))
                .isFalse();
        assertThat(mayMatch(new Predicate.In(ColumnPath.of("text"), List.of("neither here", "text 4"))))
                .isTrue();
    }

    @Test
    void whatIsNotEqualByItsBytesIsNotAskedFor() {
        write();
        assertThat(mayMatch(equal("real", 0.5))).isTrue();
        assertThat(mayMatch(equal("id", new java.math.BigDecimal("4.0")))).isTrue();
        assertThat(mayMatch(new Predicate.Comparison(
                        ColumnPath.of("text"), Predicate.Operator.NOT_EQUAL, "nowhere to be found")))
                .isTrue();
    }

    @Test
    void aRowGroupWithoutTheValueIsNotDecoded() {
        write();
        Schema schema = ScanRows.schema(storage, "f");
        ParquetScan scan = new ParquetScan(
                storage,
                new FooterCache(1),
                new ColumnCache(0),
                List.of("f"),
                schema,
                ScanRows.request(schema, equal("text", "text 5")));
        ScanCounters counters = new ScanCounters();
        try (BatchSource source = scan.open(scan.splits().get(0), List.of(), counters)) {
            assertThat(source.next()).isNull();
        }
        assertThat(counters.get(Figure.PAGES_READ)).isZero();
        assertThat(counters.get(Figure.SPLITS_PRUNED)).isEqualTo(1);
        assertThat(rows(ScanRows.request(schema, equal("text", "text 6")), schema))
                .isPositive();
    }

    private long rows(io.datasetdb.store.ScanRequest request, Schema schema) {
        ParquetScan scan =
                new ParquetScan(storage, new FooterCache(1), new ColumnCache(0), List.of("f"), schema, request);
        long rows = 0;
        try (BatchSource source = scan.open(scan.splits().get(0), List.of(), new ScanCounters())) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                rows += batch.size();
            }
        }
        return rows;
    }

    @Test
    void aFilterThatIsDamagedOrMissingPrunesNothing() {
        byte[] bytes = write();
        FileFooter footer = new FooterCache(0).get(storage, "f");
        long start = footer.rowGroups().get(0).chunk(new String[] {"text"}).getBloomFilterOffset();
        for (int i = 0; i < 8; i++) {
            bytes[(int) start + i] ^= (byte) 0x55;
        }
        storage.put("f", bytes);
        assertThat(mayMatch(equal("text", "nowhere to be found"))).isTrue();
    }
}
