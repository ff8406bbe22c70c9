// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.DatasetDb;
import io.datasetdb.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is killed while its function computes: the next one calls the function only for what had not come that far. */
class ResumedSaveTest {
    @TempDir
    private Path folder;

    private List<Path> kept() throws IOException {
        Path checkpoints = folder.resolve("w/checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> below = Files.walk(checkpoints)) {
            return below.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatAKilledProcessHasComputedIsNotComputedAgain() throws Exception {
        ChildJvm children = ChildJvm.in(folder);
        Path errors = folder.resolve("errors");
        String warehouse = folder.resolve("w").toString();
        Process first = children.start(SlowSave.class, errors, warehouse);
        Set<String> computed = new HashSet<>();
        try (BufferedReader output = first.inputReader()) {
            // Once a second file is there the first is whole, however fast or slow this machine is.
            while (computed.size() < SlowSave.ROWS / 4 || kept().size() < 2) {
                String line = output.readLine();
                assertThat(line).as("ended early: %s", Files.readString(errors)).isNotNull();
                computed.add(line);
            }
            first.toHandle().destroyForcibly();
            output.lines().forEach(computed::add);
        }
        first.waitFor();

        Process second = children.start(SlowSave.class, errors, warehouse);
        List<String> again = second.inputReader().lines().toList();

        assertThat(second.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(again).doesNotHaveDuplicates();
        assertThat(again).as("what is kept is not computed again").hasSizeLessThan(SlowSave.ROWS);
        computed.addAll(again);
        assertThat(computed).hasSize(SlowSave.ROWS);
        assertThat(kept()).isEmpty();
        try (DatasetDb db = DatasetDb.open(warehouse);
                Stream<Row> rows = db.sql("SELECT count(*) AS n FROM answers WHERE answer = 3 * id").stream()) {
            assertThat(rows.map(row -> row.getLong("n")).toList()).containsExactly((long) SlowSave.ROWS);
        }
    }
}
