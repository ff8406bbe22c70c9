// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.SCHEMA;
import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewTest {
    private static final DatasetName RECENT = DatasetName.of("Recent");

    @TempDir
    private Path folder;

    private Registry registry;

    @BeforeEach
    void open() {
        registry = Registry.open(folder.resolve("warehouse"));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static View view(DatasetName name, String query, String comment) {
        return new View(
                name,
                comment,
                List.of("a\tb", "c"),
                query,
                "main",
                "public",
                "CREATE VIEW …",
                "ada",
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void viewIsThereAsItWasCreatedAlsoForOthers() {
        View view = view(RECENT, "SELECT 1", "new ones");
        registry.createView(view, false);
        try (Registry other = Registry.open(registry.root())) {
            assertThat(other.view(DatasetName.of("RECENT"))).contains(view);
            assertThat(other.views()).containsExactly(view);
        }
        assertThat(Deposits.rows(registry, "views")).hasSize(1);
        assertThat(registry.datasets()).isEmpty();
    }

    @Test
    void replacingKeepsTheCommentUnlessThereIsAnother() {
        registry.createView(view(RECENT, "SELECT 1", "first"), false);
        registry.createView(view(RECENT, "SELECT 2", null), true);
        assertThat(registry.view(RECENT).orElseThrow().comment()).isEqualTo("first");
        assertThat(registry.view(RECENT).orElseThrow().query()).isEqualTo("SELECT 2");
        registry.setViewComment(RECENT, null);
        assertThat(registry.view(RECENT).orElseThrow().comment()).isNull();
    }

    @Test
    void viewsAndDatasetsShareTheirNames() {
        DatasetName photos = DatasetName.of("photos");
        deposit(registry, "photos");
        registry.createView(view(RECENT, "SELECT 1", null), false);

        assertFails(
                () -> registry.createView(view(photos, "SELECT 1", null), true),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "dataset");
        assertFails(
                () -> registry.createView(view(RECENT, "SELECT 1", null), false),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "exists");
        assertFails(() -> deposit(registry, "recent"), RegistryError.DUPLICATE_DATASET, "42P07", "view");
        assertFails(() -> registry.rename(photos, RECENT), RegistryError.DUPLICATE_DATASET, "42P07", "view");
        assertFails(() -> registry.renameView(RECENT, photos), RegistryError.DUPLICATE_DATASET, "42P07", "dataset");
        assertFails(() -> registry.setComment(RECENT, "x"), RegistryError.WRONG_OBJECT, "42809", "view");
        assertFails(() -> registry.dropView(photos), RegistryError.WRONG_OBJECT, "42809", "dataset");
        assertFails(
                () -> registry.dropView(DatasetName.of("recents")),
                RegistryError.UNDEFINED_DATASET,
                "42P01",
                "did you mean Recent?");
        assertFails(
                () -> registry.createView(view(new DatasetName("main", "registry", "x"), "SELECT 1", null), false),
                RegistryError.RESERVED_NAME,
                "42939");
    }

    @Test
    void draftBegunBeforeTheViewWasCreatedCannotTakeItsName() {
        try (VersionDraft draft = registry.begin(DraftRequest.create(RECENT, SCHEMA))) {
            registry.createView(view(RECENT, "SELECT 1", null), false);
            assertFails(() -> draft.commit(Deposits.provenance("x")), RegistryError.DUPLICATE_DATASET, "42P07", "view");
        }
        assertThat(registry.dataset(RECENT)).isEmpty();
    }

    @Test
    void nameOfADroppedDatasetIsFree() {
        deposit(registry, "recent");
        registry.drop(RECENT, Optional.empty(), DropMode.KEEP_FILES);
        registry.createView(view(RECENT, "SELECT 1", null), false);
        registry.dropView(RECENT);
        assertThat(deposit(registry, "recent").version()).hasToString("1.0.1");
    }

    @Test
    void projectWithAViewIsNotEmpty() {
        registry.createProject("main", "lab");
        registry.renameView(created(), new DatasetName("main", "lab", "Older"));
        assertFails(() -> registry.dropProject("main", "lab"), RegistryError.NOT_EMPTY, "2BP01", "views (Older)");
        registry.dropView(new DatasetName("main", "lab", "older"));
        registry.dropProject("main", "lab");
    }

    private DatasetName created() {
        registry.createView(view(RECENT, "SELECT 1", null), false);
        return RECENT;
    }
}
