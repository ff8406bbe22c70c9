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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A program that copies, exports, imports, indexes and collects garbage, one after the other and for ever, and says so on its output, a
 * line each, once something is done: {@code FILE name} {@code COLLECTED} or {@code INDEXED}. Its arguments: the folder and its run.
 */
final class Upkeeper {
    /** What it says once it could begin. */
    static final String READY = "READY";

    static final String FILE = "FILE ";
    static final String COLLECTED = "COLLECTED";
    static final String INDEXED = "INDEXED";

    /** Makes the dataset that is indexed. */
    static final String VECTORS =
            "CREATE DATASET vectors AS SELECT i AS id, ARRAY[CAST(sin(i) AS REAL), CAST(cos(i * 1.7)"
                    + " AS REAL), CAST(sin(i * 0.3) AS REAL)] AS emb FROM generate_series(1, 40000) AS g(i)";

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
                index(statement);
                System.out.println(INDEXED);
                new GarbageCollection(registry, Duration.ZERO).collect(Progress.NONE);
                System.out.println(COLLECTED);
            }
        }
    }

    /** Ends the vector index that there may be, makes it anew, and has another file indexed. */
    private static void index(Statement statement) throws SQLException {
        try (ResultSet known = statement.executeQuery("SELECT count(*) FROM registry.vector_indexes")) {
            known.next();
            if (known.getLong(1) == 0) {
                statement.execute("CREATE VECTOR INDEX ON vectors (emb)");
            }
        }
        statement.execute("UPDATE vectors SET id = -id WHERE abs(id) = 1");
        statement.execute("DROP VECTOR INDEX ON vectors (emb)");
        statement.execute("CREATE VECTOR INDEX ON vectors (emb)");
    }

    /** Puts a bundle into a warehouse, which is made if need be. */
    static void importInto(Path warehouse, Path bundle) {
        try (Registry registry = Registry.open(warehouse);
                DatasetStore store = DatasetStore.open(warehouse.toString())) {
            new BundleImport(registry, store, bundle).run(null, Progress.NONE);
        }
    }
}
