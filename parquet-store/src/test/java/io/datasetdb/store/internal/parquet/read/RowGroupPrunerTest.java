// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static io.datasetdb.store.Predicate.Operator.EQUAL;
import static io.datasetdb.store.Predicate.Operator.GREATER;
import static io.datasetdb.store.Predicate.Operator.GREATER_OR_EQUAL;
import static io.datasetdb.store.Predicate.Operator.LESS;
import static io.datasetdb.store.Predicate.Operator.LESS_OR_EQUAL;
import static io.datasetdb.store.Predicate.Operator.NOT_EQUAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.Predicate;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowGroupPrunerTest {
    private static final String SCHEMA = """
            required int64 id;
            optional binary name (STRING);
            optional int32 day (DATE);
            optional int64 price (DECIMAL(12,2));
            optional double ratio;
            optional double nans;
            optional double zeros;
            required int32 unsigned (INTEGER(32,false));
            optional binary nothing (STRING);
            optional group r { required int64 n; }
            optional group l (LIST) { repeated group list { optional int64 element; } }
            """;

    private final ReadOnlyStorage storage = new ReadOnlyStorage();
    private FileFooter footer;

    @BeforeEach
    void write() {
        storage.put("x", TestFile.of(SCHEMA, 100, RowGroupPrunerTest::fill));
        footer = new FooterCache(0).get(storage, "x");
    }

    private static void fill(Group row, int i) {
        row.add("id", 1000L + i);
        row.add("name", "name" + (char) ('b' + i % 3));
        row.add("day", 20_000 + i);
        if (i % 10 != 0) {
            row.add("price", 500L + i);
            row.addGroup("r").add("n", (long) i);
        }
        row.add("ratio", i / 100.0);
        row.add("nans", i == 7 ? Double.NaN : 1.0);
        row.add("zeros", i % 2 == 0 ? 0.0 : -0.0);
        row.add("unsigned", i % 2 == 0 ? -1 : 5);
        row.addGroup("l").addGroup(0).add(0, (long) i);
    }

    private boolean mayMatch(Predicate predicate) {
        return new RowGroupPruner(footer).mayMatch(footer.rowGroups().get(0), predicate);
    }

    private boolean mayMatch(String column, Predicate.Operator operator, Object value) {
        return mayMatch(new Predicate.Comparison(ColumnPath.of(column.split("\\.")), operator, value));
    }

    @Test
    void comparisonsOutsideOfTheBoundsMatchNothing() {
        assertThat(mayMatch("id", EQUAL, 999L)).isFalse();
        assertThat(mayMatch("id", EQUAL, 1000L)).isTrue();
        assertThat(mayMatch("id", EQUAL, 1099L)).isTrue();
        assertThat(mayMatch("id", EQUAL, 1100L)).isFalse();
        assertThat(mayMatch("id", LESS, 1000L)).isFalse();
        assertThat(mayMatch("id", LESS, 1001L)).isTrue();
        assertThat(mayMatch("id", LESS_OR_EQUAL, 999L)).isFalse();
        assertThat(mayMatch("id", LESS_OR_EQUAL, 1000L)).isTrue();
        assertThat(mayMatch("id", GREATER, 1099L)).isFalse();
        assertThat(mayMatch("id", GREATER, 1098L)).isTrue();
        assertThat(mayMatch("id", GREATER_OR_EQUAL, 1099L)).isTrue();
        assertThat(mayMatch("id", GREATER_OR_EQUAL, 1100L)).isFalse();
        assertThat(mayMatch("id", NOT_EQUAL, 1000L)).isTrue();
    }

    @Test
    void everyKindOfValueHasBounds() {
        assertThat(mayMatch("name", EQUAL, "namea")).isFalse();
        assertThat(mayMatch("name", EQUAL, "namec")).isTrue();
        assertThat(mayMatch("name", GREATER, "named")).isFalse();
        assertThat(mayMatch("day", LESS, LocalDate.ofEpochDay(20_000))).isFalse();
        assertThat(mayMatch("day", LESS, LocalDate.ofEpochDay(20_001))).isTrue();
        assertThat(mayMatch("price", GREATER, new BigDecimal("5.99"))).isFalse();
        assertThat(mayMatch("price", GREATER, new BigDecimal("5.980"))).isTrue();
        assertThat(mayMatch("r.n", GREATER, 98L)).isTrue();
        assertThat(mayMatch("r.n", GREATER, 99L)).isFalse();
    }

    @Test
    void valueOfAnotherTypeThanTheFilesIsComparedAllTheSame() {
        assertThat(mayMatch("id", EQUAL, 5)).isFalse();
        assertThat(mayMatch("id", EQUAL, 1005)).isTrue();
        assertThat(mayMatch("id", EQUAL, new BigDecimal("1005.5"))).isTrue();
        assertThat(mayMatch("id", EQUAL, "text")).isTrue();
    }

    @Test
    void unsignedValuesBoundAsUnsignedOnes() {
        assertThat(mayMatch("unsigned", GREATER, 4_294_967_294L)).isTrue();
        assertThat(mayMatch("unsigned", GREATER, 4_294_967_295L)).isFalse();
        assertThat(mayMatch("unsigned", LESS, 5L)).isFalse();
        assertThat(mayMatch("unsigned", LESS, 6L)).isTrue();
    }

    @Test
    void nansMayBeGreaterThanAllAndUnequalToAll() {
        assertThat(mayMatch("nans", GREATER, 5.0)).isTrue();
        assertThat(mayMatch("nans", GREATER_OR_EQUAL, 5.0)).isTrue();
        assertThat(mayMatch("nans", NOT_EQUAL, 1.0)).isTrue();
        assertThat(mayMatch("nans", EQUAL, Double.NaN)).isTrue();
        assertThat(mayMatch("nans", EQUAL, 5.0)).isFalse();
        assertThat(mayMatch("nans", LESS, 1.0)).isFalse();
        assertThat(mayMatch("ratio", GREATER, Double.NaN)).isTrue();
    }

    @Test
    void columnThatIsKnownToHoldNoNanIsPrunedFromAboveToo() {
        assertThat(mayMatch("ratio", GREATER, 0.98)).isTrue();
        assertThat(mayMatch("ratio", GREATER, 1.0)).isFalse();
    }

    @Test
    void bothZerosAreInTheBoundsOfEither() {
        for (double zero : new double[] {0.0, -0.0}) {
            assertThat(mayMatch("zeros", EQUAL, zero)).isTrue();
            assertThat(mayMatch("zeros", LESS, zero)).isTrue();
            assertThat(mayMatch("zeros", GREATER, zero)).isTrue();
            assertThat(mayMatch("zeros", NOT_EQUAL, zero)).isTrue();
        }
        assertThat(mayMatch("zeros", EQUAL, 1.0)).isFalse();
    }

    @Test
    void nullCountsDecideIsNullAndIsNotNull() {
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("id")))).isFalse();
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("name")))).isFalse();
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("price")))).isTrue();
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("r", "n")))).isTrue();
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("r")))).isTrue();
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("nothing")))).isTrue();
        assertThat(mayMatch(new Predicate.IsNotNull(ColumnPath.of("nothing")))).isFalse();
        assertThat(mayMatch(new Predicate.IsNotNull(ColumnPath.of("price")))).isTrue();
        assertThat(mayMatch("nothing", EQUAL, "a")).isFalse();
        assertThat(mayMatch("nothing", NOT_EQUAL, "a")).isFalse();
    }

    @Test
    void missingColumnIsNull() {
        assertThat(mayMatch("missing", EQUAL, 1L)).isFalse();
        assertThat(mayMatch(new Predicate.IsNotNull(ColumnPath.of("missing")))).isFalse();
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("missing")))).isTrue();
    }

    @Test
    void listsAreNeverPruned() {
        assertThat(mayMatch(new Predicate.IsNull(ColumnPath.of("l")))).isTrue();
        assertThat(mayMatch(new Predicate.IsNotNull(ColumnPath.of("l")))).isTrue();
    }

    @Test
    void connectivesCombine() {
        Predicate no = new Predicate.Comparison(ColumnPath.of("id"), EQUAL, 1L);
        Predicate yes = new Predicate.Comparison(ColumnPath.of("id"), EQUAL, 1001L);
        assertThat(mayMatch(new Predicate.And(List.of(yes, no)))).isFalse();
        assertThat(mayMatch(new Predicate.And(List.of(yes, yes)))).isTrue();
        assertThat(mayMatch(new Predicate.And(List.of()))).isTrue();
        assertThat(mayMatch(new Predicate.Or(List.of(yes, no)))).isTrue();
        assertThat(mayMatch(new Predicate.Or(List.of(no, no)))).isFalse();
        assertThat(mayMatch(new Predicate.In(ColumnPath.of("id"), List.of(1L, 2L))))
                .isFalse();
        assertThat(mayMatch(new Predicate.In(ColumnPath.of("id"), List.of(1L, 1002L))))
                .isTrue();
    }

    @Test
    void prefixesOutsideOfTheBoundsMatchNothing() {
        assertThat(mayMatch(new Predicate.StartsWith(ColumnPath.of("name"), "name")))
                .isTrue();
        assertThat(mayMatch(new Predicate.StartsWith(ColumnPath.of("name"), "namec")))
                .isTrue();
        assertThat(mayMatch(new Predicate.StartsWith(ColumnPath.of("name"), "")))
                .isTrue();
        assertThat(mayMatch(new Predicate.StartsWith(ColumnPath.of("name"), "namea")))
                .isFalse();
        assertThat(mayMatch(new Predicate.StartsWith(ColumnPath.of("name"), "namee")))
                .isFalse();
        assertThat(mayMatch(new Predicate.StartsWith(ColumnPath.of("name"), "z")))
                .isFalse();
    }

    @Test
    void boundsThatWereCutOffStillBound() {
        String longest = "x".repeat(5000);
        storage.put(
                "long",
                TestFile.of(
                        "required binary s (STRING); required binary b;",
                        2,
                        (row, i) -> {
                            row.add("s", longest + i);
                            row.add("b", Binary.fromConstantByteArray(new byte[] {(byte) (200 + i), 1, 2}));
                        },
                        builder -> builder.withStatisticsTruncateLength(10)));
        FileFooter truncated = new FooterCache(0).get(storage, "long");
        RowGroupPruner pruner = new RowGroupPruner(truncated);
        RowGroupFooter group = truncated.rowGroups().get(0);
        ColumnPath s = ColumnPath.of("s");
        assertThat(pruner.mayMatch(group, new Predicate.Comparison(s, EQUAL, longest + 1)))
                .isTrue();
        assertThat(pruner.mayMatch(group, new Predicate.Comparison(s, NOT_EQUAL, "x".repeat(10))))
                .isTrue();
        assertThat(pruner.mayMatch(group, new Predicate.StartsWith(s, longest))).isTrue();
        assertThat(pruner.mayMatch(group, new Predicate.Comparison(s, EQUAL, "y".repeat(20))))
                .isFalse();
        assertThat(pruner.mayMatch(group, new Predicate.Comparison(ColumnPath.of("b"), LESS, new byte[] {(byte) 200})))
                .isFalse();
    }

    @Test
    void statisticsOfTheFileAddUpItsRowGroups() {
        storage.put(
                "groups",
                TestFile.of(
                        "required int64 id; optional binary s (STRING);",
                        3000,
                        (row, i) -> {
                            row.add("id", (long) i);
                            if (i % 2 == 0) {
                                row.add("s", "s" + (i + 1000));
                            }
                        },
                        builder -> builder.withRowGroupSize(8_000L).withMinRowCountForPageSizeCheck(10)));
        FileFooter many = new FooterCache(0).get(storage, "groups");
        assertThat(many.rowGroups()).hasSizeGreaterThan(2);
        assertThat(many.statistics())
                .containsExactly(
                        new ColumnStatistics(ColumnPath.of("id"), 0, 0L, 2999L, -1),
                        new ColumnStatistics(ColumnPath.of("s"), 1500, "s1000", "s3998", -1));
        Schema schema = Schema.of(Field.of("id", DataType.BIGINT));
        Predicate predicate = new Predicate.Comparison(ColumnPath.of("id"), EQUAL, 1500L);
        List<List<Object>> rows =
                ScanRows.read(storage, List.of("groups"), schema, ScanRows.request(schema, predicate));
        assertThat(rows).contains(List.of(1500L)).hasSizeLessThan(3000);
    }

    @Test
    void noMatchingRowIsEverLost() {
        long seed = 42;
        Random random = new Random(seed);
        Schema schema = footer.schema();
        List<List<Object>> all = ScanRows.read(storage, "x");
        for (int i = 0; i < 500; i++) {
            int column = random.nextInt(4);
            List<Object> row = all.get(random.nextInt(all.size()));
            Object value = row.get(column);
            if (value == null) {
                continue;
            }
            for (Predicate.Operator operator : List.of(EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL)) {
                assertThat(mayMatch(schema.field(column).name(), operator, value))
                        .as("seed " + seed + ": " + schema.field(column) + " " + operator + " " + value)
                        .isTrue();
            }
        }
    }
}
