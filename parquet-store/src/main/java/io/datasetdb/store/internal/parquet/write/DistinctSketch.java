// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.util.Arrays;

/**
 * HyperLogLog (Flajolet et al., 2007) with 8192 registers and the estimator of Ertl ("New cardinality estimation algorithms
 * for HyperLogLog sketches", 2017), which needs no tables: standard error 1.2 %, nearly exact for small counts.
 */
final class DistinctSketch {
    private static final int PRECISION = 13;
    private static final int REGISTERS = 1 << PRECISION;
    private static final int MAX_RANK = Long.SIZE - PRECISION;

    private final byte[] registers = new byte[REGISTERS];

    /** Counts a value by its 64-bit hash. */
    void add(long hash) {
        int register = (int) (hash >>> MAX_RANK);
        int rank = Long.numberOfLeadingZeros((hash << PRECISION) | (1L << (PRECISION - 1))) + 1;
        if (rank > registers[register]) {
            registers[register] = (byte) rank;
        }
    }

    void merge(DistinctSketch other) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    void reset() {
        Arrays.fill(registers, (byte) 0);
    }

    long estimate() {
        int[] histogram = new int[MAX_RANK + 2];
        for (byte register : registers) {
            histogram[register]++;
        }
        if (histogram[0] == REGISTERS) {
            return 0;
        }
        double z = REGISTERS * tau(1 - (double) histogram[MAX_RANK + 1] / REGISTERS);
        for (int rank = MAX_RANK; rank >= 1; rank--) {
            z = 0.5 * (z + histogram[rank]);
        }
        z += REGISTERS * sigma((double) histogram[0] / REGISTERS);
        return Math.round(REGISTERS / (2 * Math.log(2)) * REGISTERS / z);
    }

    private static double sigma(double start) {
        double x = start;
        double y = 1;
        double z = x;
        double previous;
        do {
            x *= x;
            previous = z;
            z += x * y;
            y += y;
        } while (z != previous);
        return z;
    }

    private static double tau(double start) {
        if (start == 0 || start == 1) {
            return 0;
        }
        double x = start;
        double y = 1;
        double z = 1 - x;
        double previous;
        do {
            x = Math.sqrt(x);
            previous = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (z != previous);
        return z / 3;
    }
}
