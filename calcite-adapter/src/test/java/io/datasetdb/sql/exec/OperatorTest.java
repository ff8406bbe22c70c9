// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.sql.exec.window.WindowFrame;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.store.Scan;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorTest {
    private static final DataType[] TYPES = {DataType.INTEGER, DataType.VARCHAR, DataType.DOUBLE};

    @Test
    void filterKeepsRowsThatAreTrue() {
        Table table = Table.random(new Random(1), 500, TYPES);
        Expression condition = Runs.condition(row -> row.get(0) == null ? null : (Integer) row.get(0) > 0);
        assertThat(Runs.rows(new FilterOperator.Factory(new TableSource(table, 1), condition)))
                .isEqualTo(table.rows().stream()
                        .filter(row -> row.get(0) != null && (Integer) row.get(0) > 0)
                        .toList());
    }

    @Test
    void projectComputesItsColumns() {
        Table table = Table.random(new Random(2), 300, TYPES);
        var factory = new ProjectOperator.Factory(
                new TableSource(table, 1),
                List.of(
                        Runs.expression(DataType.VARCHAR, row -> row.get(1)),
                        Runs.expression(DataType.INTEGER, row -> row.get(0) == null ? 0 : (Integer) row.get(0) + 1)));
        assertThat(Runs.rows(factory))
                .isEqualTo(table.rows().stream()
                        .map(row ->
                                Arrays.asList(row.get(1), (Object) (row.get(0) == null ? 0 : (Integer) row.get(0) + 1)))
                        .toList());
    }

    @Test
    void limitSkipsAndCounts() {
        Table table = Table.random(new Random(3), 300, TYPES);
        for (int offset : new int[] {0, 1, 99, 250, 300, 1000}) {
            for (Long fetch : new Long[] {null, 0L, 1L, 77L, Long.MAX_VALUE}) {
                var factory = new LimitOperator.Factory(
                        new TableSource(table, offset),
                        Runs.constant(DataType.BIGINT, (long) offset),
                        fetch == null ? null : Runs.constant(DataType.BIGINT, fetch));
                assertThat(Runs.rows(factory))
                        .as("offset %s fetch %s", offset, fetch)
                        .isEqualTo(table.rows().stream()
                                .skip(offset)
                                .limit(fetch == null ? 1000 : fetch)
                                .toList());
            }
        }
    }

    @Test
    void limitAsksForNothingMoreThanItNeeds() {
        TableSource source = new TableSource(Table.random(new Random(4), 500, TYPES), 1, 10);
        Runs.rows(new LimitOperator.Factory(source, null, Runs.constant(DataType.BIGINT, 1L)));
        assertThat(source.batches).isEqualTo(1);
    }

    @Test
    void negativeLimitIsRefused() {
        TableSource source = new TableSource(Table.random(new Random(4), 5, TYPES), 1);
        var factory = new LimitOperator.Factory(source, null, Runs.constant(DataType.BIGINT, -1L));
        assertThatThrownBy(() -> Runs.rows(factory))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot apply LIMIT: it must not be negative (-1)");
    }

    @Test
    void unionConcatenates() {
        Table first = Table.random(new Random(5), 100, TYPES);
        Table second = Table.random(new Random(6), 100, TYPES);
        var factory = new UnionOperator.Factory(
                List.of(new TableSource(first, 1), new TableSource(second, 2), new TableSource(first, 3)));
        assertThat(Runs.rows(factory))
                .isEqualTo(Stream.of(first, second, first)
                        .flatMap(table -> table.rows().stream())
                        .toList());
    }

    @Test
    void valuesSpellOutRows() {
        List<List<Expression>> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(List.of(
                    Runs.constant(DataType.INTEGER, i), Runs.constant(DataType.VARCHAR, i % 2 == 0 ? null : "x")));
        }
        List<List<Object>> result =
                Runs.rows(new ValuesOperator.Factory(List.of(DataType.INTEGER, DataType.VARCHAR), rows));
        assertThat(result).hasSize(5000);
        assertThat(result.get(4999)).containsExactly(4999, "x");
        assertThat(result.get(4998)).containsExactly(4998, null);
    }

    @ParameterizedTest
    @EnumSource(SetOperator.Kind.class)
    void setOperatorsCountRows(SetOperator.Kind kind) {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<Table> tables = new ArrayList<>();
            DataType[] types = seed % 2 == 0 ? TYPES : new DataType[] {TYPES[seed % 3]};
            for (int i = 0; i < 2 + seed % 2; i++) {
                tables.add(Table.random(random, random.nextInt(300), types));
            }
            boolean all = random.nextBoolean();
            Map<String, long[]> counts = new LinkedHashMap<>();
            for (int i = 0; i < tables.size(); i++) {
                for (List<Object> row : tables.get(i).rows()) {
                    counts.computeIfAbsent(Table.canonical(row), ignored -> new long[3])[i]++;
                }
            }
            List<String> expected = new ArrayList<>();
            counts.forEach((row, count) -> {
                long others = count[1] + count[2];
                long least = tables.size() == 2 ? count[1] : Math.min(count[1], count[2]);
                long wanted = kind == SetOperator.Kind.INTERSECT
                        ? Math.min(count[0], least)
                        : all ? Math.max(0, count[0] - others) : others > 0 ? 0 : count[0];
                expected.addAll(Collections.nCopies((int) (all ? wanted : Math.min(1, wanted)), row));
            });
            List<OperatorFactory> inputs = new ArrayList<>();
            tables.forEach(table -> inputs.add(new TableSource(table, 9)));
            Collections.sort(expected);
            assertThat(Table.canonicalSorted(Runs.rows(new SetOperator.Factory(inputs, kind, all))))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void unnestZipsArraysAndMaps() {
        DataType row = DataType.row(Field.of("a", DataType.INTEGER), Field.of("b", DataType.VARCHAR));
        for (int seed = 0; seed < 20; seed++) {
            Table table = Table.random(
                    new Random(seed),
                    200,
                    DataType.INTEGER,
                    DataType.array(DataType.VARCHAR),
                    DataType.map(DataType.INTEGER, DataType.DOUBLE),
                    DataType.array(row));
            boolean outer = seed % 2 == 0;
            boolean ordinality = seed % 3 == 0;
            int[] columns = seed % 5 == 0 ? new int[] {1} : new int[] {3, 1, 2};
            List<List<Object>> expected = new ArrayList<>();
            for (List<Object> input : table.rows()) {
                List<List<List<Object>>> collections = Arrays.stream(columns)
                        .mapToObj(column -> elements(input.get(column), column))
                        .toList();
                int length = collections.stream().mapToInt(List::size).max().orElse(0);
                for (int i = 0; i < (outer ? Math.max(1, length) : length); i++) {
                    List<Object> result = new ArrayList<>(input);
                    for (int c = 0; c < columns.length; c++) {
                        List<List<Object>> elements = collections.get(c);
                        result.addAll(
                                i < elements.size()
                                        ? elements.get(i)
                                        : Collections.nCopies(columns[c] == 1 ? 1 : 2, null));
                    }
                    if (ordinality) {
                        result.add(length == 0 ? null : i + 1);
                    }
                    expected.add(result);
                }
            }
            var factory = new UnnestOperator.Factory(new TableSource(table, seed), columns, ordinality, outer);
            assertThat(Table.canonicalRows(Runs.rows(factory)))
                    .as("seed %s", seed)
                    .isEqualTo(Table.canonicalRows(expected));
        }
    }

    private static List<List<Object>> elements(Object collection, int column) {
        List<List<Object>> result = new ArrayList<>();
        if (collection instanceof Map<?, ?> map) {
            map.forEach((key, value) -> result.add(Arrays.asList(key, value)));
        } else if (collection instanceof List<?> list) {
            for (Object element : list) {
                if (column == 1) {
                    result.add(Collections.singletonList(element));
                } else {
                    result.add(element == null ? Arrays.asList(null, null) : new ArrayList<>((List<?>) element));
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(
            value = JoinKind.class,
            names = {"INNER", "LEFT", "SEMI", "ANTI"})
    void correlateRunsTheRightPlanForEachRow(JoinKind kind) {
        Table left = Table.random(new Random(1), 60, DataType.INTEGER, DataType.VARCHAR);
        Table right = Table.random(new Random(2), 70, DataType.INTEGER);
        TableSource rightSource = new TableSource(right, 4, 20);
        Object[] slots = new Object[2];
        Run run = new Run(new Bindings(List.of(), Instant.EPOCH, "", slots), 0);
        Expression greater = Runs.condition(
                row -> row.get(0) == null || slots[1] == null ? null : (Integer) row.get(0) > (Integer) slots[1]);
        var factory = new CorrelateOperator.Factory(
                new TableSource(left, 3),
                new FilterOperator.Factory(rightSource, greater),
                new int[] {0},
                new int[] {1},
                kind);
        assertThat(Table.canonicalSorted(Runs.rows(factory, run)))
                .isEqualTo(Table.canonicalSorted(JoinOperatorTest.expected(
                        left,
                        right,
                        kind,
                        row -> row.get(0) == null || row.get(2) == null
                                ? null
                                : (Integer) row.get(2) > (Integer) row.get(0))));
        assertThat(rightSource.opened).isEqualTo(60);
        assertThat(rightSource.closed).isEqualTo(60);
    }

    @Test
    void nestedCorrelationsSeeTheirOwnRows() {
        Object[] slots = new Object[2];
        Run run = new Run(new Bindings(List.of(), Instant.EPOCH, "", slots), 0);
        Table numbers = new Table(List.of(DataType.INTEGER), List.of(List.of(1), List.of(2), List.of(3)));
        var innermost = new ValuesOperator.Factory(
                List.of(DataType.INTEGER, DataType.INTEGER),
                List.of(List.of(Runs.slot(DataType.INTEGER, 0), Runs.slot(DataType.INTEGER, 1))));
        var inner = new CorrelateOperator.Factory(
                new TableSource(numbers, 1), innermost, new int[] {0}, new int[] {1}, JoinKind.INNER);
        var outer = new CorrelateOperator.Factory(
                new TableSource(numbers, 2), inner, new int[] {0}, new int[] {0}, JoinKind.INNER);
        assertThat(Runs.rows(outer, run))
                .hasSize(9)
                .allSatisfy(row -> assertThat(row.get(2)).isEqualTo(row.get(0)))
                .allSatisfy(row -> assertThat(row.get(3)).isEqualTo(row.get(1)));
    }

    @Test
    void recursionRunsUntilNothingIsNew() {
        Table seed = new Table(List.of(DataType.INTEGER), List.of(List.of(1), List.of(1)));
        Object key = new Object();
        var previous = new WorkingTableOperator.Factory(key, List.of(DataType.INTEGER));
        var step = new ProjectOperator.Factory(
                new FilterOperator.Factory(previous, Runs.condition(row -> (Integer) row.get(0) < 5)),
                List.of(Runs.expression(DataType.INTEGER, row -> (Integer) row.get(0) + 1)));
        var all = new RecursiveOperator.Factory(new TableSource(seed, 1), step, key, true, 0);
        assertThat(Runs.rows(all).stream().map(row -> row.get(0)).toList())
                .isEqualTo(List.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5));
        var cycle = new ProjectOperator.Factory(
                previous, List.of(Runs.expression(DataType.INTEGER, row -> ((Integer) row.get(0) + 1) % 7)));
        var distinct = new RecursiveOperator.Factory(new TableSource(seed, 1), cycle, key, false, 0);
        assertThat(Runs.rows(distinct).stream().map(row -> row.get(0)).toList())
                .isEqualTo(List.of(1, 2, 3, 4, 5, 6, 0));
        var endless = new RecursiveOperator.Factory(new TableSource(seed, 1), cycle, key, true, 50);
        assertThatThrownBy(() -> Runs.rows(endless))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("still yields rows after the allowed number of steps (50)");
    }

    @Test
    void scanReadsSplitsInOrderAndClosesEach() {
        Table table = Table.random(new Random(8), 300, TYPES);
        List<TableSource> parts = List.of(
                new TableSource(new Table(table.types(), table.rows().subList(0, 120)), 1),
                new TableSource(new Table(table.types(), List.of()), 1),
                new TableSource(new Table(table.types(), table.rows().subList(120, 300)), 1));
        Scan scan = new Scan() {
            @Override
            public Schema schema() {
                return Schema.of(Field.of("a", TYPES[0]), Field.of("b", TYPES[1]), Field.of("c", TYPES[2]));
            }

            @Override
            public List<Split> splits() {
                return parts.stream().map(part -> (Split) () -> -1).toList();
            }

            @Override
            public BatchSource open(Split split) {
                int index = (int) parts.stream().filter(part -> part.opened > 0).count();
                return parts.get(index).create(Runs.run());
            }
        };
        assertThat(Runs.rows(new ScanOperator.Factory(scan, List.of()))).isEqualTo(table.rows());
        assertThat(parts).allSatisfy(part -> assertThat(part.closed).isEqualTo(1));
        var source = new SourceOperator.Factory(table.types(), run -> new TableSource(table, 1).create(run));
        assertThat(Runs.rows(source)).isEqualTo(table.rows());
    }

    /** One plan of every operator that has inputs. */
    private static List<OperatorFactory> plans(OperatorFactory left, OperatorFactory right) {
        Expression condition = Runs.condition(row -> true);
        Object key = new Object();
        List<OperatorFactory> plans = new ArrayList<>(List.of(
                new FilterOperator.Factory(left, condition),
                new ProjectOperator.Factory(left, List.of(condition)),
                new LimitOperator.Factory(left, null, null),
                new UnionOperator.Factory(List.of(left, right)),
                new SetOperator.Factory(List.of(left, right), SetOperator.Kind.EXCEPT, true),
                new AggregateOperator.Factory(
                        left, new int[] {0}, List.of(AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT))),
                new SortOperator.Factory(left, List.of(SortKey.ascending(1))),
                new TopNOperator.Factory(left, List.of(SortKey.ascending(1)), null, Runs.constant(DataType.BIGINT, 3L)),
                new WindowOperator.Factory(
                        left,
                        new int[] {0},
                        List.of(SortKey.ascending(1)),
                        List.of(new WindowCall.Ranking(
                                WindowCall.Function.RANK,
                                new int[0],
                                false,
                                WindowFrame.toCurrentPeers(),
                                DataType.BIGINT))),
                new CorrelateOperator.Factory(left, right, new int[0], new int[0], JoinKind.INNER),
                new RecursiveOperator.Factory(
                        left, new WorkingTableOperator.Factory(key, left.types()), key, false, 0)));
        for (JoinKind kind : JoinKind.values()) {
            plans.add(new HashJoinOperator.Factory(
                    left, right, new int[] {1}, new int[] {1}, new boolean[1], kind, null));
            plans.add(new NestedLoopJoinOperator.Factory(left, right, kind, condition));
        }
        return plans;
    }

    @Test
    void inputsAreClosedOnceWhateverHappens() {
        Table table = Table.random(new Random(9), 50, TYPES);
        int count = plans(new TableSource(table, 1), new TableSource(table, 1)).size();
        for (int plan = 0; plan < count; plan++) {
            for (int failAfter : new int[] {0, 1, Integer.MAX_VALUE}) {
                TableSource left = new TableSource(table, 1, 10);
                TableSource right = new TableSource(table, 2, 10);
                left.failAfter = failAfter;
                OperatorFactory factory = plans(left, right).get(plan);
                Run run = Runs.run();
                Operator operator = factory.create(run);
                try {
                    while (operator.next() != null) {
                        // to the end
                    }
                    assertThat(failAfter).isEqualTo(Integer.MAX_VALUE);
                } catch (IllegalArgumentException expected) {
                    assertThat(expected).hasMessage("source failed");
                } finally {
                    operator.close();
                    operator.close();
                }
                assertThat(left.closed).as("%s", factory).isEqualTo(left.opened).isPositive();
                assertThat(right.closed).as("%s", factory).isEqualTo(right.opened);
                assertThat(run.memory().used()).isZero();
            }
        }
    }

    @Test
    void inputsStartedBeforeAFailureAreClosed() {
        TableSource left = new TableSource(Table.random(new Random(9), 5, TYPES), 1);
        OperatorFactory broken = new SourceOperator.Factory(List.of(TYPES), run -> {
            throw new IllegalArgumentException("cannot start");
        });
        var factory = new UnionOperator.Factory(List.of(left, broken));
        assertThatThrownBy(() -> factory.create(Runs.run())).hasMessage("cannot start");
        assertThat(left.closed).isEqualTo(1);
    }

    @Test
    void everyOperatorNoticesThatTheRunIsCancelled() {
        Table table = Table.random(new Random(9), 50, TYPES);
        for (OperatorFactory factory : plans(new TableSource(table, 1, 10), new TableSource(table, 2, 10))) {
            Run run = Runs.run();
            try (Operator operator = factory.create(run)) {
                run.cancel();
                assertThatThrownBy(operator::next)
                        .isInstanceOf(DatasetDbException.class)
                        .extracting(failure -> ((DatasetDbException) failure).code())
                        .isEqualTo(KernelError.CANCELLED);
            }
        }
    }

    @Test
    void buffersObeyTheMemoryBudget() {
        Table table = Table.random(new Random(9), 3000, TYPES);
        Run run = new Run(Bindings.none(Instant.EPOCH), 0, new MemoryBudget(20_000), () -> false, null);
        var factory = new SortOperator.Factory(new TableSource(table, 1), List.of(SortKey.ascending(0)));
        try (Operator operator = factory.create(run)) {
            assertThatThrownBy(() -> {
                        for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
                            assertThat(batch.size()).isPositive();
                        }
                    })
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageStartingWith(
                            "Cannot keep the rows to sort in memory: the budget of 20000 bytes for all statements")
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(KernelError.OUT_OF_MEMORY);
        }
        assertThat(run.memory().used()).isZero();
    }
}
