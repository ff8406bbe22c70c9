// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {
    private static final DatasetName X = DatasetName.of("x");

    @TempDir
    private Path folder;

    private Registry registry;

    @BeforeEach
    void open() {
        registry = Registry.open(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static GarbageCollection collection(Registry registry) {
        return new GarbageCollection(registry, Duration.ofMillis(-1));
    }

    private List<Garbage> collect() {
        return collection(registry).collect(Progress.NONE);
    }

    /** A version with one file of ten bytes on disk. */
    private DatasetVersion deposit(DraftRequest request) throws IOException {
        try (VersionDraft draft = registry.begin(request)) {
            draft.add(written(draft));
            return draft.commit(Deposits.provenance("select 1"));
        }
    }

    private DataFile written(VersionDraft draft) throws IOException {
        Files.createDirectories(folder.resolve(draft.folder()));
        DataFile file = new DataFile(draft.folder() + "/part-00000.parquet", 1, 10, "ab".repeat(32), List.of());
        Files.write(folder.resolve(file.path()), new byte[10]);
        return file;
    }

    private DatasetVersion deposit() throws IOException {
        return deposit(DraftRequest.replace(X, Deposits.SCHEMA));
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Path folderOf(DatasetVersion version) {
        return folder.resolve("data/" + version.uuid());
    }

    @Test
    void folderOfALivingDraftStaysAndThatOfADeadOneGoes() throws Exception {
        try (VersionDraft draft = registry.begin(DraftRequest.replace(X, Deposits.SCHEMA))) {
            written(draft);
            assertThat(collection(registry).find()).isEmpty();
            assertThat(collect()).isEmpty();
            assertThat(folder.resolve(draft.folder())).exists();
            sql("UPDATE drafts SET lease_until = 1");
            Garbage orphan =
                    new Garbage(Garbage.Kind.ORPHAN, null, draft.folder(), 1, 10, "its deposit was never finished");
            assertThat(collection(registry).find()).containsExactly(orphan);
            assertThat(folder.resolve(draft.folder())).as("only looked at").exists();
            assertThat(collect()).containsExactly(orphan);
            assertThat(folder.resolve(draft.folder())).doesNotExist();
            assertThat(collect()).isEmpty();
        }
    }

    @Test
    void whatSomebodyReadsIsNotCountedUntilItIsGone() throws Exception {
        DatasetVersion version = deposit();
        registry.drop(X, Optional.empty(), DropMode.KEEP_FILES);
        Set<String> read = Set.of("data/" + version.uuid());
        registry.readLocks().share(read);
        assertThat(collection(registry).find()).extracting(Garbage::kind).containsExactly(Garbage.Kind.DROPPED);
        assertThat(collect()).isEmpty();
        assertThat(folderOf(version)).exists();
        registry.readLocks().release(read);
        assertThat(collect()).extracting(Garbage::kind, Garbage::files).containsExactly(tuple(Garbage.Kind.PURGED, 1L));
        assertThat(folderOf(version)).doesNotExist();
    }

    @Test
    void checkpointsThatNobodyWentOnFromGo() throws Exception {
        Path checkpoint =
                Files.createDirectories(folder.resolve("checkpoints/" + "ab".repeat(16) + "." + UUID.randomUUID()));
        Files.write(checkpoint.resolve("part-00000.parquet"), new byte[10]);
        Path notes = Files.createDirectories(folder.resolve("checkpoints/notes"));
        assertThat(collect()).as("within its lease").isEmpty();
        Files.setLastModifiedTime(checkpoint, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
        Files.setLastModifiedTime(notes, FileTime.fromMillis(0));
        assertThat(new GarbageCollection(registry, GarbageCollection.KEEP).find())
                .isEmpty();
        Garbage garbage = new Garbage(
                Garbage.Kind.CHECKPOINT,
                null,
                "checkpoints/" + checkpoint.getFileName(),
                1,
                10,
                "nobody went on with its save");
        assertThat(collection(registry).find()).containsExactly(garbage);
        assertThat(collect()).containsExactly(garbage);
        assertThat(checkpoint).doesNotExist();
        assertThat(notes).exists();
    }

    @Test
    void jarThatNothingRefersToGoesOnceNobodyCanBeCreatingAFunctionFromIt() throws Exception {
        FunctionJars jars = new FunctionJars(folder);
        String used = keep(jars, "used");
        String called = keep(jars, "called");
        String created = keep(jars, "created");
        String unused = keep(jars, "unused");
        Path interrupted =
                Files.write(folder.resolve("functions/" + unused + "." + UUID.randomUUID() + ".tmp"), new byte[3]);
        Path notes = Files.writeString(folder.resolve("functions/notes.txt"), "mine");
        registry.createFunction(function("f", used), false);
        registry.createFunction(function("g", created), false);
        registry.dropFunction("g");
        DatasetVersion version = deposit();
        sql("INSERT INTO function_uses SELECT version_id, 'h', '" + called + "' FROM versions");
        assertThat(collect()).as("within the lease").isEmpty();
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofMinutes(11)));
        for (String jar : List.of(used, called, created, unused)) {
            Files.setLastModifiedTime(folder.resolve(jars.path(jar)), old);
        }
        Files.setLastModifiedTime(interrupted, old);
        Files.setLastModifiedTime(notes, old);
        keep(jars, "created");
        assertThat(collection(registry).find())
                .containsExactlyInAnyOrder(jar(jars.path(unused), 6), jar("functions/" + interrupted.getFileName(), 3));
        assertThat(folder.resolve(jars.path(unused))).as("only looked at").exists();
        assertThat(collect()).hasSize(2);
        assertThat(folder.resolve(jars.path(unused))).doesNotExist();
        assertThat(interrupted).doesNotExist();
        assertThat(notes).exists();
        assertThat(jars.problem(used)).isEmpty();
        assertThat(jars.problem(called)).isEmpty();
        assertThat(jars.problem(created)).isEmpty();
        registry.drop(version.name(), Optional.empty(), DropMode.PURGE);
        assertThat(collect()).extracting(Garbage::path).contains(jars.path(called));
    }

    private static String keep(FunctionJars jars, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String sha256 = FunctionJars.sha256(bytes);
        jars.keep(sha256, bytes);
        return sha256;
    }

    private static FunctionDefinition function(String name, String sha256) {
        return new FunctionDefinition(
                name,
                "(BIGINT) BIGINT",
                FunctionDefinition.Kind.SCALAR,
                "com.acme.F",
                "/f.jar",
                sha256,
                null,
                "me",
                Instant.now());
    }

    private static Garbage jar(String path, long bytes) {
        return new Garbage(Garbage.Kind.JAR, null, path, 1, bytes, "no function or version refers to it");
    }

    @Test
    void whatOthersPutThereIsNamedAndStays() throws Exception {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("my photos"));
        Files.writeString(data.resolve("notes.txt"), "mine");
        Path mixed = Files.createDirectories(data.resolve(UUID.randomUUID().toString()));
        Files.writeString(mixed.resolve("part-00000.parquet"), "ours?");
        Files.writeString(mixed.resolve("thesis.doc"), "mine");
        Path target = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-elsewhere"));
        Path link = Files.createSymbolicLink(data.resolve(UUID.randomUUID().toString()), target);
        assertThat(collect())
                .extracting(Garbage::kind, Garbage::path)
                .containsExactlyInAnyOrder(
                        tuple(Garbage.Kind.FOREIGN, "data/my photos"),
                        tuple(Garbage.Kind.FOREIGN, "data/notes.txt"),
                        tuple(Garbage.Kind.FOREIGN, "data/" + mixed.getFileName()),
                        tuple(Garbage.Kind.FOREIGN, "data/" + link.getFileName()));
        assertThat(mixed.resolve("thesis.doc")).exists();
        assertThat(mixed.resolve("part-00000.parquet")).exists();
        assertThat(link).isSymbolicLink();
        Files.delete(target);
    }

    @Test
    void filesOfDroppedVersionsGoOnceTheirTimeIsOver() throws Exception {
        DatasetVersion first = deposit();
        DatasetVersion second = deposit();
        registry.drop(X, Optional.of(new VersionSelector.Exact(first.version())), DropMode.KEEP_FILES);
        assertThat(new GarbageCollection(registry, GarbageCollection.KEEP).collect(Progress.NONE))
                .isEmpty();
        assertThat(folderOf(first)).exists();
        List<Garbage> gone = collect();
        assertThat(gone)
                .extracting(Garbage::kind, Garbage::version, Garbage::files, Garbage::bytes)
                .containsExactly(tuple(Garbage.Kind.DROPPED, first.ref(), 1L, 10L));
        assertThat(folderOf(first)).doesNotExist();
        assertThat(folderOf(second)).exists();
        assertThat(registry.versions(X))
                .extracting(version -> version.version() + " " + version.state())
                .containsExactly("1.0.1 COMPLETE", "1.0.0 DROPPED");
        assertThat(collect()).isEmpty();
    }

    @Test
    void sharedFileStaysUntilItsLastVersionGoes() throws Exception {
        DatasetVersion first = deposit();
        DatasetVersion second;
        try (VersionDraft draft = registry.begin(DraftRequest.replace(X, Deposits.SCHEMA))) {
            draft.shareFiles(first);
            draft.add(written(draft));
            second = draft.commit(Deposits.provenance("insert"));
        }
        registry.drop(X, Optional.of(new VersionSelector.Exact(first.version())), DropMode.KEEP_FILES);
        assertThat(collect()).extracting(Garbage::files).containsExactly(0L);
        assertThat(folderOf(first)).exists();
        registry.drop(X, Optional.empty(), DropMode.KEEP_FILES);
        assertThat(collection(registry).find())
                .extracting(Garbage::files, Garbage::bytes)
                .containsExactly(tuple(2L, 20L));
        collect();
        assertThat(folderOf(first)).doesNotExist();
        assertThat(folderOf(second)).doesNotExist();
    }

    @Test
    void purgeThatWasCutOffIsFinished() throws Exception {
        DatasetVersion version = deposit();
        // As if the process had ended between the registry's transaction and the deletion.
        registry.drop(X, Optional.empty(), DropMode.PURGE);
        assertThat(folderOf(version)).exists();
        assertThat(collect())
                .extracting(Garbage::kind, Garbage::path, Garbage::bytes)
                .containsExactly(tuple(Garbage.Kind.PURGED, "data/" + version.uuid(), 10L));
        assertThat(folderOf(version)).doesNotExist();
        assertThat(registry.removals()).isEmpty();
    }

    @Test
    void whatSomebodyReadsStaysForTheNextTime() throws Exception {
        DatasetVersion version = deposit();
        Set<String> folders = version.folders();
        registry.readLocks().share(folders);
        registry.drop(X, Optional.empty(), DropMode.PURGE);
        assertThat(collect()).isEmpty();
        assertThat(folderOf(version)).exists();
        registry.readLocks().release(folders);
        assertThat(collect()).hasSize(1);
        assertThat(folderOf(version)).doesNotExist();
    }

    @Test
    void whatAnotherProcessReadsStaysUntilItEndsHoweverThatMayBe() throws Exception {
        DatasetVersion version = deposit();
        Process process = DepositingProcess.start(ReadingProcess.class, folder.toString(), "x");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("reading");
            List<String> removals =
                    registry.drop(X, Optional.empty(), DropMode.PURGE).removals();
            assertThat(registry.remove(removals)).isEmpty();
            assertThat(collect()).isEmpty();
            assertThat(folderOf(version)).exists();
            process.destroyForcibly().waitFor();
        }
        assertThat(collect()).hasSize(1);
        assertThat(folderOf(version)).doesNotExist();
    }

    @Test
    void collectingBesideDepositsTakesNothingOfTheirs() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        AtomicBoolean done = new AtomicBoolean();
        try (DatasetStore store = DatasetStore.open(folder.toString(), 0)) {
            StoredDeposits deposits = new StoredDeposits(registry, store);
            Future<Integer> collector = executor.submit(() -> {
                int rounds = 0;
                do {
                    collect();
                    rounds++;
                } while (!done.get());
                return rounds;
            });
            Callable<Boolean> depositor = () -> {
                for (int i = 0; i < 15; i++) {
                    deposits.deposit("x");
                }
                return true;
            };
            for (Future<Boolean> each : executor.invokeAll(List.of(depositor, depositor))) {
                assertThat(each.get()).isTrue();
            }
            done.set(true);
            assertThat(collector.get()).isPositive();
            List<FileProblem> problems = new ArrayList<>();
            assertThat(new Verification(registry, store)
                            .run(false, problems::add, Progress.NONE)
                            .files())
                    .isEqualTo(30);
            assertThat(problems).isEmpty();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void listingThatWasReplacedGoesUnlessSomethingWasMadeFromIt() throws Exception {
        DatasetVersion used = deposit(DraftRequest.listing("file:///a/**", "one", Deposits.SCHEMA));
        DatasetVersion idle = deposit(DraftRequest.listing("file:///a/**", "two", Deposits.SCHEMA));
        DatasetVersion newest = deposit(DraftRequest.listing("file:///a/**", "three", Deposits.SCHEMA));
        Deposits.derive(registry, "made", used);
        assertThat(new GarbageCollection(registry, GarbageCollection.KEEP).find())
                .as("too young")
                .isEmpty();
        assertThat(collect())
                .extracting(Garbage::kind, Garbage::version)
                .containsExactly(tuple(Garbage.Kind.LISTING, idle.ref()));
        assertThat(folderOf(idle)).doesNotExist();
        assertThat(folderOf(used)).exists();
        assertThat(folderOf(newest)).exists();
        registry.drop(DatasetName.of("made"), Optional.empty(), DropMode.KEEP_FILES);
        assertThat(collect()).extracting(Garbage::version).contains(used.ref());
    }

    @Test
    void retentionDropsTheOldestAtADepositAndNeverTheLatest() throws Exception {
        deposit();
        deposit();
        deposit();
        registry.setRetention(X, OptionalLong.of(2));
        assertThat(registry.retention(X)).hasValue(2);
        assertThat(numbers()).as("nothing is lost by saying so").containsExactly("1.0.2", "1.0.1", "1.0.0");
        assertThat(collect())
                .extracting(Garbage::kind, Garbage::name)
                .containsExactly(tuple(Garbage.Kind.EXCESS, "main.public.x@1.0.0"));
        assertThat(numbers()).containsExactly("1.0.2", "1.0.1");
        deposit();
        assertThat(numbers()).containsExactly("1.0.3", "1.0.2");
        registry.setRetention(X, OptionalLong.of(1));
        deposit();
        assertThat(numbers()).containsExactly("1.0.4");
        registry.setRetention(X, OptionalLong.empty());
        deposit();
        assertThat(numbers()).containsExactly("1.0.5", "1.0.4");
        assertThat(registry.versions(X)).as("tombstones stay").hasSize(6);
        assertFails(
                () -> registry.setRetention(X, OptionalLong.of(0)),
                RegistryError.INVALID_RETENTION,
                "22023",
                "Cannot set retention of dataset main.public.x: at least the latest version is kept (0)");
    }

    private List<String> numbers() {
        return registry.versions(X).stream()
                .filter(version -> version.state() == VersionState.COMPLETE)
                .map(version -> version.version().toString())
                .toList();
    }

    @Test
    void readOnlyWarehouseIsLookedAtOnly() throws Exception {
        deposit();
        registry.drop(X, Optional.empty(), DropMode.KEEP_FILES);
        try (Registry reader = Registry.openReadOnly(folder)) {
            assertThat(collection(reader).find()).hasSize(1);
            assertFails(
                    () -> collection(reader).collect(Progress.NONE),
                    RegistryError.READ_ONLY,
                    "25006",
                    "the warehouse is read-only");
        }
    }
}
