// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.SCHEMA;
import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Deposits.provenance;
import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final DatasetName PHOTOS = DatasetName.of("Photos");

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

    private DatasetVersion latest(DatasetName name) {
        return registry.resolve(name, VersionSelector.LATEST);
    }

    private DatasetVersion replace(SemanticVersion.Bump bump) {
        return deposit(registry, DraftRequest.replace(PHOTOS, SCHEMA).withBump(bump), 3, provenance("x"));
    }

    private String resolve(String selector) {
        return registry.resolve(PHOTOS, VersionSelector.parse(selector))
                .version()
                .toString();
    }

    /** Somebody sets the clock back by a day after the first deposit. */
    @Test
    void laterVersionsAreLaterWhateverTheClockSays() {
        DatasetVersion first = deposit(registry, "x");
        long day = TimeUnit.DAYS.toMicros(1);
        registry.database()
                .write("set back", sql -> sql.update("UPDATE versions SET created_at = created_at + ?", day));
        DatasetVersion second = deposit(registry, "x");
        DatasetVersion third = deposit(registry, "x");
        DatasetName x = DatasetName.of("x");
        assertThat(second.createdAt()).isAfter(first.createdAt().plus(Duration.ofDays(1)));
        assertThat(third.createdAt()).isAfter(second.createdAt());
        assertThat(registry.resolve(x, VersionSelector.LATEST)).isEqualTo(third);
        assertThat(registry.resolve(x, new VersionSelector.AsOf(second.createdAt())))
                .isEqualTo(second);
        registry.drop(x, Optional.empty(), DropMode.KEEP_FILES);
        assertThat(deposit(registry, "x").createdAt()).isAfter(third.createdAt());
    }

    @Test
    void depositIsThereForOthersAndAfterReopening() {
        DatasetVersion deposited =
                deposit(registry, DraftRequest.create(PHOTOS, SCHEMA), 5, provenance("CREATE DATASET …"));
        try (Registry other = Registry.open(registry.root())) {
            DatasetVersion found = other.resolve(DatasetName.of("PHOTOS"), VersionSelector.LATEST);

            assertThat(found).isEqualTo(deposited).hasToString("main.public.Photos@1.0.0");
            assertThat(found.schema()).isEqualTo(SCHEMA);
            assertThat(found.files()).isEqualTo(deposited.files()).hasSize(1);
            assertThat(found.rowCount()).isEqualTo(5);
            assertThat(found.byteSize()).isEqualTo(50);
            assertThat(found.author()).isEqualTo("ada");
            assertThat(found.statement()).contains("CREATE DATASET …");
            assertThat(found.duration()).hasMillis(1500);
        }
    }

    @Test
    void numbersRiseFromTheHighestEverUsed() {
        assertThat(replace(SemanticVersion.Bump.MAJOR).version()).hasToString("1.0.0");
        assertThat(replace(SemanticVersion.Bump.PATCH).version()).hasToString("1.0.1");
        assertThat(replace(SemanticVersion.Bump.MINOR).version()).hasToString("1.1.0");
        assertThat(replace(SemanticVersion.Bump.MAJOR).version()).hasToString("2.0.0");

        registry.drop(PHOTOS, Optional.of(VersionSelector.parse("2.0.0")), DropMode.KEEP_FILES);

        assertThat(latest(PHOTOS).version()).hasToString("1.1.0");
        assertThat(replace(SemanticVersion.Bump.PATCH).version()).hasToString("2.0.1");
    }

    @Test
    void explicitNumberMustBeAboveTheHighestEverUsed() {
        DraftRequest request = DraftRequest.replace(PHOTOS, SCHEMA);
        deposit(registry, request.withVersion(SemanticVersion.parse("1.4.2")), 1, provenance(null));

        assertThat(replace(SemanticVersion.Bump.PATCH).version()).hasToString("1.4.3");
        for (String low : List.of("1.4.3", "1.4.2", "1.0.0", "0.0.0")) {
            assertFails(
                    () -> registry.begin(request.withVersion(SemanticVersion.parse(low))),
                    RegistryError.VERSION_TOO_LOW,
                    "22023",
                    low,
                    "(1.4.3)");
        }
        DraftRequest zero =
                DraftRequest.create(DatasetName.of("zero"), SCHEMA).withVersion(SemanticVersion.parse("0.0.0"));
        assertThat(deposit(registry, zero, 1, provenance(null)).version()).hasToString("0.0.0");
        assertThat(deposit(registry, "zero").version()).hasToString("0.0.1");
    }

    @Test
    void createRefusesWhatExists() {
        deposit(registry, "photos");

        assertFails(
                () -> registry.begin(DraftRequest.create(PHOTOS, SCHEMA)),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "Photos");
    }

    @Test
    void createThatLosesARaceFailsAndChangesNothing() {
        try (VersionDraft slow = registry.begin(DraftRequest.create(PHOTOS, SCHEMA))) {
            DatasetVersion quick = deposit(registry, "photos");
            slow.add(Deposits.file(slow, 0, 1, 9));

            assertFails(() -> slow.commit(provenance(null)), RegistryError.DUPLICATE_DATASET, "42P07", "photos");
            assertThat(registry.versions(PHOTOS)).containsExactly(quick);
        }
    }

    @Test
    void createIfAbsentThatLosesARaceAnswersWhatIsThere() {
        try (VersionDraft slow = registry.begin(DraftRequest.createIfAbsent(PHOTOS, SCHEMA))) {
            DatasetVersion quick = deposit(registry, "photos");
            slow.add(Deposits.file(slow, 0, 1, 9));

            assertThat(slow.commit(provenance(null))).isEqualTo(quick);
        }
        assertThat(registry.versions(PHOTOS)).hasSize(1);
    }

    @Test
    void createIfAbsentIgnoresItsNumberWhereSomethingIs() {
        DatasetVersion there = deposit(registry, "x");
        DraftRequest request =
                DraftRequest.createIfAbsent(DatasetName.of("x"), SCHEMA).withVersion(SemanticVersion.FIRST);

        assertThat(deposit(registry, request, 1, provenance(null))).isEqualTo(there);

        registry.drop(DatasetName.of("x"), Optional.empty(), DropMode.KEEP_FILES);
        assertFails(
                () -> deposit(registry, request, 1, provenance(null)), RegistryError.VERSION_TOO_LOW, "22023", "1.0.0");
    }

    @Test
    void numbersStayUsedWhateverBecomesOfTheirVersions() {
        DatasetName x = DatasetName.of("x");
        DatasetName y = DatasetName.of("y");
        deposit(registry, "x");
        deposit(registry, "x");
        registry.drop(x, Optional.empty(), DropMode.PURGE);
        assertThat(deposit(registry, "X").version()).hasToString("1.0.2");
        registry.rename(x, y);
        assertThat(deposit(registry, "y").version()).hasToString("1.0.3");
        registry.drop(y, Optional.of(VersionSelector.LATEST), DropMode.PURGE);
        assertThat(registry.resolve(y, VersionSelector.LATEST).version()).hasToString("1.0.2");
        registry.rename(y, x);
        assertThat(deposit(registry, "x").version()).hasToString("1.0.4");
        registry.drop(x, Optional.empty(), DropMode.PURGE);
        assertThat(deposit(
                                registry,
                                DraftRequest.create(x, SCHEMA).withBump(SemanticVersion.Bump.MINOR),
                                1,
                                provenance(null))
                        .version())
                .hasToString("1.1.0");
        assertThat(registry.versions(x))
                .extracting(version -> version.version().patch())
                .containsExactly(0, 4, 3, 2, 1, 0);
    }

    @Test
    void numbersEndWhereTheirPartsEnd() {
        DatasetName x = DatasetName.of("x");
        DraftRequest last = DraftRequest.create(x, SCHEMA).withVersion(new SemanticVersion(1, 999_999, 999_999));
        deposit(registry, last, 1, provenance(null));

        assertFails(() -> deposit(registry, "x"), RegistryError.INVALID_VERSION, "22023", "999999");
        assertThat(registry.versions(x)).hasSize(1);
        assertThat(deposit(
                                registry,
                                DraftRequest.replace(x, SCHEMA).withBump(SemanticVersion.Bump.MAJOR),
                                1,
                                provenance(null))
                        .version())
                .hasToString("2.0.0");
    }

    @Test
    void selectorsSeeCompleteVersionsOnly() {
        for (String version : List.of("1.0.0", "1.2.0", "1.2.1", "2.0.0")) {
            deposit(
                    registry,
                    DraftRequest.replace(PHOTOS, SCHEMA).withVersion(SemanticVersion.parse(version)),
                    1,
                    provenance(null));
        }
        registry.drop(PHOTOS, Optional.of(VersionSelector.parse("1.2.1")), DropMode.KEEP_FILES);

        assertThat(resolve("1")).isEqualTo("1.2.0");
        assertThat(resolve(">=1.0,<2.0")).isEqualTo("1.2.0");
        assertThat(resolve("1.0.0")).isEqualTo("1.0.0");
        assertThat(latest(PHOTOS).version()).hasToString("2.0.0");
        assertFails(
                () -> resolve("1.2.1"), RegistryError.VERSION_DROPPED, "42P01", "main.public.Photos@1.2.1", "dropped");
        assertFails(
                () -> resolve("3"),
                RegistryError.UNDEFINED_VERSION,
                "42P01",
                "versions 2.0.0, 1.2.0, 1.0.0",
                "dropped 1.2.1");
        assertFails(() -> resolve("1.1.0"), RegistryError.UNDEFINED_VERSION, "42P01", "1.1.0");
        assertThat(registry.find(PHOTOS, VersionSelector.parse("1.2.1"))).isEmpty();
        assertThat(registry.find(DatasetName.of("nope"), VersionSelector.LATEST))
                .isEmpty();
    }

    @Test
    void asOfMeansWhatWasLatestThen() {
        DatasetVersion first = replace(SemanticVersion.Bump.PATCH);
        DatasetVersion second = replace(SemanticVersion.Bump.PATCH);
        Instant between = second.createdAt().minusNanos(1000);

        assertThat(second.createdAt()).isAfter(first.createdAt());
        assertThat(registry.resolve(PHOTOS, new VersionSelector.AsOf(between))).isEqualTo(first);
        assertThat(registry.resolve(PHOTOS, new VersionSelector.AsOf(second.createdAt())))
                .isEqualTo(second);
        assertFails(
                () -> registry.resolve(
                        PHOTOS, new VersionSelector.AsOf(first.createdAt().minusSeconds(1))),
                RegistryError.UNDEFINED_VERSION,
                "42P01",
                "as of");

        registry.drop(PHOTOS, Optional.of(VersionSelector.parse("1.0.0")), DropMode.KEEP_FILES);

        assertFails(
                () -> registry.resolve(PHOTOS, new VersionSelector.AsOf(between)),
                RegistryError.VERSION_DROPPED,
                "42P01",
                "@1.0.0");
    }

    @Test
    void unknownNamesSuggestTheNearest() {
        deposit(registry, "photos");

        assertFails(
                () -> latest(DatasetName.of("fotos")),
                RegistryError.UNDEFINED_DATASET,
                "42P01",
                "photos?",
                "main.public.fotos");
        assertFails(
                () -> latest(new DatasetName("main", "publik", "photos")),
                RegistryError.UNDEFINED_PROJECT,
                "3F000",
                "public?");
        assertFails(
                () -> latest(new DatasetName("mian", "public", "photos")),
                RegistryError.UNDEFINED_NAMESPACE,
                "3F000",
                "main?");
        assertFails(
                () -> registry.begin(DraftRequest.create(new DatasetName("main", "vision", "x"), SCHEMA)),
                RegistryError.UNDEFINED_PROJECT,
                "3F000",
                "CREATE PROJECT");
    }

    @Test
    void droppingAllVersionsHidesTheNameButKeepsTheNumbers() {
        DatasetVersion old = deposit(registry, "photos");
        replace(SemanticVersion.Bump.PATCH);
        registry.setComment(PHOTOS, "old comment");
        registry.setColumnComment(PHOTOS, "ID", "old key");

        DropResult result = registry.drop(PHOTOS, Optional.empty(), DropMode.KEEP_FILES);

        assertThat(result.versions()).extracting(SemanticVersion::toString).containsExactly("1.0.1", "1.0.0");
        assertThat(result.removals()).isEmpty();
        assertThat(registry.dataset(PHOTOS)).isEmpty();
        assertThat(registry.datasets()).isEmpty();
        assertFails(() -> latest(PHOTOS), RegistryError.UNDEFINED_DATASET, "42P01", "it was dropped on ");
        assertThat(registry.versions(PHOTOS)).extracting(DatasetVersion::state).containsOnly(VersionState.DROPPED);
        assertThat(registry.versions(PHOTOS).get(1).provenance().statement()).isEqualTo("select 1");
        assertThat(old.files()).hasSize(1);
        assertFails(
                () -> registry.drop(PHOTOS, Optional.empty(), DropMode.KEEP_FILES),
                RegistryError.UNDEFINED_DATASET,
                "42P01");

        DatasetVersion again = deposit(
                registry,
                DraftRequest.create(DatasetName.of("PHOTOS"), SCHEMA).withComment("new comment"),
                1,
                provenance(null));

        assertThat(again).hasToString("main.public.PHOTOS@1.0.2");
        assertThat(registry.dataset(PHOTOS).orElseThrow().comment()).isEqualTo("new comment");
        assertThat(registry.dataset(PHOTOS).orElseThrow().columnComments()).isEmpty();
    }

    @Test
    void renameTakesVersionsAndLineageAlong() {
        DatasetVersion parent = deposit(registry, "photos");
        DatasetVersion child = Deposits.derive(registry, "thumbs", parent);
        registry.createProject("main", "Vision");
        DatasetName renamed = new DatasetName("main", "vision", "Pictures");

        registry.rename(PHOTOS, renamed);

        assertThat(latest(renamed)).isEqualTo(parent).hasToString("main.Vision.Pictures@1.0.0");
        assertThat(registry.find(PHOTOS, VersionSelector.LATEST)).isEmpty();
        assertThat(registry.lineage(child, Direction.UP, 9))
                .extracting(row -> String.valueOf(row.node()))
                .containsExactly("main.Vision.Pictures@1.0.0");
        assertThat(deposit(registry, "photos").version()).hasToString("1.0.0");
    }

    @Test
    void renameRefusesNamesThatAreTaken() {
        deposit(registry, "photos");
        deposit(registry, "thumbs");
        registry.rename(PHOTOS, DatasetName.of("PHOTOS"));

        assertThat(latest(PHOTOS)).hasToString("main.public.PHOTOS@1.0.0");
        assertFails(
                () -> registry.rename(PHOTOS, DatasetName.of("Thumbs")),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "Thumbs");
        registry.drop(DatasetName.of("thumbs"), Optional.empty(), DropMode.PURGE);
        assertFails(
                () -> registry.rename(PHOTOS, DatasetName.of("thumbs")),
                RegistryError.DUPLICATE_DATASET,
                "42P07",
                "dropped versions");
        assertFails(
                () -> registry.rename(DatasetName.of("nope"), PHOTOS),
                RegistryError.UNDEFINED_DATASET,
                "42P01",
                "nope");
    }

    @Test
    void metadataBelongsToAllVersions() {
        deposit(
                registry,
                DraftRequest.create(PHOTOS, SCHEMA).withComment("mine").withLabels(Map.of("stage", "raw")),
                1,
                provenance(null));
        registry.setColumnComment(PHOTOS, "SCORE", "from 0 to 1");
        replace(SemanticVersion.Bump.PATCH);

        Dataset dataset = registry.dataset(DatasetName.of("photos")).orElseThrow();
        assertThat(dataset.comment()).isEqualTo("mine");
        assertThat(dataset.labels()).containsExactly(Map.entry("stage", "raw"));
        assertThat(dataset.columnComments()).containsExactly(Map.entry("score", "from 0 to 1"));
        assertThat(dataset.latestVersion()).hasToString("1.0.1");

        registry.setComment(PHOTOS, null);
        registry.setLabels(PHOTOS, Map.of("a\tb", "line\nfeed \\ back"));
        Instant before = registry.dataset(PHOTOS).orElseThrow().updatedAt();
        registry.setColumnComment(PHOTOS, "score", null);

        dataset = registry.datasets().get(0);
        assertThat(dataset.updatedAt()).isAfter(before);
        assertThat(dataset.comment()).isNull();
        assertThat(dataset.labels()).containsExactly(Map.entry("a\tb", "line\nfeed \\ back"));
        assertThat(dataset.columnComments()).isEmpty();
        assertFails(
                () -> registry.setColumnComment(PHOTOS, "scoer", "x"),
                RegistryError.UNDEFINED_COLUMN,
                "42703",
                "score?");
        assertFails(() -> registry.setComment(DatasetName.of("nope"), "x"), RegistryError.UNDEFINED_DATASET, "42P01");
    }

    @Test
    void namespacesAndProjectsComeAndGoWhileEmpty() {
        registry.createNamespace("Acme");
        registry.createProject("acme", "Cars");
        deposit(registry, DraftRequest.create(new DatasetName("ACME", "cars", "x"), SCHEMA), 1, provenance(null));

        assertThat(registry.namespaces()).containsExactly("Acme", "main", "system");
        assertThat(registry.projects())
                .containsExactly(
                        new Project("Acme", "Cars"), new Project("main", "public"), new Project("system", "listing"));
        assertFails(() -> registry.dropNamespace("acme"), RegistryError.NOT_EMPTY, "2BP01", "(Cars)");
        assertFails(() -> registry.dropProject("acme", "cars"), RegistryError.NOT_EMPTY, "2BP01", "(x)");

        registry.drop(new DatasetName("acme", "cars", "x"), Optional.empty(), DropMode.KEEP_FILES);
        registry.dropProject("acme", "cars");
        registry.dropNamespace("acme");

        assertThat(registry.namespaces()).containsExactly("main", "system");
        assertFails(() -> registry.dropNamespace("acme"), RegistryError.UNDEFINED_NAMESPACE, "3F000");
        registry.createNamespace("acme");
        registry.createProject("acme", "cars");
        DatasetVersion again = deposit(
                registry, DraftRequest.create(new DatasetName("acme", "cars", "x"), SCHEMA), 1, provenance(null));
        assertThat(again.version()).as("numbers outlive the project").hasToString("1.0.1");
    }

    @Test
    void reservedNamesAreRefused() {
        assertFails(() -> registry.createNamespace("SYSTEM"), RegistryError.RESERVED_NAME, "42939", "SYSTEM");
        assertFails(
                () -> registry.createProject("main", "Registry"),
                RegistryError.RESERVED_NAME,
                "42939",
                "main.Registry");
        assertFails(() -> registry.createProject("system", "x"), RegistryError.RESERVED_NAME, "42939");
        assertFails(() -> registry.dropProject("main", "public"), RegistryError.RESERVED_NAME, "42939");
        assertFails(() -> registry.dropNamespace("main"), RegistryError.RESERVED_NAME, "42939");
        assertFails(() -> registry.createNamespace("a.b"), RegistryError.INVALID_NAME, "42602", "(a.b)");
        assertFails(() -> registry.createProject("main", ""), RegistryError.INVALID_NAME, "42602");
        assertFails(() -> registry.createNamespace("Main"), RegistryError.DUPLICATE_NAMESPACE, "42P06", "Main");
        assertFails(() -> registry.createProject("main", "Public"), RegistryError.DUPLICATE_PROJECT, "42P06");
        assertFails(
                () -> registry.begin(DraftRequest.create(new DatasetName("system", "listing", "x"), SCHEMA)),
                RegistryError.RESERVED_NAME,
                "42939",
                "system.listing.x");
    }

    @Test
    void schemasComeBackAsTheyWere() {
        Schema schema = Schema.of(
                Field.required("we \"ird, name", DataType.decimal(38, 4)),
                Field.of("emb", DataType.array(DataType.array(DataType.REAL))),
                Field.of("m", DataType.map(DataType.VARCHAR, DataType.row(Field.required("a b", DataType.TIME)))),
                Field.of("t", DataType.TIMESTAMP_LTZ),
                Field.of("e", DataType.row()));
        deposit(registry, DraftRequest.create(PHOTOS, schema), 1, provenance(null));
        try (Registry other = Registry.open(registry.root())) {
            assertThat(other.resolve(PHOTOS, VersionSelector.LATEST).schema()).isEqualTo(schema);
        }
    }

    @Test
    void provenanceComesBackAsItWas() {
        DatasetVersion parent = deposit(registry, "parent");
        DatasetVersion listing =
                deposit(registry, DraftRequest.listing("file:///data/**", "f1", SCHEMA), 2, provenance(null));
        Job job = registry.startJob(new JobRequest("s", "ada", "shell"));
        Provenance provenance = new Provenance(
                "create …",
                "-- script\ncreate …",
                "/home/ada/x.sql",
                "ada",
                "shell",
                Deposits.STARTED,
                Deposits.STARTED.plusSeconds(2),
                "0.1.0",
                List.of(
                        new Dependency.OnDataset(parent.ref()),
                        new Dependency.OnStorage("file:///data/**", listing.ref()),
                        new Dependency.OnStorage("s3://b/", null),
                        new Dependency.OnExternal("jdbc:x")),
                List.of(new Param("rate", "0.1", Param.Origin.SET), new Param("n", null, Param.Origin.BOUND)),
                List.of(new FunctionUse("embed", "abc")),
                List.of(
                        new ColumnLineage("id", parent.ref(), "id", ColumnLineage.Derivation.IDENTITY),
                        new ColumnLineage("score", null, "path", ColumnLineage.Derivation.AGGREGATED)),
                "hash",
                job.id());

        deposit(registry, DraftRequest.create(PHOTOS, SCHEMA), 1, provenance);

        assertThat(latest(PHOTOS).provenance()).isEqualTo(provenance);
        assertThat(Deposits.rows(registry, "jobs"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("state", "COMPLETE").containsEntry("rows_done", 1L));
    }

    @Test
    void closedRegistrySaysSo() {
        registry.close();

        assertFails(() -> registry.namespaces(), RegistryError.CLOSED, "08003");
        registry.recordQuery(new QueryRecord(
                "q", "ada", Instant.EPOCH, Duration.ZERO, 0, List.of(), QueryRecord.State.COMPLETE, null));
        registry.close();
    }
}
