// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins whose kept side does not fit in memory yield what they yield in memory, from files. */
class JoinSpillTest {
    private static final long TIGHT = 700_000;

    private final Scheduler scheduler = new Scheduler(3);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    private Run tight(boolean divided) {
        return new Run(
                Bindings.none(Instant.EPOCH), 0, new MemoryBudget(TIGHT), () -> false, divided ? scheduler : null);
    }

    /** A number, a text with it and the number of the row; NULL numbers now and then. */
    private static Table table(Random random, int rows, int domain, boolean nulls) {
        List<List<Object>> result = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Long number = nulls && random.nextInt(30) == 0 ? null : (Long) (random.nextInt(domain) * 1_000_003L);
            result.add(Arrays.asList(number, number == null ? null : "key " + number, i));
        }
        return new Table(List.of(DataType.BIGINT, DataType.VARCHAR, DataType.INTEGER), result);
    }

    private static Expression residual(int seed) {
        return seed % 2 == 0 ? null : Runs.condition(row -> ((Integer) row.get(2) + (Integer) row.get(5)) % 3 != 0);
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void everyKindOfJoinYieldsTheSameFromFiles(JoinKind kind) {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            boolean nullAware = kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK;
            Table left = table(random, 6_000, 40_000, seed % 3 != 1);
            Table right = table(random, 30_000, 40_000, seed % 3 == 2);
            int[] keys = seed % 3 == 0 && !nullAware ? new int[] {0, 1} : new int[] {seed % 2};
            boolean[] nullSafe = new boolean[keys.length];
            nullSafe[0] = seed == 5;
            var join = new HashJoinOperator.Factory(
                    DividedRunTest.Divided.of(left, seed, 3),
                    DividedRunTest.Divided.of(right, seed + 10, 4),
                    keys,
                    keys,
                    nullSafe,
                    kind,
                    nullAware ? null : residual(seed));
            check(join, kind + ", seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void semiJoinsThatKeepTheLeftSideYieldTheSameFromFiles(boolean anti) {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            Table left = table(random, 30_000, 40_000, true);
            Table right = table(random, 6_000, 40_000, true);
            var join = new HashSemiJoinOperator.Factory(
                    DividedRunTest.Divided.of(left, seed, 3),
                    DividedRunTest.Divided.of(right, seed + 10, 4),
                    new int[] {seed % 2},
                    new int[] {seed % 2},
                    new boolean[] {seed == 3},
                    anti,
                    residual(seed),
                    List.of(),
                    JoinLevel.TOP);
            check(join, "anti " + anti + ", seed " + seed);
        }
    }

    private void check(OperatorFactory join, String what) {
        List<String> expected = Table.canonicalSorted(Runs.rows(join));
        for (boolean divided : new boolean[] {false, true}) {
            try (Run run = tight(divided)) {
                assertThat(Table.canonicalSorted(Runs.rows(join, run)))
                        .as("%s, divided %s", what, divided)
                        .isEqualTo(expected);
                assertThat(run.spill().bytesWritten()).as(what).isPositive();
            }
        }
    }

    @Test
    void rowsOfOneKeyThatDoNotFitSaySo() {
        Table left = table(new Random(1), 10, 1, false);
        Table right = table(new Random(2), 30_000, 1, false);
        TableSource source = new TableSource(right, 2, 1000);
        var join = new HashJoinOperator.Factory(
                new TableSource(left, 1), source, new int[1], new int[1], new boolean[1], JoinKind.INNER, null);
        try (Run run = tight(false)) {
            assertThatThrownBy(() -> Runs.rows(join, run))
                    .hasMessageStartingWith("Cannot keep the right side of a join in memory: the budget of " + TIGHT);
            assertThat(source.closed).isEqualTo(source.opened);
            assertThat(run.memory().used()).isZero();
        }
    }

    @Test
    void failureOfTheOtherSideGivesEverythingBack() {
        TableSource left = new TableSource(table(new Random(1), 6_000, 40_000, false), 1);
        left.failAfter = 3;
        TableSource right = new TableSource(table(new Random(2), 30_000, 40_000, false), 2, 1000);
        var join =
                new HashJoinOperator.Factory(left, right, new int[1], new int[1], new boolean[1], JoinKind.FULL, null);
        try (Run run = tight(false)) {
            assertThatThrownBy(() -> Runs.rows(join, run)).hasMessage("source failed");
            assertThat(run.memory().used()).isZero();
        }
        assertThat(left.closed).isEqualTo(left.opened);
        assertThat(right.closed).isEqualTo(right.opened);
    }
}
