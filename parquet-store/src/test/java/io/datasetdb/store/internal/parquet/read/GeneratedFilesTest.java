// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of random types, nesting, encodings, codecs, page versions and NULLs, against parquet-java's own reader. */
class GeneratedFilesTest {
    private static final int FILES = 60;

    @TempDir
    private Path folder;

    @Test
    void everyRandomFileReadsAsTheReferenceReadsIt() throws IOException {
        long start = Long.getLong("datasetdb.seed", 20_260_101L);
        for (long seed = start; seed < start + FILES; seed++) {
            Path file = folder.resolve("f" + seed + ".parquet");
            String layout = new RandomFile(seed).write(file, seed % 4 == 0 ? 6000 : 900);
            ReadOnlyStorage storage = new ReadOnlyStorage();
            RowAssert.assertSameRows(
                    "seed " + seed + " " + layout, ScanRows.read(storage, file.toString()), GroupRows.read(file));
            assertThat(storage.open).hasValue(0);
            Files.delete(file);
        }
    }
}
