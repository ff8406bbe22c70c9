// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints how long a registry of many datasets takes. Arguments: folder (made if there is none), datasets, versions of each.
 * With one argument: how long the folder takes to open and to resolve one name in a new process.
 */
public final class RegistryTiming {
    private RegistryTiming() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        if (arguments.length == 1) {
            openCold(folder);
            return;
        }
        int datasets = Integer.parseInt(arguments[1]);
        int versions = Integer.parseInt(arguments[2]);
        boolean made = Files.exists(folder);
        try (Registry registry = Registry.open(folder)) {
            if (!made) {
                fill(registry, datasets, versions);
            }
            measure(registry, datasets);
        }
    }

    private static void openCold(Path folder) {
        long start = System.nanoTime();
        try (Registry registry = Registry.open(folder)) {
            long opened = System.nanoTime();
            registry.find(DatasetName.of("dataset_17"), VersionSelector.LATEST).map(DatasetVersion::files);
            long found = System.nanoTime();
            System.out.printf(
                    "open %.1f ms, then find with files %.1f ms%n", (opened - start) / 1e6, (found - opened) / 1e6);
        }
    }

    private static void fill(Registry registry, int datasets, int versions) {
        long start = System.nanoTime();
        var times = new long[datasets * versions];
        var parents = new ArrayList<DatasetVersion>();
        for (int d = 0; d < datasets; d++) {
            DatasetVersion last = null;
            for (int v = 0; v < versions; v++) {
                long begin = System.nanoTime();
                DatasetVersion[] from = d == 0 ? new DatasetVersion[0] : new DatasetVersion[] {parents.get(d / 2)};
                last = Deposits.derive(registry, "dataset_" + d, from);
                times[d * versions + v] = System.nanoTime() - begin;
            }
            parents.add(last);
        }
        Arrays.sort(times);
        System.out.printf(
                "%d deposits in %.1f s; begin + commit median %.2f ms, 99th percentile %.2f ms%n",
                times.length,
                (System.nanoTime() - start) / 1e9,
                times[times.length / 2] / 1e6,
                times[times.length * 99 / 100] / 1e6);
    }

    private static void measure(Registry registry, int datasets) {
        DatasetName name = DatasetName.of("dataset_" + datasets / 2);
        time("resolve latest", () -> registry.resolve(name, VersionSelector.LATEST));
        time(
                "resolve latest, schema, files",
                () -> registry.resolve(name, VersionSelector.LATEST).files());
        time("resolve range", () -> registry.resolve(name, VersionSelector.parse(">=1.0,<2.0")));
        time(
                "lineage down, 3",
                () -> registry.lineage(name, VersionSelector.LATEST, Direction.DOWN, 3)
                        .size());
        time(
                "lineage up, 100",
                () -> registry.lineage(name, VersionSelector.LATEST, Direction.UP, 100)
                        .size());
        Predicate byName = equal("name", name.name());
        for (String table : List.of("versions", "columns", "files", "dependencies", "column_lineage", "datasets")) {
            time(table + " where name", () -> count(registry, table, byName));
        }
        time(
                "dependencies where parent_name",
                () -> count(registry, "dependencies", equal("parent_name", name.name())));
        time("versions where version", () -> count(registry, "versions", equal("version", "1.0.4")));
        for (String table : List.of("datasets", "versions", "columns", "files")) {
            time(table + ", all", () -> count(registry, table, null));
        }
    }

    private static Predicate equal(String column, String value) {
        return new Predicate.Comparison(ColumnPath.of(column), Predicate.Operator.EQUAL, value);
    }

    private static int count(Registry registry, String table, @Nullable Predicate filter) {
        int rows = 0;
        try (BatchSource source = SystemTables.find(table).orElseThrow().rows(registry, filter)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                rows += batch.size();
            }
        }
        return rows;
    }

    private static void time(String what, Supplier<?> work) {
        var times = new long[15];
        Object result = null;
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            result = work.get();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        System.out.printf(
                "%-36s min %8.2f ms, median %8.2f ms  (%s)%n",
                what, times[0] / 1e6, times[times.length / 2] / 1e6, result instanceof Integer ? result : "-");
    }
}
