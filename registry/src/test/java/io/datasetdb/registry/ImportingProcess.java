// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.store.DatasetStore;
import java.nio.file.Path;

/** A process that imports a bundle. Arguments: warehouse, bundle. Says {@code importing}, then {@code done}. */
public final class ImportingProcess {
    private ImportingProcess() {}

    public static void main(String[] arguments) {
        try (Registry registry = Registry.open(Path.of(arguments[0]));
                DatasetStore store = DatasetStore.open(arguments[0], 0)) {
            System.out.println("importing");
            new BundleImport(registry, store, Path.of(arguments[1])).run(null, Progress.NONE);
            System.out.println("done");
        }
    }
}
