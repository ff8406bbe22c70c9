// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.sql.exec.window.WindowFrame;
import io.datasetdb.sql.exec.window.WindowFrame.Bound;
import io.datasetdb.sql.exec.window.WindowFrame.BoundKind;
import io.datasetdb.sql.exec.window.WindowFrame.Exclusion;
import io.datasetdb.sql.exec.window.WindowFrame.Unit;
import io.datasetdb.vector.DataType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowOperatorTest {
    @Test
    void everyFunctionAgreesWithTheDefinitionOverEveryKindOfFrame() {
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            Table table = table(random, random.nextInt(60));
            int order = 1 + random.nextInt(4);
            boolean noOrder = random.nextInt(8) == 0;
            SortKey key = new SortKey(order, random.nextBoolean(), random.nextBoolean());
            List<SortKey> keys = noOrder ? List.of() : List.of(key);
            WindowFrame frame = frame(random, noOrder ? null : table.types().get(order));
            compare(table, random.nextInt(4) == 0 ? new int[0] : new int[] {5}, keys, calls(frame), seed);
        }
    }

    @Test
    void everyAggregateWorksOverFrames() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Table table = Calls.table(random, 40).numbered();
            WindowFrame frame = frame(random, DataType.INTEGER);
            List<WindowCall> calls = new ArrayList<>();
            for (AggregateCall call : Calls.all(3, random, true)) {
                calls.add(new WindowCall.Aggregate(call, frame));
            }
            compare(table, new int[] {1}, List.of(SortKey.ascending(2)), calls, seed);
        }
    }

    @Test
    void bucketsTakeOneRowMoreFromTheFirst() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(Arrays.asList(i, i == 9 ? null : i % 2 == 0 ? 4 : 20));
        }
        Table table = new Table(List.of(DataType.INTEGER, DataType.INTEGER), rows);
        WindowCall call = new WindowCall.Ranking(
                WindowCall.Function.NTILE, new int[] {1}, false, WindowFrame.wholePartition(), DataType.BIGINT);
        var factory = new WindowOperator.Factory(
                new TableSource(table, 1), new int[0], List.of(SortKey.ascending(0)), List.of(call));
        assertThat(Runs.rows(factory).stream().map(row -> row.get(2)).toList())
                .isEqualTo(Arrays.asList(1L, 2L, 1L, 4L, 2L, 6L, 3L, 8L, 4L, null));
    }

    @Test
    void nthValueCountsWithinTheFrame() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(Arrays.asList(i, i % 3 == 1 ? null : "v" + i, i == 5 ? null : 2));
        }
        Table table = new Table(List.of(DataType.INTEGER, DataType.VARCHAR, DataType.INTEGER), rows);
        WindowFrame frame = new WindowFrame(
                Unit.ROWS,
                Bound.of(BoundKind.UNBOUNDED_PRECEDING),
                Bound.of(BoundKind.CURRENT_ROW),
                Exclusion.NO_OTHERS);
        List<WindowCall> calls = List.of(
                new WindowCall.Ranking(WindowCall.Function.NTH_VALUE, new int[] {1, 2}, false, frame, DataType.VARCHAR),
                new WindowCall.Ranking(WindowCall.Function.NTH_VALUE, new int[] {1, 2}, true, frame, DataType.VARCHAR));
        var factory =
                new WindowOperator.Factory(new TableSource(table, 1), new int[0], List.of(SortKey.ascending(0)), calls);
        List<List<Object>> result = Runs.rows(factory);
        assertThat(result.stream().map(row -> row.get(3)).toList())
                .isEqualTo(Arrays.asList(null, null, null, null, null, null));
        assertThat(result.stream().map(row -> row.get(4)).toList())
                .isEqualTo(Arrays.asList(null, null, "v2", "v2", "v2", null));
    }

    private static Table table(Random random, int rows) {
        return Table.random(
                        random,
                        rows,
                        DataType.INTEGER,
                        DataType.DOUBLE,
                        DataType.DATE,
                        DataType.decimal(10, 2),
                        DataType.VARCHAR,
                        DataType.BIGINT)
                .numbered();
    }

    private static List<WindowCall> calls(WindowFrame frame) {
        List<WindowCall> calls = new ArrayList<>();
        for (WindowCall.Function function : WindowCall.Function.values()) {
            for (boolean ignoreNulls : new boolean[] {false, true}) {
                switch (function) {
                    case ROW_NUMBER, RANK, DENSE_RANK ->
                        calls.add(new WindowCall.Ranking(function, new int[0], false, frame, DataType.BIGINT));
                    case PERCENT_RANK, CUME_DIST ->
                        calls.add(new WindowCall.Ranking(function, new int[0], false, frame, DataType.DOUBLE));
                    case NTILE -> {}
                    case FIRST_VALUE, LAST_VALUE ->
                        calls.add(
                                new WindowCall.Ranking(function, new int[] {5}, ignoreNulls, frame, DataType.VARCHAR));
                    case LAG, LEAD -> {
                        calls.add(
                                new WindowCall.Ranking(function, new int[] {5}, ignoreNulls, frame, DataType.VARCHAR));
                        calls.add(new WindowCall.Ranking(
                                function, new int[] {1, 1, 1}, ignoreNulls, frame, DataType.INTEGER));
                    }
                    case NTH_VALUE -> {}
                }
            }
        }
        calls.add(aggregate(StandardAggregate.COUNT, DataType.BIGINT, frame));
        calls.add(aggregate(StandardAggregate.SUM, DataType.BIGINT, frame, 1));
        calls.add(aggregate(StandardAggregate.MAX, DataType.VARCHAR, frame, 5));
        calls.add(aggregate(StandardAggregate.AVG, DataType.DOUBLE, frame, 1));
        calls.add(aggregate(StandardAggregate.ARRAY_AGG, DataType.array(DataType.INTEGER), frame, 1));
        return calls;
    }

    private static WindowCall aggregate(
            StandardAggregate function, DataType type, WindowFrame frame, int... arguments) {
        return new WindowCall.Aggregate(AggregateCall.of(function, type, arguments), frame);
    }

    private static WindowFrame frame(Random random, DataType keyType) {
        Unit unit = Unit.values()[random.nextInt(3)];
        boolean noOffsets = unit == Unit.RANGE && (keyType == null || keyType.kind() == DataType.Kind.VARCHAR);
        BoundKind start = kind(random, BoundKind.UNBOUNDED_FOLLOWING, noOffsets);
        BoundKind end = kind(random, BoundKind.UNBOUNDED_PRECEDING, noOffsets);
        if (start.compareTo(end) > 0) {
            end = start == BoundKind.CURRENT_ROW ? BoundKind.CURRENT_ROW : BoundKind.UNBOUNDED_FOLLOWING;
        }
        return new WindowFrame(
                unit,
                bound(start, unit, keyType, random),
                bound(end, unit, keyType, random),
                Exclusion.values()[random.nextInt(4)]);
    }

    private static BoundKind kind(Random random, BoundKind not, boolean noOffsets) {
        while (true) {
            BoundKind kind = BoundKind.values()[random.nextInt(5)];
            boolean offset = kind == BoundKind.PRECEDING || kind == BoundKind.FOLLOWING;
            if (kind != not && !(offset && noOffsets)) {
                return kind;
            }
        }
    }

    private static Bound bound(BoundKind kind, Unit unit, DataType keyType, Random random) {
        if (kind != BoundKind.PRECEDING && kind != BoundKind.FOLLOWING) {
            return Bound.of(kind);
        }
        if (unit == Unit.RANGE && keyType.kind() == DataType.Kind.DATE) {
            return new Bound(
                    kind,
                    random.nextBoolean()
                            ? Runs.constant(DataType.INTERVAL_MONTH, Period.ofMonths(random.nextInt(3)))
                            : Runs.constant(DataType.INTERVAL_DAY, Duration.ofDays(random.nextInt(30))));
        }
        return new Bound(kind, Runs.constant(DataType.BIGINT, (long) random.nextInt(3)));
    }

    private static void compare(Table table, int[] partition, List<SortKey> keys, List<WindowCall> calls, long seed) {
        var factory = new WindowOperator.Factory(new TableSource(table, seed), partition, keys, calls);
        List<List<Object>> actual = Runs.rows(factory);
        assertThat(actual.size()).isEqualTo(table.rows().size());
        List<SortKey> all = new ArrayList<>();
        Arrays.stream(partition).forEach(column -> all.add(SortKey.ascending(column)));
        all.addAll(keys);
        List<List<Object>> sorted = new ArrayList<>(table.rows());
        sorted.sort(NaiveAggregates.comparator(all));
        Comparator<List<Object>> peers = NaiveAggregates.comparator(keys);
        for (int i = 0; i < sorted.size(); i++) {
            List<Object> row = sorted.get(i);
            int width = row.size();
            assertThat(Table.canonical(actual.get(i).subList(0, width)))
                    .as("seed %s: place %s", seed, i)
                    .isEqualTo(Table.canonical(row));
            List<List<Object>> own = sorted.stream()
                    .filter(other -> Arrays.stream(partition)
                            .allMatch(column ->
                                    Table.canonical(other.get(column)).equals(Table.canonical(row.get(column)))))
                    .toList();
            int place = own.indexOf(row);
            for (int c = 0; c < calls.size(); c++) {
                WindowCall call = calls.get(c);
                Object expected = value(call, own, place, peers, keys);
                Object is = actual.get(i).get(width + c);
                assertThat(NaiveAggregates.close(is, expected))
                        .as("seed %s, place %s, %s keys %s: %s for %s", seed, i, call, keys, is, expected)
                        .isTrue();
            }
        }
    }

    private static Object value(
            WindowCall call, List<List<Object>> rows, int place, Comparator<List<Object>> peers, List<SortKey> keys) {
        if (call instanceof WindowCall.Aggregate aggregate) {
            return NaiveAggregates.compute(aggregate.call(), frame(aggregate.frame(), rows, place, peers, keys));
        }
        WindowCall.Ranking ranking = (WindowCall.Ranking) call;
        List<Object> row = rows.get(place);
        long before =
                rows.stream().filter(other -> peers.compare(other, row) < 0).count();
        long upTo =
                rows.stream().filter(other -> peers.compare(other, row) <= 0).count();
        return switch (ranking.function()) {
            case ROW_NUMBER -> place + 1L;
            case RANK -> before + 1;
            case DENSE_RANK -> distinctBefore(rows, place, peers) + 1L;
            case PERCENT_RANK -> rows.size() == 1 ? 0.0 : before / (rows.size() - 1.0);
            case CUME_DIST -> upTo / (double) rows.size();
            case LAG, LEAD -> shifted(ranking, rows, place);
            case FIRST_VALUE, LAST_VALUE -> edge(ranking, frame(ranking.frame(), rows, place, peers, keys));
            case NTILE, NTH_VALUE -> throw new IllegalArgumentException();
        };
    }

    private static int distinctBefore(List<List<Object>> rows, int place, Comparator<List<Object>> peers) {
        int groups = 0;
        for (int i = 1; i <= place; i++) {
            groups += peers.compare(rows.get(i - 1), rows.get(i)) == 0 ? 0 : 1;
        }
        return groups;
    }

    private static Object edge(WindowCall.Ranking call, List<List<Object>> frame) {
        List<Object> values = new ArrayList<>();
        frame.forEach(row -> values.add(row.get(call.arguments()[0])));
        if (call.ignoreNulls()) {
            values.removeIf(Objects::isNull);
        }
        if (values.isEmpty()) {
            return null;
        }
        return call.function() == WindowCall.Function.FIRST_VALUE ? values.get(0) : values.get(values.size() - 1);
    }

    private static Object shifted(WindowCall.Ranking call, List<List<Object>> rows, int place) {
        int[] arguments = call.arguments();
        Object offset = arguments.length > 1 ? rows.get(place).get(arguments[1]) : (Integer) 1;
        Object absent = arguments.length > 2 ? rows.get(place).get(arguments[2]) : null;
        if (offset == null) {
            return absent;
        }
        int steps = (Integer) offset * (call.function() == WindowCall.Function.LAG ? -1 : 1);
        int at = place;
        while (steps != 0) {
            at += Integer.signum(steps);
            if (at < 0 || at >= rows.size()) {
                return absent;
            }
            if (!call.ignoreNulls() || rows.get(at).get(arguments[0]) != null) {
                steps -= Integer.signum(steps);
            }
        }
        return rows.get(at).get(arguments[0]);
    }

    private static List<List<Object>> frame(
            WindowFrame frame, List<List<Object>> rows, int place, Comparator<List<Object>> peers, List<SortKey> keys) {
        List<List<Object>> result = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean peer = peers.compare(rows.get(i), rows.get(place)) == 0;
            boolean excluded = switch (frame.exclusion()) {
                case NO_OTHERS -> false;
                case CURRENT_ROW -> i == place;
                case GROUP -> peer;
                case TIES -> peer && i != place;
            };
            if (!excluded
                    && side(frame, frame.start(), rows, i, place, peers, keys) >= 0
                    && side(frame, frame.end(), rows, i, place, peers, keys) <= 0) {
                result.add(rows.get(i));
            }
        }
        return result;
    }

    /** Whether row {@code i} lies before (-1), at or behind (1) a bound. */
    private static int side(
            WindowFrame frame,
            Bound bound,
            List<List<Object>> rows,
            int i,
            int place,
            Comparator<List<Object>> peers,
            List<SortKey> keys) {
        if (bound.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            return 1;
        }
        if (bound.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            return -1;
        }
        Object offset = bound.offset() == null
                ? (Object) 0L
                : Scalars.value(bound.offset(), Runs.run().bindings());
        boolean preceding = bound.kind() == BoundKind.PRECEDING;
        if (frame.unit() == Unit.ROWS) {
            return Long.compare(i, place + (Long) offset * (preceding ? -1 : 1));
        }
        int groups = distinctBefore(rows, i, peers) - distinctBefore(rows, place, peers);
        if (frame.unit() == Unit.GROUPS) {
            return Long.compare(groups, (Long) offset * (preceding ? -1 : 1));
        }
        if (bound.offset() == null) {
            return Integer.signum(groups);
        }
        SortKey key = keys.get(0);
        Object own = rows.get(place).get(key.ordinal());
        Object other = rows.get(i).get(key.ordinal());
        if (!isFinite(own) || !isFinite(other)) {
            return Integer.signum(groups);
        }
        boolean down = preceding == key.ascending();
        int order;
        if (own instanceof LocalDate date) {
            LocalDate limit = offset instanceof Period period
                    ? down ? date.minus(period) : date.plus(period)
                    : date.plusDays(((Duration) offset).toDays() * (down ? -1 : 1));
            order = ((LocalDate) other).compareTo(limit);
        } else {
            double limit = ((Number) own).doubleValue() + (Long) offset * (down ? -1 : 1);
            order = Double.compare(((Number) other).doubleValue() + 0.0, limit + 0.0);
        }
        return key.ascending() ? order : -order;
    }

    private static boolean isFinite(Object value) {
        return value != null && !(value instanceof Double number && !Double.isFinite(number));
    }
}
