// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries over several times the rows that the process may keep in memory give the right answers and leave no file, not
 * even when the process is killed or the disk is full. {@code -Ddatasetdb.fault.large} says how many rows (a prime less one;
 * about 100 bytes each), {@code -Ddatasetdb.fault.heap} with how many megabytes of heap.
 */
class LargerThanMemoryTest {
    private static final long PRIME = Long.getLong("datasetdb.fault.large", 3_000_017);
    private static final int HEAP = Integer.getInteger("datasetdb.fault.heap", 224);

    @TempDir
    static Path folder;

    private static ChildJvm children;
    private static Path temporary;
    private static Path errors;

    @BeforeAll
    static void makeRows() throws Exception {
        children = ChildJvm.in(folder);
        temporary = Files.createDirectories(folder.resolve("temporary"));
        errors = folder.resolve("errors");
        assertThat(answers(temporary, "make", "count")).containsExactly("make FINE", "count FINE");
    }

    private static Process start(Path temporaryFiles, String... what) throws IOException {
        String[] arguments = new String[what.length + 2];
        arguments[0] = folder.resolve("warehouse").toString();
        arguments[1] = String.valueOf(PRIME);
        System.arraycopy(what, 0, arguments, 2, what.length);
        return children.startSmall(HEAP, temporaryFiles, LargeQueries.class, errors, arguments);
    }

    private static List<String> answers(Path temporaryFiles, String... what) throws Exception {
        Process child = start(temporaryFiles, what);
        List<String> lines =
                new String(child.getInputStream().readAllBytes()).lines().toList();
        assertThat(child.waitFor()).as("%s %s", lines, Files.readString(errors)).isZero();
        return lines;
    }

    @Test
    void sortsAndWindowsAreRightAndLeaveNothing() throws Exception {
        assertThat(answers(temporary, "sort", "texts", "windows"))
                .containsExactly("sort FINE", "texts FINE", "windows FINE");
        assertThat(LargeQueries.spillFolders(temporary)).isZero();
    }

    @Test
    void groupsAndDistinctRowsAreRightAndLeaveNothing() throws Exception {
        assertThat(answers(temporary, "groups", "distinct")).containsExactly("groups FINE", "distinct FINE");
    }

    @Test
    void joinsAreRightAndLeaveNothing() throws Exception {
        assertThat(answers(temporary, "join")).containsExactly("join FINE");
    }

    @Test
    void statementsAtTheSameTimeShareTheMemory() throws Exception {
        assertThat(answers(temporary, "both")).containsExactly("both FINE");
    }

    @Test
    void whatCannotUseFilesSaysSoAndTheNextStatementHasAllMemoryAgain() throws Exception {
        List<String> answers = answers(temporary, "whole", "sort");
        assertThat(answers.get(0)).startsWith("whole 53200 ").contains("Cannot keep the rows of a window in memory: ");
        assertThat(answers.get(1)).isEqualTo("sort FINE");
    }

    @Test
    void whatAKilledProcessLeavesTheNextOneRemoves() throws Exception {
        Path place = Files.createDirectories(folder.resolve("killed"));
        Process child = start(place, "hang");
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).as("%s", Files.readString(errors)).isEqualTo("HANGING");
            assertThat(LargeQueries.spillFolders(place)).isEqualTo(1);
            child.toHandle().destroyForcibly();
            assertThat(child.waitFor()).isEqualTo(137);
        }
        assertThat(LargeQueries.spillFolders(place)).isEqualTo(1);
        assertThat(answers(place, "sort")).containsExactly("sort FINE");
        assertThat(LargeQueries.spillFolders(place)).isZero();
    }

    @Test
    void aFullDiskIsOneSentenceAndLeavesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 20)) {
            List<String> answers = answers(disk.folder(), "sort", "count");
            assertThat(answers).hasSize(2);
            assertThat(answers.get(0))
                    .startsWith("sort 53100 ")
                    .contains("Cannot write temporary file ")
                    .contains("no space left");
            assertThat(answers.get(1)).isEqualTo("count FINE");
            assertThat(LargeQueries.spillFolders(disk.folder())).isZero();
            assertThat(disk.free()).as("bytes given back").isGreaterThan(15 << 20);
        }
    }
}
