// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.udf.builtin.Dense;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vectors for tests: such as embeddings are, in clusters with noise, or spread evenly. */
final class VectorData {
    static final Schema SCHEMA = Schema.of(Field.of("emb", DataType.array(DataType.REAL)));

    private VectorData() {}

    /** Vectors around centres, which have different lengths. */
    static List<float[]> clusters(long seed, int count, int dimension, int clusters, double noise) {
        Random random = new Random(seed);
        float[][] centers = new float[clusters][];
        for (int i = 0; i < clusters; i++) {
            double length = 0.5 + 2 * random.nextDouble();
            centers[i] = numbers(dimension, () -> length * random.nextGaussian());
        }
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] center = centers[random.nextInt(clusters)];
            float[] vector = numbers(dimension, () -> noise * random.nextGaussian());
            for (int d = 0; d < dimension; d++) {
                vector[d] += center[d];
            }
            vectors.add(vector);
        }
        return vectors;
    }

    /** Vectors without any order among them, the worst that can come to an index. */
    static List<float[]> uniform(long seed, int count, int dimension) {
        Random random = new Random(seed);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(numbers(dimension, random::nextDouble));
        }
        return vectors;
    }

    private static float[] numbers(int dimension, java.util.function.DoubleSupplier next) {
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            vector[d] = (float) next.getAsDouble();
        }
        return vector;
    }

    /** Writes vectors, of which some may be missing, to a data file. */
    static DataFile write(DatasetStore store, List<? extends @Nullable List<@Nullable Float>> vectors) {
        WriteOptions options = new WriteOptions(WriteOptions.Codec.SNAPPY, 4_000, 1L << 30);
        try (DatasetWriter writer = store.writer("data/" + UUID.randomUUID(), SCHEMA, options)) {
            for (int from = 0; from < vectors.size(); from += Batch.SIZE) {
                int to = Math.min(vectors.size(), from + Batch.SIZE);
                VectorBuilder column = VectorBuilder.of(SCHEMA.field(0).type(), to - from);
                vectors.subList(from, to).forEach(column::append);
                writer.write(Batch.of(List.of(column.build()), to - from));
            }
            return writer.finish().get(0);
        }
    }

    static List<@Nullable Float> list(float[] vector) {
        List<@Nullable Float> list = new ArrayList<>();
        for (float value : vector) {
            list.add(value);
        }
        return list;
    }

    /** The rows nearest to a vector, found by looking at all. */
    static long[] nearest(List<float[]> vectors, float[] query, Metric metric, int count) {
        double squared = squared(query);
        Integer[] rows = new Integer[vectors.size()];
        double[] distances = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
            distances[i] = metric.distance(query, squared, vectors.get(i), 0);
        }
        Arrays.sort(rows, (a, b) -> Double.compare(distances[a], distances[b]));
        return Arrays.stream(rows).limit(count).mapToLong(row -> row).sorted().toArray();
    }

    static double squared(float[] vector) {
        return Dense.dot(vector, 0, vector, 0, vector.length);
    }
}
