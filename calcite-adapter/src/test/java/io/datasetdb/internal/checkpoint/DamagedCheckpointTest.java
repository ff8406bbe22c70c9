// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of earlier runs that are not what they were: a result is right or is computed anew, whatever byte is another. */
class DamagedCheckpointTest {
    private static final int CALLS = 30;

    @TempDir
    private Path folder;

    private Vector arguments;
    private List<Path> files;
    private Path file;
    private byte[] bytes;
    private int computed;

    @BeforeEach
    void keepResults() throws IOException {
        VectorBuilder builder = VectorBuilder.of(DataType.INTEGER, CALLS);
        for (int i = 0; i < CALLS; i++) {
            builder.append(i);
        }
        arguments = builder.build();
        run(List.of());
        try (Stream<Path> below = Files.walk(folder)) {
            files = below.filter(Files::isRegularFile).sorted().toList();
        }
        // Results that took long to compute may be in several files.
        file = Collections.max(files, Comparator.comparing(path -> path.toFile().length()));
        bytes = Files.readAllBytes(file);
    }

    private static String expected(int call) {
        return call % 9 == 0 ? null : "result " + call * 7 % 11;
    }

    private Object compute(List<Vector> values, int position) {
        computed++;
        return expected(position);
    }

    /** A run that goes on from these files; answers how many of the calls it had to compute. */
    private int run(List<String> earlier) {
        computed = 0;
        try (DatasetStore store = DatasetStore.open(folder.toString(), 0)) {
            CallMemory memory = new CallMemory(store, DataType.VARCHAR);
            memory.begin(earlier.isEmpty() ? "checkpoints/first" : "checkpoints/next", earlier);
            for (int i = 0; i < CALLS; i++) {
                assertThat(memory.result(List.of(arguments), i, this::compute)).isEqualTo(expected(i));
            }
            if (earlier.isEmpty()) {
                memory.end();
            } else {
                memory.forget();
            }
        }
        return computed;
    }

    private int goOn() {
        return run(
                files.stream().map(path -> folder.relativize(path).toString()).toList());
    }

    private void goOn(String what, byte[] content) throws IOException {
        Files.write(file, content);
        try {
            goOn();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void wholeFilesSaveAllCalls() {
        assertThat(goOn()).isZero();
    }

    @Test
    void aFileThatWasCutOffIsNoneOrHarmless() throws IOException {
        for (int length = 0; length < bytes.length; length++) {
            goOn("cut off after " + length, Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void noFlippedBitYieldsAnotherResult() throws IOException {
        for (int position = 0; position < bytes.length; position++) {
            for (int bit : new int[] {1, 1 << 1 + position % 6, 1 << 7}) {
                byte[] damaged = bytes.clone();
                damaged[position] ^= (byte) bit;
                goOn("bits " + bit + " of byte " + position + " of " + bytes.length, damaged);
            }
        }
    }
}
