// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.kernel.Bindings;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private static final long SEED = 7;

    private static Centers centers(float[] vectors, int count, int dimension, int lists, int threads) {
        Settings settings = Settings.ofMachine().withThreads(threads);
        try (Scheduler scheduler = new Scheduler(2);
                Run run = new Run(
                        Bindings.none(Instant.EPOCH), 0, settings, new MemoryBudget(1 << 30), () -> false, scheduler)) {
            return new KMeans(vectors, count, dimension, run).centers(lists);
        }
    }

    /** Around the axes, on both of their sides. */
    private static float[] aroundAxes(int count, int dimension) {
        Random random = new Random(SEED);
        float[] vectors = new float[count * dimension];
        for (int i = 0; i < count; i++) {
            double squares = 0;
            for (int d = 0; d < dimension; d++) {
                double axis = d == i % dimension ? (i / dimension % 2 == 0 ? 1 : -1) : 0;
                vectors[i * dimension + d] = (float) (axis + 0.02 * random.nextGaussian());
                squares += vectors[i * dimension + d] * vectors[i * dimension + d];
            }
            for (int d = 0; d < dimension; d++) {
                vectors[i * dimension + d] /= (float) Math.sqrt(squares);
            }
        }
        return vectors;
    }

    @Test
    void separateClustersGetACentreEach() {
        int dimension = 5;
        float[] vectors = aroundAxes(1_000, dimension);
        Centers centers = centers(vectors, 1_000, dimension, 2 * dimension, 2);
        Set<Integer> used = new HashSet<>();
        for (int cluster = 0; cluster < 2 * dimension; cluster++) {
            Set<Integer> lists = new HashSet<>();
            for (int i = cluster; i < 1_000; i += 2 * dimension) {
                lists.add(centers.nearest(vectors, i * dimension, new float[2 * dimension]));
            }
            assertThat(lists).as("cluster %d, seed %d", cluster, SEED).hasSize(1);
            used.addAll(lists);
        }
        assertThat(used).hasSize(2 * dimension);
    }

    @Test
    void nearestIsWhatComparingWithEachCentreFinds() {
        int dimension = 7;
        float[] vectors = aroundAxes(300, dimension);
        Centers centers = centers(vectors, 300, dimension, 20, 1);
        float[] values = centers.values();
        for (int i = 0; i < 300; i++) {
            int found = centers.nearest(vectors, i * dimension, new float[20]);
            double best = Double.NEGATIVE_INFINITY;
            double product = 0;
            for (int c = 0; c < 20; c++) {
                double sum = 0;
                for (int d = 0; d < dimension; d++) {
                    sum += (double) values[c * dimension + d] * vectors[i * dimension + d];
                }
                best = Math.max(best, sum);
                product = c == found ? sum : product;
            }
            assertThat(product).as("vector %d", i).isGreaterThan(best - 1e-5);
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        float[] vectors = aroundAxes(2_000, 6);
        assertThat(centers(vectors, 2_000, 6, 40, 2).values())
                .isEqualTo(centers(vectors, 2_000, 6, 40, 1).values());
    }

    @Test
    void thereMayBeAsManyListsAsVectorsAndEqualVectors() {
        float[] vectors = aroundAxes(12, 3);
        assertThat(centers(vectors, 12, 3, 12, 2).count()).isEqualTo(12);
        assertThat(centers(new float[12], 4, 3, 4, 2).count()).isEqualTo(4);
    }
}
