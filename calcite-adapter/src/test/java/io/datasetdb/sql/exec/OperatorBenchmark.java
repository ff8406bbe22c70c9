// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.sql.exec.window.WindowFrame;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Nanoseconds of this thread's processor time per input row of the heavy operators, best of several runs:
 * {@code main [runs]}.
 */
final class OperatorBenchmark {
    private static final int ROWS = 6_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private OperatorBenchmark() {}

    public static void main(String[] args) {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Random random = new Random(1);
        long[] values = random.longs(ROWS, 0, 1_000_000).toArray();
        long[] sparse = random.longs(1_500_000).toArray();
        OperatorFactory flags = source(ROWS, flag(random), flag(random), longs(values), longs(values));
        List<AggregateCall> sums = List.of(
                AggregateCall.of(StandardAggregate.SUM, DataType.BIGINT, 2),
                AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT));
        long[] thousand =
                java.util.Arrays.stream(values).map(value -> value % 1000).toArray();
        List<AggregateCall> sum = List.of(AggregateCall.of(StandardAggregate.SUM, DataType.BIGINT, 1));
        measure("group by 4 groups (2 dictionary keys)", ROWS, runs, grouped(flags, sums, 0, 1));
        measure("group by 4 groups (BIGINT)", ROWS, runs, grouped(keys(i -> i & 3, values), sum, 0));
        measure("group by 200 k groups", ROWS, runs, grouped(keys(i -> values[i] % 200_000, values), sum, 0));
        long[] many = random.longs(ROWS, 0, 1_500_000).map(i -> sparse[(int) i]).toArray();
        measure("group by 1.5 M groups", ROWS, runs, grouped(keys(i -> many[i], values), sum, 0));
        OperatorFactory build = source(1_500_000, longs(sparse), longs(values));
        measure("join 6 M x 1.5 M", ROWS, runs, join(keys(i -> many[i], values), build, JoinKind.INNER));
        measure("semi-join 6 M x 1.5 M", ROWS, runs, join(keys(i -> many[i], values), build, JoinKind.SEMI));
        OperatorFactory million = source(1_000_000, longs(many), longs(values));
        measure("sort 1 M", 1_000_000, runs, new SortOperator.Factory(million, List.of(SortKey.ascending(0))));
        OperatorFactory texts = source(1_000_000, text(many), longs(values));
        measure("sort 1 M texts", 1_000_000, runs, new SortOperator.Factory(texts, List.of(SortKey.ascending(0))));
        measure("group by 650 k texts", 1_000_000, runs, grouped(texts, sum, 0));
        measure(
                "top 10 of 6 M",
                ROWS,
                runs,
                new TopNOperator.Factory(
                        keys(i -> many[i], values),
                        List.of(SortKey.descending(0)),
                        null,
                        Runs.constant(DataType.BIGINT, 10L)));
        measure(
                "running sum of 1 M in 1 k partitions",
                1_000_000,
                runs,
                new WindowOperator.Factory(
                        source(1_000_000, longs(many), longs(thousand), longs(values)),
                        new int[] {1},
                        List.of(SortKey.ascending(0)),
                        List.of(new WindowCall.Aggregate(sum.get(0), WindowFrame.toCurrentPeers()))));
    }

    private static OperatorFactory grouped(OperatorFactory input, List<AggregateCall> calls, int... keys) {
        return new AggregateOperator.Factory(input, keys, calls);
    }

    private static OperatorFactory join(OperatorFactory left, OperatorFactory right, JoinKind kind) {
        return new HashJoinOperator.Factory(left, right, new int[] {0}, new int[] {0}, new boolean[1], kind, null);
    }

    private static void measure(String name, int rows, int runs, OperatorFactory factory) {
        double best = Double.MAX_VALUE;
        long result = 0;
        for (int i = 0; i < runs; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            result = 0;
            try (Operator operator = factory.create(new Run(Bindings.none(Instant.EPOCH), 0))) {
                for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
                    result += batch.size();
                }
            }
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / (double) rows);
        }
        System.out.printf(Locale.ROOT, "%-40s %8.1f ns/row   %,d rows out%n", name, best, result);
    }

    /** A number a row. */
    private interface Numbers {
        long at(int row);
    }

    private static IntFunction<Vector> longs(long[] values) {
        return from -> {
            long[] part = java.util.Arrays.copyOfRange(values, from, from + Batch.SIZE);
            return new LongVector(DataType.BIGINT, Batch.SIZE, part, null);
        };
    }

    private static OperatorFactory keys(Numbers keys, long[] values) {
        long[] numbers = new long[ROWS];
        java.util.Arrays.setAll(numbers, keys::at);
        return source(ROWS, longs(numbers), longs(values));
    }

    private static IntFunction<Vector> flag(Random random) {
        BytesVector dictionary = (BytesVector) VectorBuilder.vector(DataType.VARCHAR, "A", "N");
        int[] ids = random.ints(Batch.SIZE, 0, 2).toArray();
        return from -> new DictionaryVector(Batch.SIZE, ids, dictionary, null);
    }

    private static IntFunction<Vector> text(long[] values) {
        return from -> {
            VectorBuilder builder = VectorBuilder.of(DataType.VARCHAR, Batch.SIZE);
            for (int i = 0; i < Batch.SIZE; i++) {
                builder.append("text " + (values[from + i] & 0xFFFFFFF));
            }
            return builder.build();
        };
    }

    /** All batches are made before anything is measured. */
    @SafeVarargs
    private static OperatorFactory source(int rows, IntFunction<Vector>... columns) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from + Batch.SIZE <= rows; from += Batch.SIZE) {
            List<Vector> vectors = new ArrayList<>();
            for (IntFunction<Vector> column : columns) {
                vectors.add(column.apply(from));
            }
            batches.add(Batch.of(vectors, Batch.SIZE));
        }
        List<DataType> types =
                batches.get(0).columns().stream().map(Vector::type).toList();
        return new SourceOperator.Factory(types, run -> new BatchSource() {
            private int next;

            @Override
            public Batch next() {
                return next < batches.size() ? batches.get(next++) : null;
            }

            @Override
            public void close() {}
        });
    }
}
