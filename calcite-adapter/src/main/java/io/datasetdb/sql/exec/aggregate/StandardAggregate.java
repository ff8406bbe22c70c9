// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.aggregate.MomentsAccumulator.Statistic;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.DataType;
import java.util.List;
import java.util.Set;

/**
 * The built-in aggregate functions. Unless said otherwise rows with a NULL argument do not count and a group without
 * rows
 * yields NULL.
 */
public enum StandardAggregate implements Aggregator {
    /** Rows in which no argument is NULL; 0 without rows. */
    COUNT,
    /** Exact; whole numbers, DECIMALs and intervals that do not fit the result type are an overflow. */
    SUM,
    /** As {@link #SUM}, 0 without rows. */
    SUM0,
    /** DOUBLE, or rounded half up to a DECIMAL, or truncated to a whole number, as the result type says. */
    AVG,
    MIN(Trait.IGNORES_DUPLICATES),
    MAX(Trait.IGNORES_DUPLICATES),
    /** The first value that is not NULL. */
    ANY_VALUE(Trait.ORDER_SENSITIVE, Trait.IGNORES_DUPLICATES),
    /** The value of the first row, even if NULL. */
    FIRST_VALUE(Trait.ORDER_SENSITIVE, Trait.IGNORES_DUPLICATES),
    /** The value of the last row, even if NULL. */
    LAST_VALUE(Trait.ORDER_SENSITIVE),
    /** The value of the only row; a second one is an error. */
    SINGLE_VALUE,
    /** Its argument, which is the same in all rows; the planner sees to groups without rows. */
    LITERAL_AGG(Trait.IGNORES_DUPLICATES),
    STDDEV_POP,
    STDDEV_SAMP,
    VAR_POP,
    VAR_SAMP,
    COVAR_POP,
    COVAR_SAMP,
    CORR,
    REGR_COUNT,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2,
    BIT_AND(Trait.IGNORES_DUPLICATES),
    BIT_OR(Trait.IGNORES_DUPLICATES),
    BIT_XOR,
    EVERY(Trait.IGNORES_DUPLICATES),
    SOME(Trait.IGNORES_DUPLICATES),
    /** Rows in which the argument is TRUE; 0 without rows. */
    COUNTIF,
    /** All values, NULLs, too, as an array. */
    ARRAY_AGG(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** As {@link #ARRAY_AGG}, an empty array without rows. */
    COLLECT(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** All elements of all arrays. */
    FUSION(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** Arguments: value [, separator], both VARCHAR; a comma separates if nothing else is given. */
    LISTAGG(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** The commonest value, of several the first. */
    MODE(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** Arguments: value, key. The value where the key is greatest. */
    ARG_MAX(Trait.ORDER_SENSITIVE),
    /** Arguments: value, key. The value where the key is smallest. */
    ARG_MIN(Trait.ORDER_SENSITIVE),
    /** Exact, in fact. */
    APPROX_COUNT_DISTINCT(Trait.ORDER_SENSITIVE, Trait.IGNORES_DUPLICATES, Trait.KEEPS_ROWS),
    /** Arguments: value, fraction from 0 to 1. Between two values it interpolates. */
    QUANTILE_CONT(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** As {@link #QUANTILE_CONT}, from the greatest value down. */
    QUANTILE_CONT_DESCENDING(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** Arguments: value, fraction from 0 to 1. The first value that so many are not above. */
    QUANTILE_DISC(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** As {@link #QUANTILE_DISC}, from the greatest value down. */
    QUANTILE_DISC_DESCENDING(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** Argument: value. QUANTILE_CONT of one half. */
    MEDIAN(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** The elements that all arrays have, as often as in the array that has the fewest of them. */
    INTERSECTION(Trait.ORDER_SENSITIVE, Trait.IGNORES_DUPLICATES, Trait.KEEPS_ROWS),
    /** DOUBLE. */
    PRODUCT,
    /** DOUBLE. The n-th root of the product of n positive values. */
    GEOMETRIC_MEAN,
    /** DOUBLE, of a sample; NULL for fewer than three rows or where all are equal. */
    SKEWNESS,
    /** DOUBLE, of a sample, 0 for normal values; NULL for fewer than four rows or where all are equal. */
    KURTOSIS,
    /** As {@link #KURTOSIS} of a whole population; NULL for fewer than two rows. */
    KURTOSIS_POP,
    /** Arguments: key, value. A map; of equal keys the first counts, and none may be NULL. */
    MAP_AGG(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS),
    /** A map from the values that are not NULL to how often they are there. */
    HISTOGRAM(Trait.ORDER_SENSITIVE, Trait.KEEPS_ROWS);

    private enum Trait {
        ORDER_SENSITIVE,
        IGNORES_DUPLICATES,
        KEEPS_ROWS
    }

    private final Set<Trait> traits;

    StandardAggregate(Trait... traits) {
        this.traits = Set.of(traits);
    }

    @Override
    public boolean orderSensitive() {
        return traits.contains(Trait.ORDER_SENSITIVE);
    }

    @Override
    public boolean keepsRows() {
        return traits.contains(Trait.KEEPS_ROWS);
    }

    @Override
    public boolean ignoresDuplicates() {
        return traits.contains(Trait.IGNORES_DUPLICATES);
    }

    @Override
    public Accumulator accumulator(List<DataType> arguments, DataType result) {
        return switch (this) {
            case COUNT -> new CountAccumulator(result);
            case SUM -> sum(SumAccumulator.Mode.SUM, arguments, result);
            case SUM0 -> sum(SumAccumulator.Mode.SUM0, arguments, result);
            case AVG -> sum(SumAccumulator.Mode.AVG, arguments, result);
            case MIN -> extreme(false, arguments, result);
            case MAX -> extreme(true, arguments, result);
            case ANY_VALUE, LITERAL_AGG -> new PickAccumulator(PickAccumulator.Mode.ANY, arguments.get(0));
            case FIRST_VALUE -> new PickAccumulator(PickAccumulator.Mode.FIRST, arguments.get(0));
            case LAST_VALUE -> new PickAccumulator(PickAccumulator.Mode.LAST, arguments.get(0));
            case SINGLE_VALUE -> new PickAccumulator(PickAccumulator.Mode.SINGLE, arguments.get(0));
            case STDDEV_POP,
                    STDDEV_SAMP,
                    VAR_POP,
                    VAR_SAMP,
                    COVAR_POP,
                    COVAR_SAMP,
                    CORR,
                    REGR_COUNT,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> new MomentsAccumulator(Statistic.valueOf(name()), result);
            case BIT_AND -> new LongFoldAccumulator(LongFoldAccumulator.Fold.AND, result);
            case BIT_OR -> new LongFoldAccumulator(LongFoldAccumulator.Fold.OR, result);
            case BIT_XOR -> new LongFoldAccumulator(LongFoldAccumulator.Fold.XOR, result);
            case EVERY -> new BooleanAccumulator(BooleanAccumulator.Mode.EVERY, result);
            case SOME -> new BooleanAccumulator(BooleanAccumulator.Mode.SOME, result);
            case COUNTIF -> new BooleanAccumulator(BooleanAccumulator.Mode.COUNTIF, result);
            case ARRAY_AGG -> new CollectAccumulator(arguments.get(0), result, true, false);
            case COLLECT -> new CollectAccumulator(arguments.get(0), result, false, false);
            case FUSION -> new CollectAccumulator(arguments.get(0), result, true, true);
            case LISTAGG -> new StringAccumulator(arguments, result);
            case MODE -> new ModeAccumulator(arguments.get(0));
            case ARG_MAX -> new ExtremeAccumulator(true, arguments);
            case ARG_MIN -> new ExtremeAccumulator(false, arguments);
            case APPROX_COUNT_DISTINCT -> new DistinctAccumulator(new CountAccumulator(result), arguments);
            case QUANTILE_CONT, MEDIAN -> quantile(true, true, arguments, result);
            case QUANTILE_CONT_DESCENDING -> quantile(true, false, arguments, result);
            case QUANTILE_DISC -> quantile(false, true, arguments, result);
            case QUANTILE_DISC_DESCENDING -> quantile(false, false, arguments, result);
            case INTERSECTION -> new IntersectionAccumulator(arguments.get(0), result);
            case PRODUCT -> new ProductAccumulator(false, result);
            case GEOMETRIC_MEAN -> new ProductAccumulator(true, result);
            case SKEWNESS, KURTOSIS, KURTOSIS_POP ->
                new ShapeAccumulator(ShapeAccumulator.Statistic.valueOf(name()), result);
            case MAP_AGG -> new MapAccumulator(false, result);
            case HISTOGRAM -> new MapAccumulator(true, result);
        };
    }

    private static Accumulator quantile(
            boolean interpolates, boolean ascending, List<DataType> arguments, DataType result) {
        return new OrderedAccumulator(
                new PercentileAccumulator(interpolates, arguments, result),
                arguments,
                List.of(new SortKey(0, ascending, false)),
                arguments.size());
    }

    private static Accumulator sum(SumAccumulator.Mode mode, List<DataType> arguments, DataType result) {
        DataType argument = arguments.get(0);
        return Numbers.isDouble(argument)
                ? new DoubleSumAccumulator(mode, result)
                : new SumAccumulator(mode, argument, result);
    }

    private static Accumulator extreme(boolean max, List<DataType> arguments, DataType result) {
        DataType argument = arguments.get(0);
        if (Numbers.isLong(argument)) {
            return new LongFoldAccumulator(max ? LongFoldAccumulator.Fold.MAX : LongFoldAccumulator.Fold.MIN, result);
        }
        return Numbers.isDouble(argument)
                ? new DoubleExtremeAccumulator(max, result)
                : new ExtremeAccumulator(max, arguments);
    }
}
