// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.internal.parquet.write.RandomBatches;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns read here and there, passed over elsewhere: what is read equals the full read at the same rows. */
class SkippingReadTest {
    private static final int PATTERNS = 6;

    @TempDir
    private Path folder;

    private long pagesSkipped;

    @Test
    void filesOfOthersReadTheSameWhateverIsPassedOver() throws IOException {
        long start = Long.getLong("datasetdb.seed", 31_000L);
        for (long seed = start; seed < start + 50; seed++) {
            Path file = folder.resolve("f" + seed + ".parquet");
            String layout = new RandomFile(seed).write(file, seed % 4 == 0 ? 6000 : 900);
            check(file, seed, layout);
            Files.delete(file);
        }
        assertThat(pagesSkipped).as("some pages are passed over whole").isPositive();
    }

    @Test
    void filesOfOursReadTheSameWhateverIsPassedOver() throws IOException {
        long start = Long.getLong("datasetdb.seed", 32_000L);
        for (long seed = start; seed < start + 6; seed++) {
            RandomBatches batches = new RandomBatches(seed);
            Schema schema = batches.schema(6, 2);
            try (DatasetStore store = DatasetStore.open(folder.toString());
                    DatasetWriter writer = store.writer("own" + seed, schema, WriteOptions.DEFAULT)) {
                for (int i = 0; i < 30; i++) {
                    writer.write(batches.batch(schema, 1000));
                }
                for (DataFile file : writer.finish()) {
                    check(folder.resolve(file.path()), seed, String.valueOf(schema));
                }
            }
        }
        assertThat(pagesSkipped).as("some pages are passed over whole").isPositive();
    }

    private void check(Path file, long seed, String layout) {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        List<List<@Nullable Object>> all = ScanRows.read(storage, file.toString());
        FileFooter footer = new FooterCache(0).get(storage, file.toString());
        Random random = new Random(seed);
        long first = 0;
        for (RowGroupFooter rowGroup : footer.rowGroups()) {
            RowGroupSplit split = new RowGroupSplit(footer, rowGroup, 0);
            for (int i = 0; i < footer.schema().size(); i++) {
                List<@Nullable Object> column = column(all, i, (int) first, (int) rowGroup.rowCount());
                for (int pattern = 0; pattern < PATTERNS; pattern++) {
                    String what = "seed " + seed + " column " + i + " pattern " + pattern + " " + layout;
                    checkColumn(storage, split, footer.schema().field(i), column, random, what);
                }
            }
            first += rowGroup.rowCount();
        }
    }

    private static List<@Nullable Object> column(List<List<@Nullable Object>> rows, int ordinal, int first, int count) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int row = first; row < first + count; row++) {
            result.add(RowAssert.comparable(rows.get(row).get(ordinal)));
        }
        return result;
    }

    private void checkColumn(
            Storage storage,
            RowGroupSplit split,
            Field field,
            List<@Nullable Object> expected,
            Random random,
            String what) {
        ScanCounters counters = new ScanCounters();
        int longest = new int[] {3, 40, 700, 5000}[random.nextInt(4)];
        try (Storage.Input input = storage.open(split.footer().path())) {
            NodeReader reader = new NodeOpener(input, split, counters).open(ColumnPath.of(field.name()), field);
            for (int row = 0; row < expected.size(); ) {
                int step = Math.min(expected.size() - row, 1 + random.nextInt(longest));
                if (random.nextBoolean()) {
                    reader.skip(step);
                } else {
                    reader.read(step);
                    Vector vector = reader.checked(reader.assemble(), step);
                    List<@Nullable Object> actual = new ArrayList<>();
                    for (int i = 0; i < step; i++) {
                        actual.add(RowAssert.comparable(vector.getObject(i)));
                    }
                    assertThat(actual).as(what + " from row " + row).isEqualTo(expected.subList(row, row + step));
                }
                row += step;
            }
            reader.expectEnd();
        }
        pagesSkipped += counters.get(ScanCounters.Figure.PAGES_SKIPPED);
    }
}
