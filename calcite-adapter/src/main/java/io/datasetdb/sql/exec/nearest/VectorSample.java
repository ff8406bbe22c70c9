// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.udf.builtin.Dense;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Some of the vectors of a column, each as likely as any other (J. S. Vitter, Random sampling with a reservoir, ACM TOMS 11, 1985,
 * algorithm R), and what all have in common. The same vectors in the same order give the same sample.
 */
final class VectorSample {
    private static final long SEED = 0x6a09e667L;
    private static final int UNKNOWN = -1;

    private final long maxBytes;
    private final int maxVectors;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private float[] vectors = new float[0];
    private int dimension = UNKNOWN;
    private boolean mixed;
    private long regular;
    private long loose;

    /** A sample of at most so many vectors, and at most so many bytes. */
    VectorSample(int maxVectors, long maxBytes) {
        this.maxVectors = maxVectors;
        this.maxBytes = maxBytes;
    }

    void add(Embeddings rows, int count) {
        for (int row = 0; row < count && !mixed; row++) {
            if (!rows.isPresent(row)) {
                continue;
            }
            if (dimension == UNKNOWN) {
                dimension = rows.length(row);
            }
            mixed = rows.length(row) != dimension || dimension == 0;
            switch (rows.kind(row)) {
                case NONE -> {}
                case LOOSE -> loose++;
                case REGULAR -> add(rows.values(), rows.start(row));
            }
        }
    }

    private void add(float[] values, int from) {
        if (mixed) {
            return;
        }
        regular++;
        int capacity = capacity();
        long slot = regular <= capacity ? regular - 1 : random.nextLong(regular);
        if (slot < capacity) {
            int at = (int) slot * dimension;
            if (at + dimension > vectors.length) {
                long grown = Math.min(2L * (at + dimension), (long) capacity * dimension);
                vectors = Arrays.copyOf(vectors, (int) grown);
            }
            double length = Math.sqrt(Dense.wideDot(values, from, values, from, dimension));
            for (int i = 0; i < dimension; i++) {
                vectors[at + i] = length == 0 ? 0 : (float) (values[from + i] / length);
            }
        }
    }

    private int capacity() {
        return (int) Math.max(1, Math.min(maxVectors, maxBytes / Float.BYTES / dimension));
    }

    /** How many vectors are in the sample. */
    int size() {
        return (int) Math.min(regular, capacity());
    }

    /** The vectors, one behind the other, each brought to length 1; vectors of zeros stay what they are. */
    float[] vectors() {
        return vectors;
    }

    int dimension() {
        return dimension;
    }

    /** How many vectors the column has, but for those that are counted as loose. */
    long regular() {
        return regular;
    }

    /** How many vectors hold numbers that are not finite. */
    long loose() {
        return loose;
    }

    /** Whether there are vectors of several lengths, or of none. */
    boolean isMixed() {
        return mixed;
    }
}
