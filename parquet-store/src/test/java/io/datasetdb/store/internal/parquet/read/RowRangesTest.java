// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowRangesTest {
    private static final int ROWS = 24;

    @Test
    void unionsAndIntersectionsHoldTheRowsThatTheyMust() {
        long seed = Long.getLong("datasetdb.seed", 11L);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int left = random.nextInt(1 << ROWS) & random.nextInt(1 << ROWS);
            int right = random.nextInt(1 << ROWS);
            String what = "seed " + seed + " round " + round;
            check(ranges(left).and(ranges(right)), left & right, what);
            check(ranges(left).or(ranges(right)), left | right, what);
        }
    }

    private static RowRanges ranges(int bits) {
        RowRanges result = RowRanges.none();
        for (int row = 0; row < ROWS; row++) {
            if ((bits >>> row & 1) != 0) {
                result = result.or(RowRanges.of(row, row + 1L));
            }
        }
        return result;
    }

    private static void check(RowRanges actual, int bits, String what) {
        assertThat(actual.size()).as(what).isEqualTo(Integer.bitCount(bits));
        assertThat(actual.isEmpty()).as(what).isEqualTo(bits == 0);
        for (int from = 0; from < ROWS; from++) {
            for (int to = from + 1; to <= ROWS; to++) {
                int asked = (1 << to) - (1 << from);
                assertThat(actual.overlaps(from, to)).as(what).isEqualTo((bits & asked) != 0);
            }
        }
    }
}
