// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that meet a warehouse which has seen parts of them, or has changed since; and manifests that somebody changed. */
class BundleRepeatsTest {
    private static final DatasetName X = DatasetName.of("x");

    @TempDir
    private Path folder;

    private Registry from;
    private Registry to;
    private DatasetStore fromStore;
    private DatasetStore toStore;
    private StoredDeposits deposits;
    private int bundles;

    @BeforeEach
    void open() {
        from = Registry.open(folder.resolve("from"));
        to = Registry.open(folder.resolve("to"));
        fromStore = DatasetStore.open(folder.resolve("from").toString(), 0);
        toStore = DatasetStore.open(folder.resolve("to").toString(), 0);
        deposits = new StoredDeposits(from, fromStore);
    }

    @AfterEach
    void close() {
        fromStore.close();
        toStore.close();
        from.close();
        to.close();
    }

    private Path export(boolean withLineage, DatasetVersion... versions) {
        Path bundle = folder.resolve("b" + bundles++ + ".zip");
        new BundleExport(from).write(List.of(versions), withLineage, bundle, Progress.NONE);
        return bundle;
    }

    private BundleImport.Result importFrom(Path bundle) {
        return new BundleImport(to, toStore, bundle).run(null, Progress.NONE);
    }

    private long problems() {
        return new Verification(to, toStore)
                .run(false, problem -> {}, Progress.NONE)
                .problems();
    }

    private DatasetVersion derive(String name, DatasetVersion parent) {
        Provenance plain = Deposits.provenance("select * from …");
        return deposits.deposit(
                name,
                3,
                new Provenance(
                        plain.statement(),
                        plain.script(),
                        plain.scriptName(),
                        plain.author(),
                        plain.client(),
                        plain.startedAt(),
                        plain.finishedAt(),
                        plain.engineVersion(),
                        List.of(new Dependency.OnDataset(parent.ref()), new Dependency.OnExternal("jdbc:x")),
                        List.of(),
                        List.of(),
                        List.of(new ColumnLineage("id", parent.ref(), "id", ColumnLineage.Derivation.IDENTITY)),
                        null,
                        null,
                        new Recipe(
                                "main",
                                "public",
                                "ada",
                                List.of(new Recipe.Input("main.public.g", parent.ref(), null, null, List.of())))));
    }

    private List<String> above(DatasetName name) {
        return to.lineage(name, VersionSelector.LATEST, Direction.UP, 9).stream()
                .map(row -> row.depth() + " " + row.node())
                .toList();
    }

    @Test
    void whatALaterBundleKnowsOfAncestorsIsAdded() {
        DatasetVersion g = deposits.deposit("g");
        DatasetVersion p = derive("p", g);
        DatasetVersion c = derive("c", p);
        Path ofChild = export(false, c);
        importFrom(ofChild);
        assertThat(above(c.name())).doesNotContain("2 main.public.g@1.0.0");

        assertThat(importFrom(export(false, p)).versions()).containsExactly("main.public.p@1.0.0");

        assertThat(above(c.name())).contains("2 main.public.g@1.0.0");
        assertThat(to.resolve(p.name(), VersionSelector.LATEST).provenance()).isEqualTo(p.provenance());
        assertThat(importFrom(ofChild).present()).isEqualTo(1);
        assertThat(to.resolve(p.name(), VersionSelector.LATEST).provenance()).isEqualTo(p.provenance());
    }

    @Test
    void whatALaterBundleKnowsOfTombstonesIsAddedThoughAllOfThemAreHere() {
        DatasetVersion g = deposits.deposit("g");
        DatasetVersion c = derive("c", derive("p", g));
        importFrom(export(false, c));
        importFrom(export(false, g));
        assertThat(above(c.name())).doesNotContain("2 main.public.g@1.0.0");

        BundleImport.Result result = importFrom(export(true, c));

        assertThat(result).isEqualTo(new BundleImport.Result(List.of(), 1, 0, 0, List.of()));
        assertThat(above(c.name())).contains("2 main.public.g@1.0.0");
        assertThat(problems()).isZero();
    }

    @Test
    void filesOfTheSameBytesStayAsManyAsTheyAre() {
        DatasetVersion one = deposits.deposit("x");
        DatasetVersion two = deposits.deposit("x", one);
        assertThat(two.files().stream().map(DataFile::checksum).distinct()).hasSize(1);
        Path bundle = export(false, two);
        importFrom(bundle);
        to.drop(X, Optional.empty(), DropMode.KEEP_FILES);

        assertThat(importFrom(bundle).files()).as("all are still here").isZero();

        DatasetVersion here = to.resolve(X, VersionSelector.LATEST);
        assertThat(here.files().stream().map(DataFile::path).distinct()).hasSize(2);
        assertThat(new StoredDeposits(to, toStore).deposit("x", here).files()).hasSize(3);
        assertThat(problems()).isZero();
    }

    @Test
    void everybodyReadsTheFilesOfTheLastImport() {
        Path bundle = export(false, deposits.deposit("x"));
        importFrom(bundle);
        try (Registry other = Registry.open(folder.resolve("to"))) {
            DatasetVersion before = other.resolve(X, VersionSelector.LATEST);
            assertThat(here(before)).isTrue();
            assertThat(here(to.resolve(X, VersionSelector.LATEST))).isTrue();
            to.remove(to.drop(X, Optional.empty(), DropMode.PURGE).removals());
            importFrom(bundle);
            DatasetVersion after = other.resolve(X, VersionSelector.LATEST);
            assertThat(here(after)).isTrue();
            assertThat(here(to.resolve(X, VersionSelector.LATEST))).isTrue();
            assertThat(after.isStill(before)).isFalse();
            assertThat(other.resolve(X, VersionSelector.LATEST).isStill(after)).isTrue();
            assertThat(after.droppedAt()).isEmpty();
            assertThat(Deposits.rows(other, "versions").get(0)).containsEntry("dropped_at", null);
            assertThat(other.find(X, new VersionSelector.AsOf(Instant.now()))).contains(after);
        }
    }

    private boolean here(DatasetVersion version) {
        return version.files().stream()
                .allMatch(file -> Files.exists(folder.resolve("to").resolve(file.path())));
    }

    @Test
    void aDroppedProjectComesBackWithItsDatasets() {
        from.createNamespace("lab");
        from.createProject("lab", "raw");
        DatasetVersion version = deposits.deposit("lab.raw.x");
        Path bundle = export(false, version);
        importFrom(bundle);
        to.drop(version.name(), Optional.empty(), DropMode.PURGE);
        to.dropProject("lab", "raw");
        to.dropNamespace("lab");

        assertThat(importFrom(bundle).versions()).containsExactly("lab.raw.x@1.0.0");

        assertThat(to.resolve(version.name(), VersionSelector.LATEST)).isEqualTo(version);
        assertThat(to.projects()).contains(new Project("lab", "raw"));
    }

    @Test
    void aViewThatHasTakenTheNameStandsInTheWay() {
        Path bundle = export(false, deposits.deposit("x"));
        importFrom(bundle);
        to.drop(X, Optional.empty(), DropMode.PURGE);
        to.createView(
                new View(X, null, List.of(), "select 1", "main", "public", "create …", "ada", Deposits.STARTED), false);
        assertFails(
                () -> importFrom(bundle),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "Cannot import dataset main.public.x: there is a view of this name");
        assertThat(to.find(X, VersionSelector.LATEST)).isEmpty();
    }

    @Test
    void aVersionThatWasPurgedMeanwhileIsExportedAsATombstone() {
        DatasetVersion version = deposits.deposit("x");
        from.remove(from.drop(X, Optional.empty(), DropMode.PURGE).removals());
        Path bundle = folder.resolve("stale.zip");
        BundleExport.Result result = new BundleExport(from).write(List.of(version), false, bundle, Progress.NONE);
        assertThat(result).isEqualTo(new BundleExport.Result(0, 1, 0, 0));
        assertThat(importFrom(bundle).versions()).isEmpty();
        assertThat(to.find(X, VersionSelector.LATEST)).isEmpty();
    }

    @Test
    void aManifestThatSomebodyChangedIsRefusedInWords() throws IOException {
        DatasetVersion p = deposits.deposit("p");
        DatasetVersion x = derive("x", p);
        Path bundle = export(false, x);
        assertRefused(bundle, "\"dataset\":0", "\"dataset\":7", "lacks the dataset of version " + x.uuid());
        assertRefused(bundle, "\"dataset\":0", "\"dataset\":-1", "lacks the dataset of version " + x.uuid());
        assertRefused(bundle, "\"uuid\":\"" + x.uuid(), "\"uuid\":\"x", "has a wrong uuid, x");
        assertRefused(bundle, x.uuid().toString(), p.uuid().toString(), "has version " + p.uuid() + " twice");
        assertRefused(bundle, "\"parent_version_id\":\"", "\"parent_version_id\":\"x", "has a wrong uuid, x");
        assertRefused(bundle, "\"history\":[\"" + x.uuid(), "\"history\":[\"", "has a wrong uuid");
        assertRefused(bundle, "\"author\":", "\"writer\":", "lacks a value (versions.author)");
        assertRefused(bundle, "\"derivation\":", "\"d\":", "lacks a value (column_lineage.derivation)");
        assertThat(importFrom(bundle).versions()).containsExactly("main.public.x@1.0.0");
    }

    private void assertRefused(Path bundle, String text, String replacement, String reason) throws IOException {
        Path changed = folder.resolve("changed.zip");
        try (ZipFile in = new ZipFile(bundle.toFile());
                OutputStream file = Files.newOutputStream(changed);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : List.copyOf(in.stream().toList())) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("manifest.json")) {
                    String manifest = new String(bytes, StandardCharsets.UTF_8);
                    assertThat(manifest).contains(text);
                    bytes = manifest.replace(text, replacement).getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(bytes);
                out.closeEntry();
            }
        }
        assertFails(
                () -> importFrom(changed),
                RegistryError.BAD_BUNDLE,
                "22000",
                "Cannot import bundle: its manifest " + reason);
        assertThat(to.datasets()).isEmpty();
    }
}
