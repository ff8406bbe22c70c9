// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry does with index files; what is in them is not its concern. */
class VectorIndexesTest {
    private static final DatasetName X = DatasetName.of("x");

    /** SHA-256 of ten bytes of 0. */
    private static final String TEN_ZEROS = "01d448afd928065458cf670b60f5a594d735af0172c8d67f22a81680132681ca";

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

    private DataFile file(String in, int part) throws IOException {
        Files.createDirectories(folder.resolve(in));
        DataFile file = new DataFile(String.format("%s/part-%05d.parquet", in, part), 1, 10, TEN_ZEROS, List.of());
        Files.write(folder.resolve(file.path()), new byte[10]);
        return file;
    }

    private DatasetVersion deposit() throws IOException {
        try (VersionDraft draft = registry.begin(DraftRequest.replace(X, Deposits.SCHEMA))) {
            draft.add(file(draft.folder(), 0));
            draft.index(registry.vectorIndexes().of(X), List.of());
            return draft.commit(Deposits.provenance("select 1"));
        }
    }

    /** An index of the one file of a version. */
    private String index(DatasetVersion version) throws IOException {
        String data = version.files().get(0).path();
        try (VectorIndexDraft draft = registry.vectorIndexes().begin(X, "score")) {
            DataFile file = file(draft.folder(), 0);
            VectorIndexFile made = new VectorIndexFile(new VectorIndex(-1, "score"), data, 1, file);
            draft.commit(List.of(made), Set.of(data), "ada");
            return file.path();
        }
    }

    private List<Garbage> collect() {
        return new GarbageCollection(registry, Duration.ofMillis(-1)).collect(Progress.NONE);
    }

    private List<FileProblem> problems() {
        List<FileProblem> problems = new ArrayList<>();
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            new Verification(registry, store).run(true, problems::add, Progress.NONE);
        }
        return problems;
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void versionsThatShareAFileShareItsIndexAndNamesMatchWithoutRegardToCase() throws Exception {
        DatasetVersion first = deposit();
        String path = index(first);
        DatasetVersion second;
        try (VersionDraft draft = registry.begin(DraftRequest.replace(X, Deposits.SCHEMA))) {
            draft.shareFiles(first);
            draft.add(file(draft.folder(), 0));
            draft.index(registry.vectorIndexes().of(X), List.of());
            second = draft.commit(Deposits.provenance("select 1"));
        }
        Map<String, String> expected = Map.of(first.files().get(0).path(), path);
        assertThat(first.vectorIndexes("score")).isEqualTo(expected);
        assertThat(second.vectorIndexes("SCORE")).isEqualTo(expected);
        assertThat(second.vectorIndexes("id")).isEmpty();
        registry.rename(X, DatasetName.of("y"));
        assertThat(registry.vectorIndexes().of(X)).isEmpty();
        assertThat(registry.vectorIndexes().of(DatasetName.of("y")))
                .extracting(VectorIndex::column)
                .containsExactly("score");
    }

    @Test
    void aColumnHasOneIndex() throws Exception {
        DatasetVersion version = deposit();
        try (VectorIndexDraft slower = registry.vectorIndexes().begin(X, "score")) {
            index(version);
            assertFails(
                    () -> slower.commit(List.of(), Set.of(version.files().get(0).path()), "ada"),
                    RegistryError.DUPLICATE_INDEX,
                    "42710",
                    "has one on this column already (score)");
        }
        assertFails(
                () -> registry.vectorIndexes().begin(X, "Score"),
                RegistryError.DUPLICATE_INDEX,
                "42710",
                "has one on this column already (Score)");
        assertFails(
                () -> registry.vectorIndexes().drop(X, "scor"),
                RegistryError.UNDEFINED_INDEX,
                "42704",
                "did you mean score? (scor)");
        assertFails(
                () -> registry.vectorIndexes().begin(DatasetName.of("xx"), "score"),
                RegistryError.UNDEFINED_DATASET,
                "42P01",
                "did you mean x?");
        assertThat(Files.list(folder.resolve("data"))).hasSize(2);
    }

    @Test
    void anIndexThatLacksFilesOfALaterVersionIsNotCommitted() throws Exception {
        DatasetVersion first = deposit();
        try (VectorIndexDraft draft = registry.vectorIndexes().begin(X, "score")) {
            Set<String> seen =
                    new java.util.HashSet<>(Set.of(first.files().get(0).path()));
            DatasetVersion second = deposit();
            assertFails(
                    () -> draft.commit(List.of(), seen, "ada"),
                    RegistryError.CONFLICT,
                    "40001",
                    "another version of the dataset was deposited meanwhile");
            assertThat(registry.vectorIndexes().of(X)).isEmpty();
            seen.add(second.files().get(0).path());
            draft.commit(List.of(), seen, "ada");
        }
        assertThat(registry.vectorIndexes().of(X)).hasSize(1);
    }

    @Test
    void aDepositThatDoesNotKnowOfAnIndexIsToldAndTriesAgain() throws Exception {
        DatasetVersion first = deposit();
        try (VersionDraft draft = registry.begin(DraftRequest.replace(X, Deposits.SCHEMA))) {
            DataFile data = file(draft.folder(), 0);
            draft.add(data);
            draft.index(registry.vectorIndexes().of(X), List.of());
            index(first);
            assertFails(
                    () -> draft.commit(Deposits.provenance("select 1")),
                    RegistryError.INDEX_ADDED,
                    "40001",
                    "a vector index of column score was made meanwhile");
            List<VectorIndex> known = registry.vectorIndexes().of(X);
            DataFile index = file(draft.folder(), 1);
            draft.index(known, List.of(new VectorIndexFile(known.get(0), data.path(), 1, index)));
            assertThat(draft.commit(Deposits.provenance("select 1")).vectorIndexes("score"))
                    .containsValue(index.path());
        }
    }

    @Test
    void filesForAnIndexThatWasDroppedMeanwhileAreCollected() throws Exception {
        DatasetVersion first = deposit();
        index(first);
        try (VersionDraft draft = registry.begin(DraftRequest.replace(X, Deposits.SCHEMA))) {
            DataFile data = file(draft.folder(), 0);
            draft.add(data);
            List<VectorIndex> known = registry.vectorIndexes().of(X);
            DataFile index = file(draft.folder(), 1);
            draft.index(known, List.of(new VectorIndexFile(known.get(0), data.path(), 1, index)));
            registry.remove(registry.vectorIndexes().drop(X, "score"));
            draft.commit(Deposits.provenance("select 1"));
            assertThat(registry.removals()).containsExactly(index.path());
            assertThat(collect()).extracting(Garbage::kind).containsExactly(Garbage.Kind.PURGED);
            assertThat(folder.resolve(index.path())).doesNotExist();
            assertThat(folder.resolve(data.path())).exists();
        }
    }

    @Test
    void anIndexGoesWithItsDataFileAndWithItsDataset() throws Exception {
        DatasetVersion version = deposit();
        String path = index(version);
        deposit();
        assertThat(collect()).isEmpty();
        registry.drop(X, Optional.of(new VersionSelector.Exact(version.version())), DropMode.PURGE);
        assertThat(registry.vectorIndexes().of(X))
                .as("the dataset is still there")
                .hasSize(1);
        assertThat(registry.removals())
                .containsExactlyInAnyOrder("data/" + version.uuid(), path.substring(0, path.lastIndexOf('/')));
        collect();
        assertThat(folder.resolve(path)).doesNotExist();

        registry.drop(X, Optional.empty(), DropMode.KEEP_FILES);
        assertThat(registry.vectorIndexes().of(X)).isEmpty();
        deposit();
        assertThat(registry.vectorIndexes().of(X)).as("it is another dataset").isEmpty();
    }

    @Test
    void theLastVersionTakesTheIndexWithIt() throws Exception {
        DatasetVersion version = deposit();
        String path = index(version);
        registry.remove(registry.drop(X, Optional.of(new VersionSelector.Exact(version.version())), DropMode.KEEP_FILES)
                .removals());
        assertThat(folder.resolve(path)).doesNotExist();
        assertThat(folder.resolve(version.files().get(0).path())).exists();
    }

    @Test
    void whatADeadProcessLeftOfAnIndexIsCollectedAndALivingOneKeepsItsFolder() throws Exception {
        deposit();
        try (VectorIndexDraft draft = registry.vectorIndexes().begin(X, "score")) {
            DataFile file = file(draft.folder(), 0);
            assertThat(collect()).isEmpty();
            sql("UPDATE drafts SET lease_until = 1");
            assertThat(collect()).extracting(Garbage::kind).containsExactly(Garbage.Kind.ORPHAN);
            assertThat(folder.resolve(file.path())).doesNotExist();
            assertFails(
                    () -> draft.commit(List.of(), allFiles(), "ada"),
                    RegistryError.DRAFT_GONE,
                    "55000",
                    "its lease had run out");
        }
        assertThat(registry.vectorIndexes().of(X)).isEmpty();
        index(registry.resolve(X, VersionSelector.LATEST));
        assertThat(collect()).isEmpty();
    }

    private Set<String> allFiles() {
        return Set.of(registry.resolve(X, VersionSelector.LATEST).files().get(0).path());
    }

    @Test
    void anIndexThatIsGivenUpLeavesNothing() throws Exception {
        deposit();
        String path;
        try (VectorIndexDraft draft = registry.vectorIndexes().begin(X, "score")) {
            path = draft.folder();
            file(path, 0);
        }
        assertThat(folder.resolve(path)).doesNotExist();
        assertThat(registry.unowned(List.of(path))).as("no lease is left").containsExactly(path);
    }

    @Test
    void verifyNamesAnIndexThatIsMissing() throws Exception {
        DatasetVersion version = deposit();
        String path = index(version);
        assertThat(problems()).isEmpty();
        Files.delete(folder.resolve(path));
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.kind()).isEqualTo(FileProblem.Kind.MISSING);
            assertThat(problem.reason()).startsWith("the vector index on column score: it is missing");
            assertThat(problem.owners()).containsExactly(version.ref());
        });
        registry.vectorIndexes().drop(X, "score");
        assertThat(problems()).isEmpty();
    }
}
