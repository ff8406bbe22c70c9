// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import io.datasetdb.registry.BundleExport;
import io.datasetdb.registry.BundleImport;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.store.DatasetStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A program that copies, exports, imports and collects garbage, one after the other and for ever, and says so on its output, a
 * line each, once something is done: {@code FILE name} or {@code COLLECTED}. Its arguments: the folder and its run.
 */
final class Upkeeper {
    /** What it says once it could begin. */
    static final String READY = "READY";

    static final String FILE = "FILE ";
    static final String COLLECTED = "COLLECTED";

    /** The dataset that is copied; {@link #ROWS} rows. */
    static final DatasetName NUMBERS = new DatasetName("main", "public", "numbers");

    static final int ROWS = 300_000;

    private Upkeeper() {}

    /** Where the warehouse is. */
    static Path warehouse(Path folder) {
        return folder.resolve("warehouse");
    }

    /** Where the files and the warehouses of imports go. */
    static Path results(Path folder) {
        return folder.resolve("results");
    }

    public static void main(String[] arguments) throws SQLException {
        Path folder = Path.of(arguments[0]);
        Path results = results(folder);
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse(folder));
                Statement statement = connection.createStatement();
                Registry registry = Registry.open(warehouse(folder))) {
            System.out.println(READY);
            for (int round = 0; round < Integer.MAX_VALUE; round++) {
                String name = arguments[1] + "-" + round;
                for (String format : List.of("parquet", "csv")) {
                    statement.execute("COPY (SELECT * FROM numbers) TO '" + results.resolve(name + "." + format) + "'");
                    System.out.println(FILE + name + "." + format);
                }
                Path bundle = results.resolve(name + ".zip");
                new BundleExport(registry)
                        .write(
                                List.of(registry.resolve(NUMBERS, VersionSelector.LATEST)),
                                false,
                                bundle,
                                Progress.NONE);
                System.out.println(FILE + bundle.getFileName());
                Path other = results.resolve(name);
                importInto(other, bundle);
                System.out.println(FILE + other.getFileName());
                statement.execute("CREATE OR REPLACE DATASET scratch AS SELECT n, " + round + " AS r FROM numbers");
                statement.execute("DROP DATASET scratch");
                new GarbageCollection(registry, Duration.ZERO).collect(Progress.NONE);
                System.out.println(COLLECTED);
            }
        }
    }

    /** Puts a bundle into a warehouse, which is made if need be. */
    static void importInto(Path warehouse, Path bundle) {
        try (Registry registry = Registry.open(warehouse);
                DatasetStore store = DatasetStore.open(warehouse.toString())) {
            new BundleImport(registry, store, bundle).run(null, Progress.NONE);
        }
    }
}
