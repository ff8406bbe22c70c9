// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/**
 * Skewness and kurtosis from the sums of the second to the fourth powers of deviations, updated and merged as P. Pébay
 * describes (Sandia Report SAND2008-6212). Estimates for a sample are the adjusted ones, G1 and G2.
 */
final class ShapeAccumulator extends NonNullAccumulator {
    /** What to make of the moments. */
    enum Statistic {
        SKEWNESS,
        KURTOSIS,
        KURTOSIS_POP
    }

    private final Statistic statistic;
    private final DataType type;
    private double[] counts = {};
    private double[] means = {};
    private double[] squares = {};
    private double[] cubes = {};
    private double[] fourths = {};

    ShapeAccumulator(Statistic statistic, DataType type) {
        this.statistic = statistic;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        counts = resized(counts, groups);
        means = resized(means, groups);
        squares = resized(squares, groups);
        cubes = resized(cubes, groups);
        fourths = resized(fourths, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] values = Numbers.doubles(arguments[0], positions, count);
        for (int i = 0; i < count; i++) {
            combine(groups[i], 1, values[i], 0, 0, 0);
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ShapeAccumulator source = (ShapeAccumulator) other;
        for (int i = 0; i < count; i++) {
            int f = from[i];
            if (source.counts[f] > 0) {
                combine(
                        to[i],
                        source.counts[f],
                        source.means[f],
                        source.squares[f],
                        source.cubes[f],
                        source.fourths[f]);
            }
        }
    }

    private void combine(int g, double m, double mean, double square, double cube, double fourth) {
        double n = counts[g];
        double total = n + m;
        double d = mean - means[g];
        double step = d / total;
        fourths[g] += fourth
                + d * step * step * step * n * m * (n * n - n * m + m * m)
                + 6 * step * step * (n * n * square + m * m * squares[g])
                + 4 * step * (n * cube - m * cubes[g]);
        cubes[g] += cube + d * step * step * n * m * (n - m) + 3 * step * (n * square - m * squares[g]);
        squares[g] += square + d * step * n * m;
        means[g] += step * m;
        counts[g] = total;
    }

    @Override
    public Vector result(int from, int to) {
        double[] values = new double[to - from];
        boolean[] defined = new boolean[to - from];
        for (int i = 0; i < values.length; i++) {
            int group = from + i;
            int least = statistic == Statistic.SKEWNESS ? 3 : statistic == Statistic.KURTOSIS ? 4 : 2;
            defined[i] = counts[group] >= least && squares[group] != 0;
            values[i] = defined[i] ? value(group) : 0;
        }
        return Results.doubles(type, values, Results.validity(defined, 0, defined.length));
    }

    private double value(int g) {
        double n = counts[g];
        double excess = n * fourths[g] / (squares[g] * squares[g]) - 3;
        return switch (statistic) {
            case SKEWNESS -> {
                double skew = Math.sqrt(n) * cubes[g] / Math.pow(squares[g], 1.5);
                yield skew * Math.sqrt(n * (n - 1)) / (n - 2);
            }
            case KURTOSIS -> (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6);
            case KURTOSIS_POP -> excess;
        };
    }

    @Override
    public long heapBytes() {
        return 40L * counts.length;
    }
}
