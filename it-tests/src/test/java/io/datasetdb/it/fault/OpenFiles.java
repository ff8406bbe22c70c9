// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The files that this process has open, as the operating system sees it. */
public final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenFiles() {}

    /** Those below a folder; where the system does not tell, the test is skipped. */
    public static List<Path> below(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return all().stream().filter(file -> file.startsWith(real)).toList();
    }

    /** Files and folders for rows that do not fit in memory, open or only left behind. */
    public static List<Path> spilled() throws IOException {
        String name = "datasetdb-spill-" + ProcessHandle.current().pid() + "-";
        List<Path> result = new ArrayList<>(
                all().stream().filter(file -> file.toString().contains(name)).toList());
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), name + "*")) {
            folders.forEach(result::add);
        }
        return result;
    }

    private static List<Path> all() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not tell which files are open");
        List<Path> result = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                Path target = target(descriptor);
                if (target != null) {
                    result.add(target);
                }
            }
        }
        return result;
    }

    /** One that is closed while we look is not open. */
    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return null;
        }
    }
}
