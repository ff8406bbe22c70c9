// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatisticsMergeTest {
    private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.BIGINT));

    private static ColumnStatistics of(long nulls, @Nullable Object min, @Nullable Object max, long distinct) {
        return new ColumnStatistics(ColumnPath.of("id"), nulls, min, max, distinct);
    }

    private static DataFile file(long rows, ColumnStatistics... statistics) {
        return new DataFile("f", rows, 1, "", List.of(statistics));
    }

    private static ColumnStatistics merge(DataFile... files) {
        List<ColumnStatistics> merged = StatisticsMerge.of(SCHEMA, List.of(files));
        assertThat(merged).hasSize(1);
        return merged.get(0);
    }

    @Test
    void disjointRangesAddUp() {
        assertThat(merge(file(10, of(1, 1L, 5L, 4)), file(10, of(2, 6L, 9L, 3))))
                .isEqualTo(of(3, 1L, 9L, 7));
    }

    @Test
    void ofOverlappingRangesTheLargestCounts() {
        assertThat(merge(
                        file(10, of(0, 1L, 9L, 4)),
                        file(10, of(0, 5L, 7L, 3)),
                        file(9, of(0, 8L, 20L, 9)),
                        file(5, of(0, 21L, 22L, 2))))
                .isEqualTo(of(0, 1L, 22L, 11));
    }

    @Test
    void filesWithoutRowsDoNotCount() {
        assertThat(merge(file(0), file(10, of(0, 1L, 9L, 4)), file(0, of(-1, null, null, -1))))
                .isEqualTo(of(0, 1L, 9L, 4));
    }

    @Test
    void filesOfNullsHaveNoBoundsAndNeedNone() {
        assertThat(merge(file(3, of(3, null, null, 0)), file(10, of(0, 1L, 9L, 4))))
                .isEqualTo(of(3, 1L, 9L, 4));
    }

    @Test
    void whatOneFileDoesNotKnowIsUnknown() {
        assertThat(merge(file(3, of(-1, 1L, 2L, 2)), file(3, of(0, 1L, 2L, 2)))).isEqualTo(of(-1, 1L, 2L, 2));
        assertThat(merge(file(3, of(0, null, null, 2)), file(3, of(0, 1L, 2L, 1))))
                .isEqualTo(of(0, null, null, 2));
        assertThat(merge(file(3, of(0, 1L, 2L, -1)), file(3, of(0, 1L, 2L, 1)))).isEqualTo(of(0, 1L, 2L, -1));
        assertThat(merge(file(3), file(3, of(0, 1L, 2L, 1)))).isEqualTo(of(-1, null, null, -1));
    }

    @Test
    void columnsThatTheSchemaLacksAreLeftOut() {
        var other = new ColumnStatistics(ColumnPath.of("other"), 0, 1L, 2L, 2);

        assertThat(StatisticsMerge.of(SCHEMA, List.of(file(3, other), file(3, other))))
                .isEmpty();
    }
}
