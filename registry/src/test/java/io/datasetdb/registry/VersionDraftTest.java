// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.SCHEMA;
import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Deposits.file;
import static io.datasetdb.registry.Deposits.provenance;
import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDraftTest {
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

    private VersionDraft begin() {
        return registry.begin(DraftRequest.replace(X, SCHEMA));
    }

    private Path write(VersionDraft draft) throws IOException {
        Path file = folder.resolve(draft.folder()).resolve("part-0.parquet");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "rows");
    }

    @Test
    void closeWithoutCommitLeavesNothing() throws IOException {
        Path file;
        String own;
        try (VersionDraft draft = begin()) {
            file = write(draft);
            own = draft.folder();
            draft.add(file(draft, 0, 1, 5));

            assertThat(registry.unowned(List.of(own)))
                    .as("a living draft owns its folder")
                    .isEmpty();
        }

        assertThat(file).doesNotExist();
        assertThat(registry.find(X, VersionSelector.LATEST)).isEmpty();
        assertThat(registry.unowned(List.of(own))).containsExactly(own);
    }

    @Test
    void committedDraftKeepsItsFolder() throws IOException {
        Path file;
        try (VersionDraft draft = begin()) {
            file = write(draft);
            draft.add(file(draft, 0, 1, 5));
            DatasetVersion version = draft.commit(provenance(null));

            assertThat(version.uuid()).isEqualTo(draft.uuid());
            assertThat(version.uuid().version()).isEqualTo(7);
            assertThat(registry.unowned(List.of(draft.folder()))).isEmpty();
            assertFails(() -> draft.commit(provenance(null)), RegistryError.DRAFT_GONE, "55000", "committed");
        }

        assertThat(file).exists();
    }

    @Test
    void commitThatFailsMayBeTriedAgain() {
        try (VersionDraft draft = begin()) {
            draft.add(file(draft, 0, 1, 5));
            VersionRef unknown = new VersionRef(X, SemanticVersion.FIRST, new UUID(1, 2));
            Provenance bad = provenance(null).withDependencies(List.of(new Dependency.OnDataset(unknown)));

            assertFails(() -> draft.commit(bad), RegistryError.UNDEFINED_VERSION, "42P01", "main.public.x@1.0.0");
            assertThat(registry.versions(X)).isEmpty();
            assertThat(Deposits.rows(registry, "files")).isEmpty();
            assertThat(draft.commit(provenance(null)).version()).isEqualTo(SemanticVersion.FIRST);
        }
    }

    @Test
    void filesMustBeTheDraftsOwnAndDistinct() {
        try (VersionDraft draft = begin()) {
            DataFile foreign = new DataFile("data/other/part-0.parquet", 1, 1, "", List.of());
            assertFails(() -> draft.add(foreign), RegistryError.BAD_FILE, "55000", foreign.path());
            draft.share(foreign);
            assertFails(() -> draft.commit(provenance(null)), RegistryError.CONFLICT, "40001");
            draft.share(foreign);
            assertFails(() -> draft.commit(provenance(null)), RegistryError.BAD_FILE, "55000", foreign.path());
        }
    }

    @Test
    void sharedFilesComeFirstAndStatisticsCoverAll() {
        DatasetVersion first = deposit(registry, "x");
        try (VersionDraft draft = begin()) {
            draft.shareFiles(first);
            draft.add(file(draft, 0, 100, 104));
            DatasetVersion second = draft.commit(provenance(null));

            assertThat(second.files()).hasSize(2);
            assertThat(second.files().get(0)).isEqualTo(first.files().get(0));
            assertThat(second.rowCount()).isEqualTo(15);
            assertThat(second.statistics())
                    .containsExactly(
                            new ColumnStatistics(ColumnPath.of("id"), 0, 1L, 104L, 15),
                            new ColumnStatistics(ColumnPath.of("file", "path"), 2, "a\tb", "z\\", 7),
                            new ColumnStatistics(ColumnPath.of("score"), 15, null, null, 0));
            assertThat(registry.owners(first.files().get(0).path())).containsExactly(first, second);
        }
    }

    @Test
    void draftWithTheSameRowsDescribesTheLatestVersionWhollyOrNotAtAll() {
        DatasetVersion first = deposit(registry, "x");
        DraftRequest said = DraftRequest.replace(X, SCHEMA).withComment("new").withLabels(Map.of("team", "a"));
        try (VersionDraft draft = registry.begin(said)) {
            draft.record("n", 1);
            draft.buildOn(first);
            DatasetVersion second = deposit(registry, "x");
            assertFails(() -> draft.describeBase(provenance(null)), RegistryError.CONFLICT, "40001", "meanwhile");
            assertThat(registry.dataset(X).orElseThrow().comment()).isNull();
            assertThat(Deposits.rows(registry, "metrics")).isEmpty();

            draft.buildOn(second);
            draft.describeBase(provenance(null));
            assertThat(registry.dataset(X).orElseThrow().comment()).isEqualTo("new");
            assertThat(registry.dataset(X).orElseThrow().labels()).isEqualTo(Map.of("team", "a"));
            assertThat(Deposits.rows(registry, "metrics")).hasSize(1);
        }
        assertThat(registry.versions(X)).hasSize(2);
    }

    @Test
    void appendThatLosesARaceIsRebasedOnTheWinner() {
        DatasetVersion first = deposit(registry, "x");
        try (VersionDraft slow = begin();
                VersionDraft quick = begin()) {
            slow.shareFiles(first);
            slow.add(file(slow, 0, 100, 100));
            quick.shareFiles(first);
            quick.add(file(quick, 0, 200, 200));
            DatasetVersion second = quick.commit(provenance(null));

            assertFails(() -> slow.commit(provenance(null)), RegistryError.CONFLICT, "40001", "meanwhile");
            slow.rebase(registry.resolve(X, VersionSelector.LATEST));
            DatasetVersion third = slow.commit(provenance(null));

            assertThat(third.files()).hasSize(3).startsWith(second.files().toArray(DataFile[]::new));
            assertThat(third.rowCount()).isEqualTo(12);
        }
    }

    @Test
    void purgeGivesUpOnlyWhatNobodyShares() {
        DatasetVersion first = deposit(registry, "x");
        DatasetVersion second;
        try (VersionDraft draft = begin()) {
            draft.shareFiles(first);
            draft.add(file(draft, 0, 100, 104));
            draft.add(file(draft, 1, 105, 106));
            second = draft.commit(provenance(null));
        }
        DatasetVersion third;
        try (VersionDraft draft = begin()) {
            draft.share(second.files().get(1));
            third = draft.commit(provenance(null));
        }

        DropResult ofFirst = registry.drop(X, Optional.of(new VersionSelector.Exact(first.version())), DropMode.PURGE);
        assertThat(ofFirst.removals()).as("the second version shares it").isEmpty();

        registry.drop(X, Optional.of(new VersionSelector.Exact(second.version())), DropMode.KEEP_FILES);
        assertThat(registry.removals()).isEmpty();
        List<String> removals = registry.drop(
                        X, Optional.of(new VersionSelector.Exact(second.version())), DropMode.PURGE)
                .removals();

        String folderOfFirst = "data/" + first.uuid();
        assertThat(removals)
                .as("a whole folder, and one of the two files of a folder")
                .containsExactly(folderOfFirst, "data/" + second.uuid() + "/part-1.parquet");
        assertThat(registry.removals()).containsExactlyInAnyOrderElementsOf(removals);
        assertThat(third.files()).hasSize(1);
        registry.remove(List.of(folderOfFirst));
        assertThat(registry.removals()).hasSize(1);
    }

    @Test
    void purgedVersionsSayWhyTheyCannotBeRead() {
        DatasetVersion version = deposit(registry, "x");
        registry.drop(X, Optional.empty(), DropMode.PURGE);
        try (Registry other = Registry.open(folder)) {
            DatasetVersion tombstone = other.versions(X).get(0);

            assertThat(tombstone).isEqualTo(version);
            assertThat(tombstone.schema()).isEqualTo(SCHEMA);
            assertThat(tombstone.droppedAt()).isPresent();
            assertFails(tombstone::files, RegistryError.VERSION_DROPPED, "42P01", "purged", "x@1.0.0");
        }
    }

    @Test
    void sharingFilesThatArePurgedMeanwhileFails() {
        DatasetVersion first = deposit(registry, "x");
        try (VersionDraft draft = registry.begin(DraftRequest.create(DatasetName.of("y"), SCHEMA))) {
            draft.share(first.files().get(0));
            registry.drop(X, Optional.empty(), DropMode.PURGE);

            assertFails(() -> draft.commit(provenance(null)), RegistryError.CONFLICT, "40001", "purged");
        }
        assertThat(registry.find(DatasetName.of("y"), VersionSelector.LATEST)).isEmpty();
    }

    @Test
    void versionWithoutFilesIsAVersion() {
        try (VersionDraft draft = begin()) {
            DatasetVersion version = draft.commit(provenance(null));

            assertThat(version.files()).isEmpty();
            assertThat(version.rowCount()).isZero();
            assertThat(registry.drop(X, Optional.empty(), DropMode.PURGE).removals())
                    .isEmpty();
        }
    }

    @Test
    void listingsLiveInTheSystemNamespaceUnderTheirLocation() {
        String location = "file:///Data/photos/**";
        assertThat(registry.listing(location)).isEmpty();
        DatasetVersion version = deposit(registry, DraftRequest.listing(location, "f1", SCHEMA), 3, provenance(null));
        ListingState state = registry.listing(location).orElseThrow();

        assertThat(state.version()).isEqualTo(version);
        assertThat(state.fingerprint()).isEqualTo("f1");

        registry.confirmListing(location, "f0");
        registry.listingTimes().flushQuietly();
        assertThat(registry.listing(location).orElseThrow().listedAt())
                .as("other files")
                .isEqualTo(state.listedAt());
        registry.confirmListing(location, "f1");
        registry.listingTimes().flushQuietly();
        assertThat(registry.listing(location).orElseThrow().listedAt()).isAfter(state.listedAt());
        DatasetVersion next = deposit(registry, DraftRequest.listing(location, "f2", SCHEMA), 4, provenance(null));
        assertThat(next.version()).hasToString("2.0.0");
        assertThat(registry.listing(location).orElseThrow().fingerprint()).isEqualTo("f2");
        assertThat(registry.listing("file:///data/photos/**"))
                .as("locations have case")
                .isEmpty();
    }

    @Test
    void filesThatAreListedTwiceAtOnceAreOneVersion() {
        DraftRequest request = DraftRequest.listing("file:///a/**", "one", SCHEMA);
        try (VersionDraft first = registry.begin(request);
                VersionDraft second = registry.begin(request)) {
            DatasetVersion version = first.commit(provenance(null));
            assertThat(second.commit(provenance(null))).isEqualTo(version);
            assertThat(registry.versions(version.name())).hasSize(1);
        }
        try (VersionDraft changed = registry.begin(DraftRequest.listing("file:///a/**", "two", SCHEMA))) {
            assertThat(changed.commit(provenance(null)).version()).hasToString("2.0.0");
        }
    }
}
