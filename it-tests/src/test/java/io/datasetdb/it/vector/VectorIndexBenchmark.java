// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.vector;

import io.datasetdb.DatasetDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many of the nearest ten a vector index finds, and how much sooner, of vectors in clusters with noise, as embeddings are, and
 * of vectors without any order, the worst case. System properties: {@code vector.count} (100 000), {@code vector.dimensions} (128).
 */
@Tag("bench")
class VectorIndexBenchmark {
    private static final long SEED = 42;
    private static final int CLUSTERS = 500;
    private static final int QUERIES = 50;
    private static final double NOISE = 0.5;

    @TempDir
    Path folder;

    /** A row of the dataset. */
    record Item(long id, float[] embedding) {}

    @ParameterizedTest
    @ValueSource(strings = {"clusters", "uniform"})
    void nearestTen(String kind) throws Exception {
        int count = Integer.getInteger("vector.count", 100_000);
        int dimensions = Integer.getInteger("vector.dimensions", 128);
        Random random = new Random(SEED);
        float[][] centers = IntStream.range(0, CLUSTERS)
                .mapToObj(i -> gaussian(random, dimensions, 1))
                .toArray(float[][]::new);
        try (DatasetDb db = DatasetDb.open(folder)) {
            db.deposit(
                    "items",
                    IntStream.range(0, count).mapToObj(i -> new Item(i, vector(kind, random, centers, dimensions))));
        }
        List<float[]> queries = IntStream.range(0, QUERIES)
                .mapToObj(i -> vector(kind, random, centers, dimensions))
                .toList();
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + folder);
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            statement.execute("CREATE VECTOR INDEX ON items (embedding)");
            double built = (System.nanoTime() - start) / 1e9;
            for (String order : List.of(
                    "cosine_distance(embedding, ?)", "l2_distance(embedding, ?)", "inner_product(embedding, ?) DESC")) {
                statement.execute("SET disabled_optimizers = 'vector_index'");
                Answers exact = ask(connection, order, queries);
                statement.execute("RESET disabled_optimizers");
                Answers found = ask(connection, order, queries);
                System.out.println(String.format(
                        Locale.ROOT,
                        "BENCH nearest ten of %d x %d, %s, %s: recall %.3f, %.1f ms with the index (built in %.1f s),"
                                + " %.1f ms exact",
                        count,
                        dimensions,
                        kind,
                        order,
                        found.recall(exact),
                        found.median(),
                        built,
                        exact.median()));
            }
        }
    }

    private static float[] vector(String kind, Random random, float[][] centers, int dimensions) {
        if (kind.equals("uniform")) {
            float[] vector = new float[dimensions];
            for (int d = 0; d < dimensions; d++) {
                vector[d] = random.nextFloat();
            }
            return vector;
        }
        float[] center = centers[random.nextInt(centers.length)];
        float[] vector = gaussian(random, dimensions, NOISE);
        for (int d = 0; d < dimensions; d++) {
            vector[d] += center[d];
        }
        return vector;
    }

    private static float[] gaussian(Random random, int dimensions, double size) {
        float[] vector = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            vector[d] = (float) (size * random.nextGaussian());
        }
        return vector;
    }

    /** What was found for each query, and how long that took. */
    private record Answers(List<Set<Long>> ids, double[] millis) {
        double median() {
            return Arrays.stream(millis).sorted().toArray()[millis.length / 2];
        }

        double recall(Answers exact) {
            long hits = 0;
            for (int i = 0; i < ids.size(); i++) {
                hits += ids.get(i).stream().filter(exact.ids.get(i)::contains).count();
            }
            return hits / 10.0 / ids.size();
        }
    }

    /** The second time around, when classes are loaded and columns decoded. */
    private static Answers ask(Connection connection, String order, List<float[]> queries) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM items ORDER BY " + order + " LIMIT 10")) {
            List<Set<Long>> ids =
                    queries.stream().<Set<Long>>map(query -> new HashSet<>()).toList();
            double[] millis = new double[queries.size()];
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < millis.length; i++) {
                    long start = System.nanoTime();
                    statement.setObject(1, queries.get(i));
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            ids.get(i).add(rows.getLong(1));
                        }
                    }
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
            }
            return new Answers(ids, millis);
        }
    }
}
