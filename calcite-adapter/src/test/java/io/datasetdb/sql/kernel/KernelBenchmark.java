// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.sql.kernel.arithmetic.Arithmetic;
import io.datasetdb.sql.kernel.arithmetic.MathFunctions;
import io.datasetdb.sql.kernel.calendar.DatePart;
import io.datasetdb.sql.kernel.calendar.Extract;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.text.Like;
import io.datasetdb.sql.kernel.text.SubstringFunctions;
import io.datasetdb.sql.kernel.text.TextFunctions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Nanoseconds of processor time a row of the hot kernels, on batches of {@link Batch#SIZE} rows. Run by hand; it decides nothing. Every kernel runs
 * once before any is measured, so that call sites have seen several types, as in a real process.
 */
public final class KernelBenchmark {
    private static final int ROWS = Batch.SIZE;
    private static final int BATCHES = 64;

    private final Random random = new Random(1);
    private final List<Measured> cases = new ArrayList<>();

    private KernelBenchmark() {}

    /** A kernel and its input. */
    private record Measured(String name, Expression expression, List<Batch> batches, boolean filter) {
        long run(Selection selection) {
            long checksum = 0;
            for (Batch batch : batches) {
                checksum += filter
                        ? expression.filter(batch, selection, Eval.NONE).size()
                        : expression.evaluate(batch, selection, Eval.NONE).size();
            }
            return checksum;
        }
    }

    public static void main(String[] arguments) {
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        KernelBenchmark benchmark = new KernelBenchmark();
        benchmark.prepare();
        long checksum = 0;
        for (int round = 0; round < 30; round++) {
            for (Measured kernel : benchmark.cases) {
                checksum += kernel.run(Selection.all(ROWS));
            }
        }
        System.out.printf("%-44s %8s %8s%n", "kernel", "min ns", "median");
        for (Measured kernel : benchmark.cases) {
            double[] times = new double[15];
            for (int i = 0; i < times.length; i++) {
                long start = cpu.getCurrentThreadCpuTime();
                for (int repeat = 0; repeat < 4; repeat++) {
                    checksum += kernel.run(Selection.all(ROWS));
                }
                times[i] = (cpu.getCurrentThreadCpuTime() - start) / (4.0 * BATCHES * ROWS);
            }
            java.util.Arrays.sort(times);
            System.out.printf("%-44s %8.2f %8.2f%n", kernel.name(), times[0], times[times.length / 2]);
        }
        System.out.println("checksum " + checksum);
    }

    private void prepare() {
        DataType money = DataType.decimal(15, 2);
        DataType sum = DataType.decimal(31, 4);
        Expression i = Eval.col(0, DataType.INTEGER);
        Expression l = Eval.col(1, DataType.BIGINT);
        Expression m = Eval.col(2, DataType.BIGINT);
        Expression d = Eval.col(3, DataType.DOUBLE);
        Expression price = Eval.col(4, money);
        Expression discount = Eval.col(5, money);
        Expression s = Eval.col(6, DataType.VARCHAR);
        Expression code = Eval.col(7, DataType.VARCHAR);
        Expression day = Eval.col(8, DataType.DATE);
        Expression nullable = Eval.col(9, DataType.BIGINT);
        Expression half = Eval.lit(50L, DataType.BIGINT);
        Comparison.Operator less = Comparison.Operator.LESS;
        Arithmetic.Operator multiply = Arithmetic.Operator.MULTIPLY;
        filter("int < constant", Comparison.of(less, i, Eval.lit(50, DataType.INTEGER)));
        filter("bigint < constant", Comparison.of(less, l, half));
        filter("bigint < bigint", Comparison.of(less, l, m));
        filter("nullable bigint < constant", Comparison.of(less, nullable, half));
        filter("double < constant", Comparison.of(less, d, Eval.lit(50.0, DataType.DOUBLE)));
        filter(
                "between and and (Q6)",
                And.of(List.of(
                        Comparison.of(Comparison.Operator.GREATER_OR_EQUAL, l, Eval.lit(10L, DataType.BIGINT)),
                        Comparison.of(less, l, half),
                        Comparison.of(less, d, Eval.lit(50.0, DataType.DOUBLE)))));
        filter(
                "varchar = constant",
                Comparison.of(Comparison.Operator.EQUAL, s, Eval.lit("value 17 of some length", DataType.VARCHAR)));
        filter(
                "dictionary = constant",
                Comparison.of(Comparison.Operator.EQUAL, code, Eval.lit("code 3", DataType.VARCHAR)));
        filter("bigint in (5 values)", InSet.of(l, List.of(1L, 20L, 33L, 47L, 90L), false));
        filter("varchar like '%7 of%'", Like.of(s, Eval.lit("%7 of%", DataType.VARCHAR), null, false, false));
        filter("dictionary like '%3'", Like.of(code, Eval.lit("%3", DataType.VARCHAR), null, false, false));
        value("bigint < constant as a value", Comparison.of(less, l, half));
        value("int + int", Arithmetic.of(Arithmetic.Operator.ADD, i, i, DataType.INTEGER));
        value("bigint + bigint", Arithmetic.of(Arithmetic.Operator.ADD, l, m, DataType.BIGINT));
        value("bigint + constant", Arithmetic.of(Arithmetic.Operator.ADD, l, half, DataType.BIGINT));
        value("nullable bigint + bigint", Arithmetic.of(Arithmetic.Operator.ADD, nullable, m, DataType.BIGINT));
        value("bigint * bigint", Arithmetic.of(multiply, l, m, DataType.BIGINT));
        value(
                "bigint / bigint",
                Arithmetic.of(Arithmetic.Operator.DIVIDE, l, Eval.lit(7L, DataType.BIGINT), DataType.BIGINT));
        value("double * double", Arithmetic.of(multiply, d, d, DataType.DOUBLE));
        value(
                "1 - decimal",
                Arithmetic.of(
                        Arithmetic.Operator.SUBTRACT,
                        Eval.lit(1, DataType.INTEGER),
                        discount,
                        DataType.decimal(16, 2)));
        value("decimal * decimal to 128 bits", Arithmetic.of(multiply, price, discount, sum));
        value(
                "decimal(31,4) * decimal rounded",
                Arithmetic.of(
                        multiply, Arithmetic.of(multiply, price, discount, sum), discount, DataType.decimal(38, 6)));
        value("decimal / decimal", Arithmetic.of(Arithmetic.Operator.DIVIDE, price, discount, DataType.decimal(38, 6)));
        value(
                "case when bigint < c then l else 0",
                Case.of(
                        List.of(Comparison.of(less, l, half)),
                        List.of(m),
                        Eval.lit(0L, DataType.BIGINT),
                        DataType.BIGINT));
        value("round(double, 2)", MathFunctions.round(d, Eval.lit(2, DataType.INTEGER), DataType.DOUBLE));
        value("cast int to bigint", Cast.of(i, DataType.BIGINT));
        value("cast bigint to varchar", Cast.of(l, DataType.VARCHAR));
        value("extract year of date", Extract.of(DatePart.YEAR, day, DataType.BIGINT));
        value("upper(varchar)", TextFunctions.upper(s));
        value(
                "substring(varchar, 1, 5)",
                SubstringFunctions.substring(s, Eval.lit(1, DataType.INTEGER), Eval.lit(5, DataType.INTEGER)));
        hash("hash of bigint", l);
        hash("hash of varchar", s);
    }

    private void filter(String name, Expression expression) {
        cases.add(new Measured("filter: " + name, expression, batches(), true));
    }

    private void value(String name, Expression expression) {
        cases.add(new Measured(name, expression, batches(), false));
    }

    private void hash(String name, Expression input) {
        cases.add(new Measured(name, new Hash(input), batches(), false));
    }

    /** Hashes its input, for the measurement. */
    private record Hash(Expression input) implements Expression {
        @Override
        public DataType type() {
            return DataType.BIGINT;
        }

        @Override
        public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
            long[] hashes = new long[selection.size()];
            ValueHash.hash(input.evaluate(batch, selection, bindings), selection, hashes, false);
            return new LongVector(DataType.BIGINT, hashes.length, hashes, null);
        }
    }

    private final List<Batch> shared = new ArrayList<>();

    private List<Batch> batches() {
        if (shared.isEmpty()) {
            for (int b = 0; b < BATCHES; b++) {
                shared.add(Batch.of(
                        List.of(
                                ints(),
                                longs(),
                                longs(),
                                doubles(),
                                money(),
                                money(),
                                texts(),
                                codes(),
                                days(),
                                nullables()),
                        ROWS));
            }
        }
        return shared;
    }

    private Vector ints() {
        return new IntVector(DataType.INTEGER, ROWS, random.ints(ROWS, 0, 100).toArray(), null);
    }

    private Vector longs() {
        return new LongVector(DataType.BIGINT, ROWS, random.longs(ROWS, 0, 100).toArray(), null);
    }

    private Vector doubles() {
        VectorBuilder builder = VectorBuilder.of(DataType.DOUBLE, ROWS);
        for (int p = 0; p < ROWS; p++) {
            builder.append(random.nextInt(10_000) / 100.0 + 0.001);
        }
        return builder.build();
    }

    private Vector money() {
        VectorBuilder builder = VectorBuilder.of(DataType.decimal(15, 2), ROWS);
        for (int p = 0; p < ROWS; p++) {
            builder.append(BigDecimal.valueOf(random.nextInt(1_000_000) + 1L, 2));
        }
        return builder.build();
    }

    private BytesVector texts() {
        VectorBuilder builder = VectorBuilder.of(DataType.VARCHAR, ROWS);
        for (int p = 0; p < ROWS; p++) {
            builder.append("value " + random.nextInt(50) + " of some length");
        }
        return (BytesVector) builder.build();
    }

    private Vector codes() {
        VectorBuilder builder = VectorBuilder.of(DataType.VARCHAR, 10);
        for (int p = 0; p < 10; p++) {
            builder.append("code " + p);
        }
        return new DictionaryVector(ROWS, random.ints(ROWS, 0, 10).toArray(), builder.build(), null);
    }

    private Vector days() {
        return new IntVector(DataType.DATE, ROWS, random.ints(ROWS, 8000, 11000).toArray(), null);
    }

    private Vector nullables() {
        VectorBuilder builder = VectorBuilder.of(DataType.BIGINT, ROWS);
        for (int p = 0; p < ROWS; p++) {
            builder.append(random.nextInt(10) == 0 ? null : (Object) (long) random.nextInt(100));
        }
        return builder.build();
    }
}
