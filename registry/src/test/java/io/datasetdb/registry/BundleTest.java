// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.internal.Leases;
import io.datasetdb.store.DatasetStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    private Path folder;

    /** A warehouse that is open. */
    private record Warehouse(Path root, Registry registry, DatasetStore store, StoredDeposits deposits) {
        static Warehouse open(Path root) {
            Registry registry = Registry.open(root);
            DatasetStore store = DatasetStore.open(root.toString(), 0);
            return new Warehouse(root, registry, store, new StoredDeposits(registry, store));
        }

        void close() {
            store.close();
            registry.close();
        }

        long problems() {
            return new Verification(registry, store)
                    .run(false, problem -> {}, Progress.NONE)
                    .problems();
        }

        List<String> rows(String table) {
            return Deposits.rows(registry, table).stream().map(Object::toString).toList();
        }
    }

    private Warehouse from;
    private Warehouse to;
    private Path bundle;

    private DatasetVersion grandparent;
    private DatasetVersion parent;
    private DatasetVersion first;
    private DatasetVersion second;

    @BeforeEach
    void open() {
        from = Warehouse.open(folder.resolve("from"));
        to = Warehouse.open(folder.resolve("to"));
        bundle = folder.resolve("x.zip");
        from.registry.createNamespace("lab");
        from.registry.createProject("lab", "raw");
        grandparent = from.deposits.deposit("old");
        parent = from.deposits.deposit("lab.raw.parent", 3, provenance(grandparent));
        first = from.deposits.deposit("x", 3, provenance(parent));
        second = from.deposits.deposit("x", 2, provenance(parent), first);
        from.registry.setComment(first.name(), "what\nit is");
        from.registry.setLabels(first.name(), Map.of("team", "a\"b"));
        from.registry.setColumnComment(first.name(), "id", "key");
        from.registry.recordMetric(second, "score", 0.5, "bob");
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    private static Provenance provenance(DatasetVersion parent) {
        return new Provenance(
                "select 'ü' from …",
                "-- a script\nselect 1;",
                "job.sql",
                "ada",
                "shell",
                Deposits.STARTED,
                Deposits.STARTED.plusMillis(20),
                "0.1.0",
                List.of(new Dependency.OnDataset(parent.ref()), new Dependency.OnExternal("jdbc:x")),
                List.of(new Param("p", "1", Param.Origin.SET), new Param("q", null, Param.Origin.DEFAULT)),
                List.of(new FunctionUse("f", "ab")),
                List.of(new ColumnLineage("id", parent.ref(), "id", ColumnLineage.Derivation.IDENTITY)),
                "hash",
                null);
    }

    private BundleExport.Result export(boolean withLineage, DatasetVersion... versions) {
        return new BundleExport(from.registry).write(List.of(versions), withLineage, bundle, Progress.NONE);
    }

    private BundleImport.Result importInto(Warehouse warehouse, String as) {
        return new BundleImport(warehouse.registry, warehouse.store, bundle)
                .run(as == null ? null : DatasetName.parse(as, "main", "public"), Progress.NONE);
    }

    @Test
    void versionsArriveWithAllThatIsKnownOfThem() {
        assertThat(export(false, first, second)).satisfies(result -> {
            assertThat(result.versions()).isEqualTo(2);
            assertThat(result.ancestors()).isEqualTo(1);
            assertThat(result.files()).as("the shared file once").isEqualTo(2);
        });
        BundleImport.Result result = importInto(to, null);
        assertThat(result.versions()).containsExactly("main.public.x@1.0.0", "main.public.x@1.0.1");
        assertThat(result.files()).isEqualTo(2);
        assertThat(to.problems()).isZero();
        for (String table : List.of("datasets", "columns", "dependencies", "column_lineage", "params", "metrics")) {
            assertThat(to.rows(table))
                    .as(table)
                    .containsAll(from.rows(table).stream()
                            .filter(row -> row.contains("name=x,"))
                            .filter(row -> !table.equals("datasets"))
                            .toList());
        }
        DatasetVersion here = to.registry.resolve(first.name(), VersionSelector.LATEST);
        assertThat(here).isEqualTo(second);
        assertThat(here.createdAt()).isEqualTo(second.createdAt());
        assertThat(here.provenance()).isEqualTo(second.provenance());
        assertThat(here.schema()).isEqualTo(second.schema());
        assertThat(here.statistics()).isEqualTo(second.statistics());
        assertThat(here.files())
                .extracting(file -> file.checksum())
                .containsExactlyElementsOf(
                        second.files().stream().map(file -> file.checksum()).toList());
        Dataset dataset = to.registry.dataset(first.name()).orElseThrow();
        assertThat(dataset.comment()).isEqualTo("what\nit is");
        assertThat(dataset.labels()).isEqualTo(Map.of("team", "a\"b"));
        assertThat(dataset.columnComments()).isEqualTo(Map.of("id", "key"));
        assertThat(to.registry.lineage(here, Direction.UP, 9))
                .extracting(row -> String.valueOf(row.node()))
                .contains("lab.raw.parent@1.0.0")
                .doesNotContain("main.public.old@1.0.0");
        assertThat(to.registry.find(parent.name(), VersionSelector.LATEST)).isEmpty();
        assertThat(to.deposits.deposit("x").version()).hasToString("1.0.2");
        assertThat(new GarbageCollection(to.registry, Duration.ofDays(-1)).collect(Progress.NONE))
                .isEmpty();
        assertThat(to.problems()).isZero();
    }

    @Test
    void allAncestorsArriveIfTheyAreAskedFor() {
        assertThat(export(true, second).ancestors()).isEqualTo(2);
        importInto(to, "lab.raw.mine");
        DatasetName mine = DatasetName.parse("lab.raw.mine", "main", "public");
        assertThat(to.registry.lineage(mine, VersionSelector.LATEST, Direction.UP, 9))
                .extracting(row -> row.depth() + " " + row.node())
                .containsExactly("1 lab.raw.parent@1.0.0", "1 null", "2 main.public.old@1.0.0", "2 null");
        assertThat(to.registry.versions(mine))
                .extracting(version -> version.version().toString())
                .containsExactly("1.0.1");
    }

    @Test
    void importingTwiceIsImportingOnce() throws Exception {
        export(false, first, second);
        importInto(to, null);
        List<String> versions = to.rows("versions");
        Set<String> files = files(to);
        assertThat(importInto(to, null)).isEqualTo(new BundleImport.Result(List.of(), 2, 0, 0, List.of()));
        assertThat(to.rows("versions")).isEqualTo(versions);
        assertThat(files(to)).isEqualTo(files);
        to.registry.rename(first.name(), DatasetName.of("y"));
        assertThat(importInto(to, null).present())
                .as("whatever it is called now")
                .isEqualTo(2);
        assertThat(to.registry.dataset(first.name())).isEmpty();
        assertThat(importInto(from, null).versions()).as("where it came from").isEmpty();
    }

    @Test
    void laterVersionFollowsAndSharesTheFilesThatAreHere() {
        export(false, first);
        importInto(to, null);
        bundle = folder.resolve("second.zip");
        export(false, second);
        BundleImport.Result result = importInto(to, null);
        assertThat(result.versions()).containsExactly("main.public.x@1.0.1");
        assertThat(result.files()).isEqualTo(1);
        assertThat(to.problems()).isZero();
    }

    @Test
    void versionsThatWereMadeApartUnderOneNumberAreAConflict() {
        export(false, first, second);
        importInto(to, null);
        DatasetVersion here = to.deposits.deposit("x");
        DatasetVersion there = from.deposits.deposit("x");
        assertThat(here.version()).isEqualTo(there.version());
        bundle = folder.resolve("apart.zip");
        export(false, there);
        List<String> before = to.rows("versions");
        assertFails(
                () -> importInto(to, null),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "Cannot import dataset main.public.x: its version 1.0.2 is another one than that of the bundle");
        assertThat(to.rows("versions")).isEqualTo(before);
        assertThat(to.problems()).isZero();
    }

    @Test
    void whatWasDroppedHereIsRestored() {
        export(false, first, second);
        importInto(to, null);
        to.registry.remove(
                to.registry.drop(first.name(), Optional.empty(), DropMode.PURGE).removals());
        assertThat(importInto(to, null).versions()).hasSize(2);
        assertThat(to.problems()).isZero();
        assertThat(to.registry.versions(first.name())).hasSize(2);
    }

    @Test
    void ancestorThatComesLaterIsRestoredInItsPlace() {
        export(false, first);
        importInto(to, null);
        bundle = folder.resolve("parent.zip");
        export(false, parent);
        assertThat(importInto(to, null).versions()).containsExactly("lab.raw.parent@1.0.0");
        assertThat(to.registry.lineage(first.name(), VersionSelector.LATEST, Direction.UP, 1))
                .extracting(row -> String.valueOf(row.node()))
                .contains("lab.raw.parent@1.0.0");
        assertThat(to.problems()).isZero();
    }

    @Test
    void anotherDatasetOfTheNameIsAConflictAndAnotherAncestorIsNot() {
        to.deposits.deposit("x");
        export(true, second);
        assertFails(
                () -> importInto(to, null),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "Cannot import dataset main.public.x: there is another dataset of this name");
        DatasetVersion other = to.deposits.deposit("old");
        importInto(to, "y");
        assertThat(to.registry.resolve(other.name(), VersionSelector.LATEST)).isEqualTo(other);
        assertThat(to.registry.lineage(DatasetName.of("y"), VersionSelector.LATEST, Direction.UP, 9))
                .extracting(row -> String.valueOf(row.node()))
                .anyMatch(name -> name.startsWith("main.public.old (imported "));
        assertFails(
                () -> importInto(to, "z"),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "it is here already under the name main.public.y");
    }

    @Test
    void damagedAndForeignBundlesChangeNothing() throws Exception {
        export(false, first, second);
        byte[] good = Files.readAllBytes(bundle);
        List<String> before = to.rows("versions");
        Set<String> files = files(to);
        byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
        byte[] flipped = good.clone();
        int parquet = new String(good, StandardCharsets.ISO_8859_1).indexOf("PAR1") + 20;
        flipped[parquet] ^= 1;
        for (byte[] bad : List.of(cut, flipped, new byte[0], "hello".getBytes(StandardCharsets.US_ASCII))) {
            Files.write(bundle, bad);
            assertFails(() -> importInto(to, null), RegistryError.BAD_BUNDLE, "22000", "Cannot import bundle: ");
        }
        assertBad(Map.of("readme.txt", "x"), "it is no bundle of datasets");
        assertBad(Map.of("manifest.json", "[]"), "it is no bundle of datasets");
        assertBad(Map.of("manifest.json", "{\"format\": \"other\"}"), "it is no bundle of datasets");
        assertBad(Map.of("manifest.json", "{\"format\": 1"), "its manifest is no JSON at character 12");
        assertBad(
                Map.of("manifest.json", "{\"format\": \"datasetdb-bundle\", \"version\": 99}"),
                "a newer release made it");
        assertBad(
                Map.of("manifest.json", "{\"format\": \"datasetdb-bundle\", \"version\": 1}"),
                "its manifest lacks something");
        Files.write(bundle, good);
        Map<String, String> entries = entries();
        String manifest = entries.get("manifest.json");
        entries.keySet().removeIf(name -> name.endsWith(".parquet"));
        assertBad(entries, "is damaged, it is missing");
        assertBad(Map.of("manifest.json", manifest.replace("BIGINT", "NUMBRE")), "wrong about the columns");
        assertThat(to.rows("versions")).isEqualTo(before);
        assertThat(files(to)).isEqualTo(files);
        assertThat(to.registry.namespaces()).doesNotContain("lab");
        bundle = folder.resolve("none.zip");
        assertFails(() -> importInto(to, null), RegistryError.BAD_BUNDLE, "22000", "there is no such file");
    }

    private void assertBad(Map<String, String> entries, String reason) throws Exception {
        Path good = bundle;
        bundle = folder.resolve("bad.zip");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(bundle, bytes.toByteArray());
        assertFails(() -> importInto(to, null), RegistryError.BAD_BUNDLE, "22000", reason);
        bundle = good;
    }

    private Map<String, String> entries() throws Exception {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            Map<String, String> entries = new java.util.TreeMap<>();
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
            return entries;
        }
    }

    private static Set<String> files(Warehouse warehouse) throws Exception {
        try (Stream<Path> below = Files.walk(warehouse.root.resolve("data"))) {
            return below.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void importThatWasCutOffIsInvisibleAndCollected() throws Exception {
        export(false, first);
        Path orphan = to.root.resolve("data/019aabcd-0000-7000-8000-00000000000a");
        Files.createDirectories(orphan);
        Files.write(orphan.resolve("part-00000.parquet"), new byte[3]);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to.root.resolve("registry.db"))) {
            connection
                    .createStatement()
                    .executeUpdate("INSERT INTO drafts VALUES ('019aabcd-0000-7000-8000-00000000000a', 'x', '1', 1, "
                            + Leases.end() + ")");
            assertThat(new GarbageCollection(to.registry, Duration.ZERO).find()).isEmpty();
            connection.createStatement().executeUpdate("UPDATE drafts SET lease_until = 2");
        }
        assertThat(to.rows("versions")).isEmpty();
        assertThat(new GarbageCollection(to.registry, Duration.ZERO).collect(Progress.NONE))
                .hasSize(1);
        assertThat(orphan).doesNotExist();
        assertThat(importInto(to, null).versions()).hasSize(1);
    }

    /** Each round kills the process at a random moment of its import. */
    @Test
    void importOfAKilledProcessIsWholeOrInvisible() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        DatasetVersion last = second;
        for (int i = 0; i < 40; i++) {
            last = from.deposits.deposit("x", 2_000, Deposits.provenance("insert"), last);
        }
        export(false, last);
        boolean whole = false;
        for (int round = 0; round < 6; round++) {
            String hint = "round " + round + " of seed " + seed;
            Process process = DepositingProcess.start(ImportingProcess.class, to.root.toString(), bundle.toString());
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.readLine()).as(hint).isEqualTo("importing");
                process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
            boolean visible = to.registry.dataset(first.name()).isPresent();
            assertThat(visible || !whole).as(hint).isTrue();
            whole = visible;
            assertThat(to.problems()).as(hint).isZero();
            assertThat(to.registry.versions(first.name())).as(hint).hasSize(visible ? 1 : 0);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to.root.resolve("registry.db"))) {
            connection.createStatement().executeUpdate("UPDATE drafts SET lease_until = 2");
        }
        new GarbageCollection(to.registry, Duration.ZERO).collect(Progress.NONE);
        importInto(to, null);
        assertThat(to.problems()).as("seed %d", seed).isZero();
        try (Stream<Path> folders = Files.list(to.root.resolve("data"))) {
            assertThat(folders).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void exportNamesWhatIsDamagedAndLeavesNothing() throws Exception {
        Path file = from.root.resolve(first.files().get(0).path());
        byte[] bytes = Files.readAllBytes(file);
        bytes[10] ^= 1;
        Files.write(file, bytes);
        assertFails(
                () -> export(false, second),
                RegistryError.DAMAGED,
                "XX001",
                "Cannot export file of main.public.x@1.0.0, main.public.x@1.0.1: its bytes are not those");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("from", "to");
        }
        Files.createFile(bundle);
        assertFails(
                () -> export(false, parent),
                RegistryError.FILE_FAILED,
                "58030",
                "there is a file of this name already");
    }

    @Test
    void everyTableThatBelongsToVersionsTravels() throws Exception {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to.root.resolve("registry.db"));
                ResultSet columns = connection.getMetaData().getColumns(null, null, "%", "version_id")) {
            while (columns.next()) {
                tables.add(columns.getString("TABLE_NAME"));
            }
        }
        String manifest = manifestOf(first);
        assertThat(tables)
                .filteredOn(table -> !List.of("versions", "version_files").contains(table))
                .isNotEmpty()
                .allMatch(table -> manifest.contains("\"" + table + "\":"));
    }

    private String manifestOf(DatasetVersion version) throws Exception {
        export(false, version);
        return entries().get("manifest.json");
    }
}
