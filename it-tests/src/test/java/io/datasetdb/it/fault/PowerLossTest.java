// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a loss of power leaves is what was synced. A killed process cannot show that, because the operating system goes on
 * to write what it was given; so a depositing process is watched: of all that it had created and written when it said that a
 * deposit was done, nothing may have been unsynced, and the registry must have been synced last.
 */
class PowerLossTest {
    private static final int DEPOSITS = 6;

    @TempDir
    Path folder;

    @Test
    void everythingIsSyncedBeforeTheRegistryAndTheRegistryBeforeTheAnswer() throws Exception {
        Path trace = folder.resolve("trace");
        List<String> tracer = List.of(
                "strace",
                "-f",
                "-y",
                "-qq",
                "-e",
                "trace=fsync,fdatasync,mkdir,openat,write,pwrite64",
                "-s",
                "64",
                "-o",
                trace.toString());
        assumeTracing(tracer);
        Path files = Files.createDirectories(folder.resolve("files"));
        Path warehouse = folder.resolve("new/ware house");
        Process child = ChildJvm.in(folder)
                .startUnder(
                        tracer,
                        Depositor.class,
                        folder.resolve("errors"),
                        warehouse.toString(),
                        "1",
                        String.valueOf(DEPOSITS),
                        files.toString(),
                        "d");
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor())
                .as("%s %s", output, Files.readString(folder.resolve("errors")))
                .isZero();

        var syncs = new SyncOrder(warehouse);
        for (String line : Files.readAllLines(trace)) {
            syncs.take(line);
        }
        assertThat(syncs.answers()).isEqualTo(DEPOSITS);
        assertThat(syncs.foldersOfDeposits()).as("the watching works").isGreaterThanOrEqualTo(DEPOSITS);
        assertThat(syncs.violations()).isEmpty();
    }

    @Test
    void whatWasNotSyncedIsFound() {
        var syncs = new SyncOrder(Path.of("/w"));
        String folder = "/w/data/1";
        for (String line : List.of(
                "7 mkdir(\"" + folder + "\", 0777)      = 0",
                "7 openat(AT_FDCWD</>, \"" + folder + "/p\", O_WRONLY|O_CREAT|O_EXCL, 0666) = 5<" + folder + "/p>",
                "7 fsync(5<" + folder + "/p> <unfinished ...>",
                "8 pwrite64(5<" + folder + "/p>, \"x\", 1, 0) = 1",
                "7 <... fsync resumed>) = 0",
                "7 fsync(6</w/data>) = 0",
                "7 fsync(9</w/registry.db-wal>) = 0",
                // short process numbers are padded
                "7     write(1<pipe:[1]>, \"ACK d@1.0.0 s\\n\", 14) = 14")) {
            syncs.take(line);
        }
        assertThat(syncs.violations())
                .containsExactlyInAnyOrder(
                        "answer 1: the folder of /w/data/1/p was not synced", "answer 1: /w/data/1/p was not synced");
    }

    private void assumeTracing(List<String> tracer) throws InterruptedException {
        boolean works;
        try {
            var command = new java.util.ArrayList<>(tracer);
            command.add("true");
            works = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            works = false;
        }
        Assumptions.assumeTrue(works, "strace is not here, or may not watch");
    }
}
