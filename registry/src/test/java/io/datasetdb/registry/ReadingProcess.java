// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.io.IOException;
import java.nio.file.Path;

/** A process that reads the latest version of a dataset until its input ends. Arguments: warehouse, dataset. Says {@code reading}. */
public final class ReadingProcess {
    private ReadingProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (Registry registry = Registry.open(Path.of(arguments[0]))) {
            DatasetVersion version = registry.resolve(DatasetName.of(arguments[1]), VersionSelector.LATEST);
            registry.readLocks().share(version.folders());
            System.out.println("reading");
            while (System.in.read() >= 0) {
                // Reading takes its time.
            }
        }
    }
}
