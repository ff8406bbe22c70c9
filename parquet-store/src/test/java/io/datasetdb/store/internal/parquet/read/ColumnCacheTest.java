// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnCacheTest {
    private static final int CHUNKS = 20;
    private static final Vector COLUMN = new LongVector(DataType.BIGINT, 1000, new long[1000], null);
    /** What a column of one vector counts. */
    private static final long CHUNK_BYTES = COLUMN.heapBytes() + 256;

    private final ColumnCache cache = new ColumnCache(CHUNKS * CHUNK_BYTES);
    private final FileFooter footer = footer();

    private static FileFooter footer() {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("f", TestFile.of("required int32 a;", 1, (group, i) -> group.append("a", i)));
        return new FooterCache(0).get(storage, "f");
    }

    private ColumnCache.Key key(int rowGroup) {
        return new ColumnCache.Key(footer, rowGroup, ColumnPath.of("a"), DataType.BIGINT, false, 2048);
    }

    private void put(int rowGroup) {
        cache.put(key(rowGroup), List.of(COLUMN));
    }

    private boolean has(int rowGroup) {
        return cache.get(key(rowGroup)) != null;
    }

    @Test
    void whatFitsIsKeptAndTheLeastRecentGoesFirst() {
        for (int i = 0; i < CHUNKS + 5; i++) {
            put(i);
        }
        assertThat(cache.bytes()).isEqualTo(CHUNKS * CHUNK_BYTES);
        assertThat(has(0)).isFalse();
        assertThat(has(4)).isFalse();
        assertThat(cache.get(key(5))).containsExactly(COLUMN);
        assertThat(has(CHUNKS + 4)).isTrue();
    }

    @Test
    void whatWasAskedForAgainOutlivesWhatIsReadOnce() {
        for (int i = 0; i < 5; i++) {
            put(i);
            assertThat(has(i)).isTrue();
        }
        for (int i = 100; i < 200; i++) {
            put(i);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(has(i)).as("chunk " + i).isTrue();
        }
        assertThat(has(199)).isTrue();
        assertThat(has(180)).isFalse();
    }

    @Test
    void whatWasAskedForAgainLeavesRoomForNewcomers() {
        for (int i = 0; i < CHUNKS; i++) {
            put(i);
            assertThat(has(i)).isTrue();
        }
        put(100);
        put(101);
        assertThat(has(100)).isTrue();
        assertThat(has(101)).isTrue();
        assertThat(has(0)).isFalse();
        assertThat(has(CHUNKS - 1)).isTrue();
    }

    @Test
    void oneKeyIsKeptOnce() {
        put(1);
        put(1);
        assertThat(cache.bytes()).isEqualTo(CHUNK_BYTES);
        assertThat(has(1)).isTrue();
        put(1);
        assertThat(cache.bytes()).isEqualTo(CHUNK_BYTES);
    }

    @Test
    void aDictionaryCountsOnce() {
        Vector first = new DictionaryVector(10, new int[10], COLUMN, null);
        Vector second = new DictionaryVector(10, new int[10], COLUMN, null);
        cache.put(key(1), List.of(first, second));
        assertThat(cache.bytes()).isEqualTo(COLUMN.heapBytes() + 2 * 40 + 3 * 128);
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        cache.put(key(1), List.of(COLUMN, COLUMN));
        assertThat(has(1)).isFalse();
        assertThat(cache.bytes()).isZero();
        ColumnCache none = new ColumnCache(0);
        none.put(key(1), List.of(COLUMN));
        assertThat(none.get(key(1))).isNull();
    }

    @Test
    void noSequenceOfUsesTakesMoreThanThereIsRoomFor() {
        long seed = Long.getLong("datasetdb.seed", 77L);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int rowGroup = (int) Math.abs(random.nextGaussian() * 15);
            if (random.nextBoolean()) {
                put(rowGroup);
            } else {
                cache.get(key(rowGroup));
            }
            assertThat(cache.bytes()).as("seed " + seed + " step " + i).isBetween(0L, CHUNKS * CHUNK_BYTES);
        }
        long counted = 0;
        for (int i = 0; i < 200; i++) {
            counted += has(i) ? CHUNK_BYTES : 0;
        }
        assertThat(cache.bytes()).isEqualTo(counted);
    }
}
