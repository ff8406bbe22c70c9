// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
    private record Row(double distance, long number) {}

    @RepeatedTest(20)
    void keepsWhatSortingAllWouldPutFirst(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int most = 1 + random.nextInt(30);
        boolean keepsTies = random.nextBoolean();
        NearestRows nearest = new NearestRows(most, keepsTies);
        NearestRows other = new NearestRows(most, keepsTies);
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < random.nextInt(200); i++) {
            // Few different ones, so that there are ties, and some that are no number.
            double distance = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(20);
            boolean elsewhere = random.nextBoolean();
            long number = random.nextInt(100);
            (elsewhere ? other : nearest).add(distance, number);
            all.add(new Row(distance, elsewhere ? 1_000 + number : number));
        }
        nearest.addAll(other, 1_000);
        all.sort(Comparator.comparingDouble(Row::distance).thenComparingLong(Row::number));
        int size = Math.min(most, all.size());
        List<Row> expected = all.subList(0, size);
        List<Row> ties = all.subList(size, all.size()).stream()
                .filter(row -> keepsTies && Double.compare(row.distance, expected.get(size - 1).distance) == 0)
                .toList();
        assertThat(nearest.rows())
                .as("seed %d", seed)
                .containsExactlyInAnyOrder(Stream.concat(expected.stream(), ties.stream())
                        .mapToLong(Row::number)
                        .toArray());
        assertThat(nearest.isFull())
                .isEqualTo(expected.size() == most && expected.stream().noneMatch(row -> Double.isNaN(row.distance)));
    }

    @Test
    void isNotFullOfWhatIsNoNumber() {
        NearestRows nearest = new NearestRows(2, false);
        nearest.add(Double.NaN, 1);
        nearest.add(1, 2);
        assertThat(nearest.size()).isEqualTo(2);
        assertThat(nearest.isFull()).isFalse();
    }
}
