// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The dataset that keeps the files of a folder to which files are only added, each with a greater name than the last. */
final class ListedFiles {
    /** Its name. */
    static final String DATASET = "listed";

    private ListedFiles() {}

    static String sql(Path folder) {
        return "CREATE OR REPLACE DATASET " + DATASET + " AS SELECT file_name(file.path) AS name, file.size AS size "
                + "FROM TABLE(list_storage('" + folder + "')) ORDER BY 1";
    }

    /** The checksum of its rows at the time when {@code last} was the greatest name. */
    static String checksum(Path folder, String last) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.getFileName().toString().compareTo(last) <= 0)
                    .sorted()
                    .toList();
        }
        RowsChecksum checksum = new RowsChecksum();
        for (Path file : files) {
            checksum.add(file.getFileName().toString());
            checksum.add(String.valueOf(Files.size(file)));
        }
        return checksum.value();
    }
}
