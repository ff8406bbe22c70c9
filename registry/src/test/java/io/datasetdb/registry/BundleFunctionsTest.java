// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.store.DatasetStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' functions in bundles, and what becomes of their jars. */
class BundleFunctionsTest {
    private static final byte[] JAR = "the bytes of a jar".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = FunctionJars.sha256(JAR);
    private static final FunctionDefinition OF_JAR = function("twice", "(BIGINT) BIGINT", "com.acme.F", SHA256, null);
    private static final FunctionDefinition OF_TEXT = function("half", "(n BIGINT) BIGINT", null, null, "return n/2;");

    @TempDir
    private Path folder;

    private Registry from;
    private Registry to;
    private DatasetStore fromStore;
    private DatasetStore toStore;
    private DatasetVersion version;

    private static FunctionDefinition function(
            String name,
            String signature,
            @Nullable String className,
            @Nullable String sha256,
            @Nullable String source) {
        return new FunctionDefinition(
                name,
                signature,
                FunctionDefinition.Kind.SCALAR,
                className,
                className == null ? null : "/tmp/f.jar",
                sha256,
                source,
                "ada",
                Deposits.STARTED);
    }

    @BeforeEach
    void open() throws IOException {
        from = Registry.open(folder.resolve("from"));
        to = Registry.open(folder.resolve("to"));
        fromStore = DatasetStore.open(folder.resolve("from").toString(), 0);
        toStore = DatasetStore.open(folder.resolve("to").toString(), 0);
        new FunctionJars(from.root()).keep(SHA256, JAR);
        from.createFunctions(List.of(OF_JAR), false);
        from.createFunctions(List.of(OF_TEXT), false);
        from.createFunctions(List.of(function("unused", "() BIGINT", null, null, "return 1;")), false);
        version = new StoredDeposits(from, fromStore)
                .deposit("x", 3, uses(new FunctionUse("twice", SHA256), new FunctionUse("half", OF_TEXT.hash())));
    }

    @AfterEach
    void close() {
        fromStore.close();
        toStore.close();
        from.close();
        to.close();
    }

    private static Provenance uses(FunctionUse... functions) {
        Provenance plain = Deposits.provenance("select twice(1)");
        return new Provenance(
                plain.statement(),
                plain.script(),
                plain.scriptName(),
                plain.author(),
                plain.client(),
                plain.startedAt(),
                plain.finishedAt(),
                plain.engineVersion(),
                plain.dependencies(),
                plain.params(),
                List.of(functions),
                plain.columnLineage(),
                plain.contentHash(),
                plain.jobId());
    }

    private Path export() {
        Path bundle = folder.resolve("x.zip");
        new BundleExport(from).write(List.of(version), false, bundle, Progress.NONE);
        return bundle;
    }

    private BundleImport.Result importFrom(Path bundle) {
        return new BundleImport(to, toStore, bundle).run(null, Progress.NONE);
    }

    private List<String> functions() {
        return to.functions().stream()
                .map(function -> function.name() + function.signature() + " " + function.hash())
                .toList();
    }

    private List<String> recorded() {
        return Deposits.rows(to, "function_uses").stream()
                .map(row -> row.get("function_name") + " " + row.get("function_hash"))
                .toList();
    }

    @Test
    void functionsThatTheVersionsCalledComeAlong() throws IOException {
        assertThat(importFrom(export()).keptFunctions()).isEmpty();
        assertThat(functions())
                .containsExactlyInAnyOrder("twice(BIGINT) BIGINT " + SHA256, "half(n BIGINT) BIGINT " + OF_TEXT.hash());
        assertThat(to.functions().get(0).author()).isEqualTo("ada");
        assertThat(new FunctionJars(to.root()).read(SHA256)).isEqualTo(JAR);
        assertThat(recorded()).containsExactlyInAnyOrder("twice " + SHA256, "half " + OF_TEXT.hash());
        assertThat(importFrom(folder.resolve("x.zip")).present()).isEqualTo(1);
        assertThat(functions()).hasSize(2);
    }

    @Test
    void anotherFunctionOfTheNameStaysAndBothUsesAreRight() {
        FunctionDefinition own = function("TWICE", "(VARCHAR) VARCHAR", null, null, "return s + s;");
        to.createFunctions(List.of(own), false);
        new StoredDeposits(to, toStore).deposit("mine", 1, uses(new FunctionUse("TWICE", own.hash())));

        assertThat(importFrom(export()).keptFunctions()).containsExactly("twice");

        assertThat(functions())
                .containsExactlyInAnyOrder(
                        "TWICE(VARCHAR) VARCHAR " + own.hash(), "half(n BIGINT) BIGINT " + OF_TEXT.hash());
        assertThat(recorded())
                .containsExactlyInAnyOrder("TWICE " + own.hash(), "twice " + SHA256, "half " + OF_TEXT.hash());
    }

    @Test
    void aFunctionThatWasReplacedSinceIsNoLongerThatOfTheVersion() {
        from.createFunctions(List.of(function("half", "(n BIGINT) BIGINT", null, null, "return 0;")), true);
        importFrom(export());
        assertThat(functions()).containsExactly("twice(BIGINT) BIGINT " + SHA256);
        assertThat(recorded()).contains("half " + OF_TEXT.hash());
    }

    /** The bundle with other bytes for its jar, or without it. */
    private Path damaged(Path bundle, byte @Nullable [] jar) throws IOException {
        Path damaged = folder.resolve("damaged.zip");
        try (ZipFile in = new ZipFile(bundle.toFile());
                OutputStream file = Files.newOutputStream(damaged);
                ZipOutputStream out = new ZipOutputStream(file)) {
            List<ZipEntry> entries = new ArrayList<>();
            in.entries().asIterator().forEachRemaining(entries::add);
            for (ZipEntry entry : entries) {
                boolean isJar = entry.getName().startsWith("functions/");
                if (!isJar || jar != null) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(
                            isJar && jar != null
                                    ? jar
                                    : in.getInputStream(entry).readAllBytes());
                    out.closeEntry();
                }
            }
        }
        return damaged;
    }

    @Test
    void aBundleWithADamagedJarIsRefused() throws IOException {
        Path bundle = export();
        assertThatThrownBy(() -> importFrom(damaged(bundle, new byte[] {1})))
                .hasMessageContaining("Cannot import bundle: its file functions/" + SHA256
                        + ".jar is damaged, its bytes are not those that were exported");
        assertThatThrownBy(() -> importFrom(damaged(bundle, null)))
                .hasMessageContaining("functions/" + SHA256 + ".jar is damaged, it is missing");
        assertThat(to.functions()).isEmpty();
        assertThat(to.datasets()).isEmpty();
        assertThat(importFrom(bundle).versions()).containsExactly("main.public.x@1.0.0");
    }

    @Test
    void aDamagedJarOfTheWarehouseIsReportedAndNotExported() throws IOException {
        List<FileProblem> problems = new ArrayList<>();
        Verification verification = new Verification(from, fromStore);
        assertThat(verification.run(false, problems::add, Progress.NONE).problems())
                .isZero();
        Path jar = from.root().resolve("functions/" + SHA256 + ".jar");
        Files.write(jar, new byte[] {1, 2});
        assertThat(verification.run(false, problems::add, Progress.NONE).problems())
                .isEqualTo(1);
        assertThat(problems)
                .containsExactly(new FileProblem(
                        "functions/" + SHA256 + ".jar",
                        FileProblem.Kind.CHECKSUM,
                        "the jar of function twice is damaged",
                        List.of(version.ref())));
        assertThatThrownBy(this::export)
                .hasMessage("Cannot export function twice: its jar is damaged (functions/" + SHA256 + ".jar)");
        assertThat(folder.resolve("x.zip")).doesNotExist();
        Files.delete(jar);
        problems.clear();
        assertThat(verification.run(true, problems::add, Progress.NONE).problems())
                .isEqualTo(1);
        assertThat(problems.get(0).kind()).isEqualTo(FileProblem.Kind.MISSING);
        new FunctionJars(from.root()).keep(SHA256, JAR);
        assertThat(verification.run(false, problems::add, Progress.NONE).problems())
                .isZero();
    }
}
