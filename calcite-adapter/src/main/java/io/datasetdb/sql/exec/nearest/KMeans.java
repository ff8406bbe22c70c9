// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.udf.builtin.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds directions such that vectors are near to one of them: Lloyd's iteration (S. Lloyd, Least squares quantization in PCM, IEEE
 * Trans. Information Theory 28, 1982) over vectors of length 1 (I. Dhillon, D. Modha, Concept decompositions for large sparse text
 * data using clustering, Machine Learning 42, 2001), from centres that are chosen as k-means++ does (D. Arthur, S. Vassilvitskii,
 * k-means++: the advantages of careful seeding, SODA 2007). The result depends on the vectors and nothing else.
 */
final class KMeans {
    private static final int ITERATIONS = 8;

    /** Vectors a list among which the first centres are chosen. */
    private static final int SEEDS_PER_LIST = 8;

    /** Vectors that are looked at between two looks whether the run is to end. */
    private static final int STEP = 256;

    private static final long SEED = 0x1f3d5b79L;

    private final float[] vectors;
    private final int dimension;
    private final int count;
    private final Run run;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** {@code count} vectors of length 1 or 0, one behind the other, in no order that means anything. */
    KMeans(float[] vectors, int count, int dimension, Run run) {
        this.vectors = vectors;
        this.dimension = dimension;
        this.count = count;
        this.run = run;
    }

    /** {@code lists} centres; at most as many as there are vectors. */
    Centers centers(int lists) {
        Centers centers = new Centers(first(lists), dimension);
        int[] nearest = new int[count];
        for (int i = 0; i < ITERATIONS; i++) {
            int[] before = nearest.clone();
            assign(centers, nearest);
            if (i > 0 && Arrays.equals(before, nearest)) {
                break;
            }
            centers = new Centers(middles(nearest, lists), dimension);
        }
        return centers;
    }

    /** Each with a probability that grows with the square of its distance to those chosen before. */
    private float[] first(int lists) {
        int candidates = (int) Math.min(count, (long) SEEDS_PER_LIST * lists);
        double[] distances = new double[candidates];
        Arrays.fill(distances, Double.MAX_VALUE);
        float[] centers = new float[lists * dimension];
        int chosen = random.nextInt(candidates);
        for (int i = 0; i < lists; i++) {
            run.checkCancelled();
            System.arraycopy(vectors, chosen * dimension, centers, i * dimension, dimension);
            double sum = 0;
            for (int j = 0; j < candidates; j++) {
                double distance = Dense.squaredDistance(centers, i * dimension, vectors, j * dimension, dimension);
                distances[j] = Math.min(distances[j], distance);
                sum += distances[j];
            }
            chosen = draw(distances, sum);
        }
        return centers;
    }

    private int draw(double[] distances, double sum) {
        double left = random.nextDouble() * sum;
        for (int i = 0; i < distances.length; i++) {
            left -= distances[i];
            if (left < 0) {
                return i;
            }
        }
        // All that are left are centres already.
        return random.nextInt(distances.length);
    }

    private void assign(Centers centers, int[] nearest) {
        AtomicInteger next = new AtomicInteger();
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < run.workers(); i++) {
            float[] scores = new float[centers.count()];
            tasks.add(() -> {
                run.checkCancelled();
                int from = next.getAndAdd(STEP);
                int to = Math.min(count, from + STEP);
                for (int j = from; j < to; j++) {
                    nearest[j] = centers.nearest(vectors, j * dimension, scores);
                }
                return to < count && from < count;
            });
        }
        run.inParallel(tasks);
    }

    private float[] middles(int[] nearest, int lists) {
        double[] sums = new double[lists * dimension];
        int[] sizes = new int[lists];
        for (int i = 0; i < count; i++) {
            int to = nearest[i] * dimension;
            sizes[nearest[i]]++;
            for (int d = 0; d < dimension; d++) {
                sums[to + d] += vectors[i * dimension + d];
            }
        }
        float[] middles = new float[lists * dimension];
        for (int i = 0; i < lists; i++) {
            if (sizes[i] == 0) {
                System.arraycopy(vectors, random.nextInt(count) * dimension, middles, i * dimension, dimension);
                continue;
            }
            double squares = 0;
            for (int d = i * dimension; d < (i + 1) * dimension; d++) {
                squares += sums[d] * sums[d];
            }
            double length = squares == 0 ? 1 : Math.sqrt(squares);
            for (int d = i * dimension; d < (i + 1) * dimension; d++) {
                middles[d] = (float) (sums[d] / length);
            }
        }
        return middles;
    }
}
