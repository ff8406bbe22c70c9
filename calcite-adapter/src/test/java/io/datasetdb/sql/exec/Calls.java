// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every aggregate function over a table with a column of each type that it takes. */
final class Calls {
    static final List<DataType> TYPES = List.of(
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.DOUBLE,
            DataType.decimal(12, 2),
            DataType.decimal(30, 3),
            DataType.VARCHAR,
            DataType.BOOLEAN,
            DataType.DATE,
            DataType.array(DataType.INTEGER),
            DataType.REAL);

    private Calls() {}

    private static int column(DataType type) {
        return TYPES.indexOf(type);
    }

    /**
     * Calls of all functions.
     *
     * @param base how many columns stand before those of {@link #TYPES}; before them one that orders all rows, at 0,
     * and
     *     right after them one with a fraction
     */
    static List<AggregateCall> all(int base, Random random, boolean nanFree) {
        List<AggregateCall> calls = new ArrayList<>();
        for (StandardAggregate function : StandardAggregate.values()) {
            for (Signature signature : signatures(function)) {
                if (nanFree && signature.arguments().stream().anyMatch(Calls::isDouble)) {
                    continue;
                }
                int[] arguments = signature.arguments().stream()
                        .mapToInt(type -> base + column(type))
                        .toArray();
                List<SortKey> ordering = List.of();
                boolean distinct = arguments.length > 0 && random.nextInt(3) == 0;
                if (function.name().startsWith("QUANTILE")) {
                    arguments = new int[] {arguments[0], base + TYPES.size()};
                }
                if (random.nextBoolean() && !distinct) {
                    ordering = List.of(new SortKey(base + 2, random.nextBoolean(), random.nextBoolean()));
                }
                int filter = random.nextInt(3) == 0 ? base + column(DataType.BOOLEAN) : AggregateCall.NO_FILTER;
                calls.add(new AggregateCall(function, arguments, distinct, filter, ordering, signature.result()));
            }
        }
        return calls;
    }

    private static boolean isDouble(DataType type) {
        return type == DataType.DOUBLE;
    }

    private record Signature(DataType result, List<DataType> arguments) {
        static Signature of(DataType result, DataType... arguments) {
            return new Signature(result, List.of(arguments));
        }
    }

    private static List<Signature> signatures(StandardAggregate function) {
        DataType wide = DataType.decimal(38, 3);
        List<Signature> same = new ArrayList<>();
        for (DataType type : TYPES) {
            same.add(Signature.of(type, type));
        }
        return switch (function) {
            case COUNT ->
                List.of(
                        Signature.of(DataType.BIGINT),
                        Signature.of(DataType.BIGINT, DataType.VARCHAR),
                        Signature.of(DataType.BIGINT, DataType.INTEGER, DataType.DOUBLE));
            case APPROX_COUNT_DISTINCT -> List.of(Signature.of(DataType.BIGINT, DataType.DOUBLE));
            case SUM, SUM0 ->
                List.of(
                        Signature.of(DataType.BIGINT, DataType.INTEGER),
                        Signature.of(DataType.BIGINT, DataType.BIGINT),
                        Signature.of(DataType.DOUBLE, DataType.DOUBLE),
                        Signature.of(DataType.DOUBLE, DataType.REAL),
                        Signature.of(DataType.decimal(38, 2), DataType.decimal(12, 2)),
                        Signature.of(wide, DataType.decimal(30, 3)));
            case AVG ->
                List.of(
                        Signature.of(DataType.DOUBLE, DataType.INTEGER),
                        Signature.of(DataType.INTEGER, DataType.INTEGER),
                        Signature.of(DataType.DOUBLE, DataType.DOUBLE),
                        Signature.of(DataType.decimal(38, 6), DataType.decimal(12, 2)),
                        Signature.of(DataType.DOUBLE, DataType.decimal(30, 3)));
            case MIN, MAX, ANY_VALUE, FIRST_VALUE, LAST_VALUE, MODE -> same;
            case SINGLE_VALUE, LITERAL_AGG -> List.of();
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                List.of(
                        Signature.of(DataType.DOUBLE, DataType.INTEGER),
                        Signature.of(DataType.DOUBLE, DataType.decimal(30, 3)));
            case COVAR_POP,
                    COVAR_SAMP,
                    CORR,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> List.of(Signature.of(DataType.DOUBLE, DataType.INTEGER, DataType.decimal(12, 2)));
            case REGR_COUNT -> List.of(Signature.of(DataType.BIGINT, DataType.INTEGER, DataType.decimal(12, 2)));
            case BIT_AND, BIT_OR, BIT_XOR ->
                List.of(
                        Signature.of(DataType.INTEGER, DataType.INTEGER),
                        Signature.of(DataType.BIGINT, DataType.BIGINT));
            case EVERY, SOME -> List.of(Signature.of(DataType.BOOLEAN, DataType.BOOLEAN));
            case COUNTIF -> List.of(Signature.of(DataType.BIGINT, DataType.BOOLEAN));
            case ARRAY_AGG, COLLECT ->
                List.of(
                        Signature.of(DataType.array(DataType.INTEGER), DataType.INTEGER),
                        Signature.of(DataType.array(DataType.VARCHAR), DataType.VARCHAR));
            case FUSION -> List.of(Signature.of(DataType.array(DataType.INTEGER), DataType.array(DataType.INTEGER)));
            case LISTAGG ->
                List.of(
                        Signature.of(DataType.VARCHAR, DataType.VARCHAR),
                        Signature.of(DataType.VARCHAR, DataType.VARCHAR, DataType.VARCHAR));
            case ARG_MAX, ARG_MIN ->
                List.of(
                        Signature.of(DataType.VARCHAR, DataType.VARCHAR, DataType.INTEGER),
                        Signature.of(DataType.INTEGER, DataType.INTEGER, DataType.VARCHAR));
            case QUANTILE_CONT, QUANTILE_CONT_DESCENDING -> List.of(Signature.of(DataType.DOUBLE, DataType.INTEGER));
            case INTERSECTION ->
                List.of(Signature.of(DataType.array(DataType.INTEGER), DataType.array(DataType.INTEGER)));
            case PRODUCT, GEOMETRIC_MEAN -> List.of(Signature.of(DataType.DOUBLE, DataType.decimal(12, 2)));
            case QUANTILE_DISC, QUANTILE_DISC_DESCENDING ->
                List.of(Signature.of(DataType.INTEGER, DataType.INTEGER), Signature.of(DataType.DATE, DataType.DATE));
            case MEDIAN -> List.of(Signature.of(DataType.DOUBLE, DataType.decimal(12, 2)));
            case SKEWNESS, KURTOSIS, KURTOSIS_POP -> List.of(Signature.of(DataType.DOUBLE, DataType.INTEGER));
            // Maps are no keys of the tables that results are compared by.
            case MAP_AGG, HISTOGRAM -> List.of();
        };
    }

    /** A table for these calls: two keys, the columns of {@link #TYPES}, a fraction. */
    static Table table(Random random, int rows) {
        List<DataType> types = new ArrayList<>(List.of(DataType.VARCHAR, DataType.INTEGER));
        types.addAll(TYPES);
        Table table = Table.random(random, rows, types.toArray(DataType[]::new));
        types.add(DataType.DOUBLE);
        double fraction = random.nextInt(5) / 4.0;
        List<List<Object>> all = new ArrayList<>();
        table.rows().forEach(row -> {
            List<Object> extended = new ArrayList<>(row);
            extended.add(fraction);
            all.add(extended);
        });
        return new Table(types, all);
    }
}
