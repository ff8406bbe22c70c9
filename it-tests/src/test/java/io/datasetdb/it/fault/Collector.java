// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A program that collects garbage of a warehouse, its argument, again and again until it is written to or its input ends. */
final class Collector {
    /** What it says once it has collected for the first time. */
    static final String COLLECTED = "COLLECTED";

    private Collector() {}

    public static void main(String[] arguments) throws IOException {
        try (Registry registry = Registry.open(Path.of(arguments[0]))) {
            GarbageCollection collection = new GarbageCollection(registry, Duration.ZERO);
            collection.collect(Progress.NONE);
            System.out.println(COLLECTED);
            while (System.in.available() == 0) {
                collection.collect(Progress.NONE);
            }
        }
    }
}
