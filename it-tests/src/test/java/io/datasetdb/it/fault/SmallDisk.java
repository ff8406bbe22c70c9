// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory, which only the superuser of a Linux machine can mount. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one below {@code parent}; where that cannot be done the test is skipped. */
    static SmallDisk mount(Path parent, int megabytes) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(parent.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString()) == 0,
                "only the superuser can mount a small disk");
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    void makeReadOnly() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                run("mount", "-o", "remount,ro", folder.toString()) == 0, "the disk cannot be made read-only here");
    }

    /** The bytes that can still be written. */
    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", folder.toString());
    }
}
