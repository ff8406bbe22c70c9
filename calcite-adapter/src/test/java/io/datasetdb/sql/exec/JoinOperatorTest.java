// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoinOperatorTest {
    private static final DataType[] TYPES = {
        DataType.INTEGER, DataType.VARCHAR, DataType.DOUBLE, DataType.decimal(30, 2), DataType.BIGINT
    };

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void hashJoinAgreesWithAllPairs(JoinKind kind) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Table left = Table.random(random, random.nextInt(120), TYPES);
            Table right = Table.random(random, random.nextInt(seed % 4 == 0 ? 3 : 80), TYPES);
            int keys = 1 + random.nextInt(3);
            int[] keyColumns =
                    random.ints(0, TYPES.length).distinct().limit(keys).toArray();
            boolean[] nullSafe = new boolean[keys];
            for (int i = 0; i < keys; i++) {
                nullSafe[i] = random.nextInt(3) == 0;
            }
            Function<List<Object>, Boolean> residual = seed % 2 == 0
                    ? null
                    : row -> row.get(0) == null || row.get(5) == null
                            ? null
                            : ((Integer) row.get(0) + (Integer) row.get(5)) % 2 == 0;
            Expression condition = residual == null ? null : Runs.condition(residual);
            TableSource leftSource = new TableSource(left, seed);
            TableSource rightSource = new TableSource(right, seed + 1);
            var factory = new HashJoinOperator.Factory(
                    leftSource, rightSource, keyColumns, keyColumns, nullSafe, kind, condition);

            Function<List<Object>, Boolean> match = row -> {
                if (residual != null && !Boolean.TRUE.equals(residual.apply(row))) {
                    return false;
                }
                Boolean result = true;
                for (int i = 0; i < keys; i++) {
                    Object a = row.get(keyColumns[i]);
                    Object b = row.get(TYPES.length + keyColumns[i]);
                    boolean equal = Table.canonical(a).equals(Table.canonical(b));
                    if (!nullSafe[i] && (a == null || b == null)) {
                        result = result == null || result ? null : result;
                    } else if (!equal) {
                        return false;
                    }
                }
                return result;
            };
            assertThat(Table.canonicalSorted(Runs.rows(factory)))
                    .as("seed %s", seed)
                    .isEqualTo(Table.canonicalSorted(expected(left, right, kind, match)));
            assertThat(leftSource.closed).isEqualTo(1);
            assertThat(rightSource.closed).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void nestedLoopJoinAgreesWithAllPairs(JoinKind kind) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Table left = Table.random(random, random.nextInt(90), TYPES);
            Table right = Table.random(random, random.nextInt(seed % 3 == 0 ? 5 : 90), TYPES);
            Function<List<Object>, Boolean> match = row ->
                    row.get(0) == null || row.get(5) == null ? null : (Integer) row.get(0) < (Integer) row.get(5);
            boolean cross = seed % 5 == 0;
            var factory = new NestedLoopJoinOperator.Factory(
                    new TableSource(left, seed),
                    new TableSource(right, seed + 1),
                    kind,
                    cross ? null : Runs.condition(match));
            assertThat(Table.canonicalSorted(Runs.rows(factory)))
                    .as("seed %s", seed)
                    .isEqualTo(Table.canonicalSorted(expected(left, right, kind, cross ? row -> true : match)));
        }
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void largeJoinsWithManyMatchesOfOneKeyAreComplete(JoinKind kind) {
        Random random = new Random(7);
        Table left = Table.random(random, 60, DataType.INTEGER, DataType.BIGINT);
        Table right = Table.random(random, 4000, DataType.INTEGER, DataType.BIGINT);
        var factory = new HashJoinOperator.Factory(
                new TableSource(left, 1),
                new TableSource(right, 2, 3000),
                new int[] {0},
                new int[] {0},
                new boolean[1],
                kind,
                null);
        assertThat(Table.canonicalSorted(Runs.rows(factory)))
                .isEqualTo(Table.canonicalSorted(expected(
                        left,
                        right,
                        kind,
                        row -> row.get(0) == null || row.get(2) == null
                                ? null
                                : row.get(0).equals(row.get(2)))));
    }

    static List<List<Object>> expected(Table left, Table right, JoinKind kind, Function<List<Object>, Boolean> match) {
        List<List<Object>> result = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.rows().size()];
        for (List<Object> l : left.rows()) {
            boolean matched = false;
            boolean unknown = false;
            for (int i = 0; i < rightMatched.length; i++) {
                List<Object> pair = new ArrayList<>(l);
                pair.addAll(right.rows().get(i));
                Boolean answer = match.apply(pair);
                unknown |= answer == null;
                if (Boolean.TRUE.equals(answer)) {
                    matched = true;
                    rightMatched[i] = true;
                    if (kind.hasRightColumns()) {
                        result.add(pair);
                    }
                }
            }
            addLeft(l, right, kind, matched, unknown, result);
        }
        for (int i = 0; i < rightMatched.length; i++) {
            if (!rightMatched[i] && (kind == JoinKind.RIGHT || kind == JoinKind.FULL)) {
                List<Object> row =
                        new ArrayList<>(Collections.nCopies(left.types().size(), null));
                row.addAll(right.rows().get(i));
                result.add(row);
            }
        }
        return result;
    }

    static void addLeft(
            List<Object> left,
            Table right,
            JoinKind kind,
            boolean matched,
            boolean unknown,
            List<List<Object>> result) {
        List<Object> row = new ArrayList<>(left);
        switch (kind) {
            case INNER, RIGHT -> {}
            case LEFT, FULL -> {
                if (!matched) {
                    row.addAll(Collections.nCopies(right.types().size(), null));
                    result.add(row);
                }
            }
            case SEMI -> {
                if (matched) {
                    result.add(row);
                }
            }
            case ANTI -> {
                if (!matched) {
                    result.add(row);
                }
            }
            case NULL_AWARE_ANTI -> {
                if (!matched && !unknown) {
                    result.add(row);
                }
            }
            case MARK -> {
                row.add(matched ? Boolean.TRUE : unknown ? null : Boolean.FALSE);
                result.add(row);
            }
        }
    }
}
