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

    void resize(int megabytes) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                run("mount", "-o", "remount,size=" + megabytes + "m", folder.toString()) == 0,
                "the disk cannot be made larger here");
    }

    /**
     * Lets nobody change anything below a folder any more who does not have the file open, until the answer is closed; where
     * that cannot be done the test is skipped.
     */
    static Cover cover(Path covered) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                run("mount", "--bind", covered.toString(), covered.toString()) == 0,
                "only the superuser can make a folder read-only");
        Cover cover = new Cover(covered);
        if (run("mount", "-o", "remount,bind,ro", covered.toString()) != 0) {
            cover.close();
            Assumptions.abort("a folder cannot be made read-only here");
        }
        return cover;
    }

    /** A folder that is read-only for the time being. */
    record Cover(Path folder) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            run("umount", "-l", folder.toString());
        }
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
