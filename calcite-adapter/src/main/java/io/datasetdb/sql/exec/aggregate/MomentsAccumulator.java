// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/**
 * Statistics of one or two numeric arguments from counts, means and sums of products of deviations, which are updated
 * by
 * Welford's method (Technometrics 4, 1962) and merged by that of Chan, Golub and LeVeque (1979). For two arguments the
 * first
 * is the dependent variable y, the second the independent one x.
 */
final class MomentsAccumulator extends NonNullAccumulator {
    /** What to make of the moments. */
    enum Statistic {
        VAR_POP,
        VAR_SAMP,
        STDDEV_POP,
        STDDEV_SAMP,
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
        REGR_R2
    }

    private final Statistic statistic;
    private final DataType type;
    private long[] counts = {};
    private double[] meanY = {};
    private double[] meanX = {};
    private double[] syy = {};
    private double[] sxx = {};
    private double[] sxy = {};

    MomentsAccumulator(Statistic statistic, DataType type) {
        this.statistic = statistic;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        counts = resized(counts, groups);
        meanY = resized(meanY, groups);
        meanX = resized(meanX, groups);
        syy = resized(syy, groups);
        sxx = resized(sxx, groups);
        sxy = resized(sxy, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] ys = Numbers.doubles(arguments[0], positions, count);
        double[] xs = arguments.length > 1 ? Numbers.doubles(arguments[1], positions, count) : ys;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            double n = ++counts[group];
            double deviationY = ys[i] - meanY[group];
            double deviationX = xs[i] - meanX[group];
            meanY[group] += deviationY / n;
            meanX[group] += deviationX / n;
            double newDeviationX = xs[i] - meanX[group];
            syy[group] += deviationY * (ys[i] - meanY[group]);
            sxx[group] += deviationX * newDeviationX;
            sxy[group] += deviationY * newDeviationX;
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        MomentsAccumulator source = (MomentsAccumulator) other;
        for (int i = 0; i < count; i++) {
            int f = from[i];
            int t = to[i];
            double n = source.counts[f];
            double total = n + counts[t];
            if (n == 0) {
                continue;
            }
            double deviationY = source.meanY[f] - meanY[t];
            double deviationX = source.meanX[f] - meanX[t];
            double weight = n * counts[t] / total;
            syy[t] += source.syy[f] + deviationY * deviationY * weight;
            sxx[t] += source.sxx[f] + deviationX * deviationX * weight;
            sxy[t] += source.sxy[f] + deviationY * deviationX * weight;
            meanY[t] += deviationY * n / total;
            meanX[t] += deviationX * n / total;
            counts[t] += source.counts[f];
        }
    }

    @Override
    public Vector result(int from, int to) {
        if (statistic == Statistic.REGR_COUNT) {
            return Results.longs(type, counts, from, to, null);
        }
        double[] values = new double[to - from];
        boolean[] defined = new boolean[to - from];
        for (int i = 0; i < values.length; i++) {
            int group = from + i;
            defined[i] = isDefined(group);
            values[i] = defined[i] ? value(group) : 0;
        }
        return Results.doubles(type, values, Results.validity(defined, 0, defined.length));
    }

    private boolean isDefined(int group) {
        return switch (statistic) {
            case VAR_SAMP, STDDEV_SAMP, COVAR_SAMP -> counts[group] > 1;
            case VAR_POP, STDDEV_POP, COVAR_POP, REGR_COUNT, REGR_AVGX, REGR_AVGY, REGR_SXX, REGR_SYY, REGR_SXY ->
                counts[group] > 0;
            case CORR -> counts[group] > 0 && sxx[group] != 0 && syy[group] != 0;
            case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> counts[group] > 0 && sxx[group] != 0;
        };
    }

    private double value(int group) {
        double n = counts[group];
        return switch (statistic) {
            case VAR_POP -> syy[group] / n;
            case VAR_SAMP -> syy[group] / (n - 1);
            case STDDEV_POP -> Math.sqrt(syy[group] / n);
            case STDDEV_SAMP -> Math.sqrt(syy[group] / (n - 1));
            case COVAR_POP -> sxy[group] / n;
            case COVAR_SAMP -> sxy[group] / (n - 1);
            case CORR -> sxy[group] / Math.sqrt(sxx[group] * syy[group]);
            case REGR_COUNT -> n;
            case REGR_AVGX -> meanX[group];
            case REGR_AVGY -> meanY[group];
            case REGR_SXX -> sxx[group];
            case REGR_SYY -> syy[group];
            case REGR_SXY -> sxy[group];
            case REGR_SLOPE -> sxy[group] / sxx[group];
            case REGR_INTERCEPT -> meanY[group] - sxy[group] / sxx[group] * meanX[group];
            case REGR_R2 -> syy[group] == 0 ? 1 : sxy[group] / sxx[group] * (sxy[group] / syy[group]);
        };
    }

    @Override
    public long heapBytes() {
        return 48L * counts.length;
    }
}
