// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Scheduler;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.StoreError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorIndexTest {
    private static final long SEED = 20261122;
    private static final int ROWS = 12_000;
    private static final int DIMENSION = 24;
    private static final int QUERIES = 50;

    @TempDir
    private Path folder;

    private final Scheduler scheduler = new Scheduler(2);
    private final List<Run> runs = new ArrayList<>();
    private DatasetStore store;
    private int part;

    @BeforeEach
    void open() {
        store = DatasetStore.open(folder.toString());
    }

    @AfterEach
    void close() {
        runs.forEach(Run::close);
        store.close();
        scheduler.close();
    }

    private Run run(int threads, long memory, AtomicInteger pollsLeft) {
        Settings settings = Settings.ofMachine().withThreads(threads);
        Run run = new Run(
                Bindings.none(Instant.EPOCH),
                0,
                settings,
                new MemoryBudget(memory),
                () -> pollsLeft.decrementAndGet() < 0,
                scheduler);
        runs.add(run);
        return run;
    }

    private Run run() {
        return run(2, 1L << 30, new AtomicInteger(Integer.MAX_VALUE));
    }

    private Optional<DataFile> index(DataFile file, Run run) {
        return new VectorIndexWriter(store, run).write(file.path(), VectorData.SCHEMA, "emb", "index", part++);
    }

    private DataFile write(List<float[]> vectors) {
        return VectorData.write(store, vectors.stream().map(VectorData::list).toList());
    }

    private VectorIndexSearch.Found search(DataFile index, float[] query, Metric metric, int count) {
        return new VectorIndexSearch(store, index.path(), ROWS, true, run())
                .search(query, VectorData.squared(query), metric, count, false)
                .orElseThrow();
    }

    private double recall(DataFile index, List<float[]> stored, List<float[]> queries, Metric metric) {
        long hits = 0;
        for (float[] query : queries) {
            long[] found = search(index, query, metric, 10).nearest().rows();
            long[] best = VectorData.nearest(stored, query, metric, 10);
            hits += LongStream.of(found)
                    .filter(row -> Arrays.binarySearch(best, row) >= 0)
                    .count();
        }
        return (double) hits / queries.size() / 10;
    }

    @ParameterizedTest
    @EnumSource
    void nearlyAllOfTheNearestTenAreFoundAmongClusters(Metric metric) {
        List<float[]> all = VectorData.clusters(SEED, ROWS + QUERIES, DIMENSION, 60, 0.4);
        List<float[]> stored = all.subList(0, ROWS);
        DataFile index = index(write(stored), run()).orElseThrow();
        double recall = recall(index, stored, all.subList(ROWS, all.size()), metric);
        assertThat(recall).as("recall, seed %d", SEED).isGreaterThanOrEqualTo(0.95);
        assertThat(search(index, all.get(ROWS), metric, 10).compared())
                .as("a part of all vectors has to do")
                .isLessThan(ROWS / 3);
    }

    @ParameterizedTest
    @EnumSource
    void asManyAsAreWantedAreFoundWhateverTheDataAndAllIfAllAreWanted(Metric metric) {
        List<float[]> all = VectorData.uniform(SEED, ROWS + 1, DIMENSION);
        List<float[]> stored = all.subList(0, ROWS);
        DataFile index = index(write(stored), run()).orElseThrow();
        float[] query = all.get(ROWS);
        assertThat(search(index, query, metric, 1_000).nearest().size()).isEqualTo(1_000);
        assertThat(recall(index, stored, List.of(query), metric)).isPositive();
        // So many that all lists are read: nothing is in no list, nothing in two.
        VectorIndexSearch.Found most = search(index, query, metric, ROWS / 2);
        assertThat(most.compared()).isEqualTo(ROWS);
        assertThat(Arrays.stream(most.nearest().rows()).sorted().toArray())
                .as("seed %d", SEED)
                .isEqualTo(VectorData.nearest(stored, query, metric, ROWS / 2));
    }

    @Test
    void theSameFileGivesTheSameIndexOnAnyNumberOfThreadsAndWithLittleMemory() {
        DataFile file = write(VectorData.clusters(SEED, ROWS, DIMENSION, 30, 0.5));
        String one = index(file, run(1, 1L << 30, new AtomicInteger(Integer.MAX_VALUE)))
                .orElseThrow()
                .checksum();
        String two = index(file, run()).orElseThrow().checksum();
        assertThat(two).isEqualTo(one);
        // The buffer has no room for all vectors; the sample has, so that the lists are the same.
        String small = index(file, run(2, 4 << 20, new AtomicInteger(Integer.MAX_VALUE)))
                .orElseThrow()
                .checksum();
        assertThat(small).isEqualTo(one);
    }

    @Test
    void rowsWithoutAVectorAreNowhereAndThoseThatAreNotFiniteAreAlwaysLookedAt() {
        List<float[]> vectors = VectorData.clusters(SEED, ROWS, DIMENSION, 30, 0.5);
        List<@Nullable List<@Nullable Float>> rows = new ArrayList<>();
        vectors.forEach(vector -> rows.add(VectorData.list(vector)));
        rows.set(7, null);
        rows.get(8).set(3, null);
        rows.get(9).set(0, Float.NaN);
        rows.get(10).set(1, Float.NEGATIVE_INFINITY);
        rows.set(11, new ArrayList<>(Collections.nCopies(DIMENSION, 0f)));
        DataFile index = index(VectorData.write(store, rows), run()).orElseThrow();
        VectorIndexSearch.Found found = search(index, vectors.get(0), Metric.COSINE, ROWS - 4);
        assertThat(found.loose()).containsExactly(9, 10);
        assertThat(found.compared()).isEqualTo(ROWS - 4);
        assertThat(found.nearest().rows()).doesNotContain(7, 8, 9, 10).contains(11);
        assertThat(found.nearest().isFull())
                .as("a vector of zeros has no distance")
                .isFalse();
    }

    @Test
    void fewVectorsOrVectorsOfSeveralLengthsHaveNoIndex() {
        List<float[]> vectors = VectorData.clusters(SEED, ROWS, DIMENSION, 30, 0.5);
        assertThat(index(write(vectors.subList(0, 9_999)), run())).isEmpty();
        List<@Nullable List<@Nullable Float>> rows = new ArrayList<>();
        vectors.forEach(vector -> rows.add(VectorData.list(vector)));
        rows.get(ROWS - 1).remove(0);
        assertThat(index(VectorData.write(store, rows), run())).isEmpty();
        rows.replaceAll(row -> new ArrayList<>());
        assertThat(index(VectorData.write(store, rows), run())).isEmpty();
        rows.replaceAll(row -> null);
        assertThat(index(VectorData.write(store, rows), run())).isEmpty();
    }

    @Test
    void equalVectorsAndVectorsOfZerosAreIndexed() {
        List<float[]> same = new ArrayList<>(Collections.nCopies(ROWS, new float[] {0, 0, 0}));
        DataFile index = index(write(same), run()).orElseThrow();
        assertThat(search(index, new float[] {1, 2, 3}, Metric.EUCLIDEAN, 3)
                        .nearest()
                        .rows())
                .containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void anotherLengthIsNotSearched() {
        DataFile index = index(write(VectorData.clusters(SEED, ROWS, DIMENSION, 30, 0.5)), run())
                .orElseThrow();
        assertThat(new VectorIndexSearch(store, index.path(), ROWS, true, run())
                        .search(new float[] {1}, 1, Metric.COSINE, 1, false))
                .isEmpty();
    }

    @Test
    void aDamagedOrMissingIndexOrOneOfAnotherFileIsAnErrorOfTheStore() throws Exception {
        DataFile index = index(write(VectorData.clusters(SEED, ROWS, DIMENSION, 30, 0.5)), run())
                .orElseThrow();
        float[] query = new float[DIMENSION];
        query[0] = 1;
        assertThatThrownBy(() -> new VectorIndexSearch(store, index.path(), 100, true, run())
                        .search(query, 1, Metric.COSINE, 1, false))
                .satisfies(VectorIndexTest::isOfTheStore);
        Path path = folder.resolve(index.path());
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 200; i < bytes.length - 4_000; i += 97) {
            bytes[i] ^= 0x55;
        }
        Files.write(path, bytes);
        assertThatThrownBy(() -> search(index, query, Metric.COSINE, 1)).satisfies(VectorIndexTest::isOfTheStore);
        Files.delete(path);
        assertThatThrownBy(() -> search(index, query, Metric.COSINE, 1)).satisfies(VectorIndexTest::isOfTheStore);
    }

    private static void isOfTheStore(Throwable failure) {
        assertThat(((DatasetDbException) failure).code()).isInstanceOf(StoreError.class);
    }

    @Test
    void aCancelledBuildEndsAndLeavesNoFile() throws Exception {
        DataFile file = write(VectorData.clusters(SEED, ROWS, DIMENSION, 30, 0.5));
        AtomicInteger polls = new AtomicInteger(Integer.MAX_VALUE);
        index(file, run(2, 1L << 30, polls));
        int needed = Integer.MAX_VALUE - polls.get();
        for (int after : List.of(1, needed / 2, needed * 9 / 10)) {
            Files.deleteIfExists(folder.resolve("index/part-00001.parquet"));
            part = 1;
            assertThatThrownBy(() -> index(file, run(2, 1L << 30, new AtomicInteger(after))))
                    .as("after %d of %d polls", after, needed)
                    .satisfies(failure ->
                            assertThat(((DatasetDbException) failure).code()).isEqualTo(KernelError.CANCELLED));
            assertThat(folder.resolve("index/part-00001.parquet")).doesNotExist();
        }
    }
}
