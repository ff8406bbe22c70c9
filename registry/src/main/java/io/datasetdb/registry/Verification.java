// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.FileCheck;
import io.datasetdb.registry.internal.VerificationSql;
import io.datasetdb.registry.internal.VersionRow;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.vector.Schema;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks whether every file of every version that can be read is there and is what was deposited: its size, and unless that
 * has to do, the checksum of all its bytes, its columns and its rows; whether the jars of users' functions are; and whether
 * the registry is sound itself. Changes nothing and works on a read-only warehouse, also
 * while others deposit and drop.
 */
public final class Verification {
    private static final String REGISTRY = "registry.db";

    private final Registry registry;
    private final FileCheck check;

    /** What was looked at; {@code bytes} are those that the registry says. */
    public record Result(long versions, long files, long bytes, long problems) {}

    public Verification(Registry registry, DatasetStore store) {
        this.registry = registry;
        this.check = new FileCheck(store);
    }

    /**
     * Looks at every file once, however many versions share it.
     *
     * @param quick whether sizes have to do
     * @param found hears of each problem when it is found
     * @param progress bytes that were looked at
     */
    public Result run(boolean quick, Consumer<FileProblem> found, Progress progress) {
        List<String> damages = quick ? List.of() : registry.database().damages();
        damages.forEach(damage -> found.accept(
                new FileProblem(REGISTRY, FileProblem.Kind.REGISTRY, "its database is damaged: " + damage, List.of())));
        VerificationSql.Contents contents = registry.database().read("list files", VerificationSql::contents);
        long problems = damages.size();
        for (VersionRow version : contents.incomplete()) {
            found.accept(new FileProblem(
                    version.ref().toString(),
                    FileProblem.Kind.REGISTRY,
                    "the registry does not list all files of the version",
                    List.of(version.ref())));
            problems++;
        }
        problems += jars(quick, found);
        problems += indexes(contents.indexes(), quick, found);
        long total = contents.files().stream().mapToLong(DataFile::byteSize).sum();
        long done = 0;
        for (DataFile file : contents.files()) {
            long before = done;
            Optional<FileProblem> problem = look(file, quick, bytes -> progress.at(before + bytes, total));
            if (problem.isPresent()) {
                found.accept(problem.get());
                problems++;
            }
            done += file.byteSize();
            progress.at(done, total);
        }
        return new Result(contents.versions(), contents.files().size(), total, problems);
    }

    /** The jars of functions that users created; answers how many are not what they were. */
    private long jars(boolean quick, Consumer<FileProblem> found) {
        FunctionJars jars = new FunctionJars(registry.root());
        Map<String, String> names = new LinkedHashMap<>();
        for (FunctionDefinition function : registry.functions()) {
            String sha256 = function.jarSha256();
            if (sha256 != null) {
                names.merge(sha256, function.name(), (one, other) -> one.contains(other) ? one : one + ", " + other);
            }
        }
        long problems = 0;
        for (Map.Entry<String, String> jar : names.entrySet()) {
            String path = jars.path(jar.getKey());
            boolean missing = !Files.exists(registry.root().resolve(path));
            Optional<String> problem = quick && !missing ? Optional.empty() : jars.problem(jar.getKey());
            if (problem.isPresent()) {
                found.accept(new FileProblem(
                        path,
                        missing ? FileProblem.Kind.MISSING : FileProblem.Kind.CHECKSUM,
                        "the jar of function " + jar.getValue() + " " + problem.get(),
                        registry.database().read("find callers", sql -> VerificationSql.callers(sql, jar.getKey()))));
                problems++;
            }
        }
        return problems;
    }

    /** Vector indexes; answers how many are not what they were. */
    private long indexes(List<VectorIndexFile> indexes, boolean quick, Consumer<FileProblem> found) {
        long problems = 0;
        for (VectorIndexFile index : indexes) {
            DataFile file = index.file();
            Optional<FileCheck.Finding> finding =
                    file == null ? Optional.empty() : check.bytes(file, quick, bytes -> {});
            List<VersionRef> owners = finding.isEmpty() ? List.of() : owners(index.dataPath());
            boolean isDropped = finding.isPresent()
                    && !registry.vectorIndexes().indexed(index.index()).contains(index.dataPath());
            if (file != null && finding.isPresent() && !owners.isEmpty() && !isDropped) {
                found.accept(new FileProblem(
                        file.path(),
                        finding.get().kind(),
                        "the vector index on column " + index.index().column() + ": "
                                + finding.get().reason()
                                + "; searches read all rows until DROP and CREATE VECTOR INDEX make it anew",
                        owners));
                problems++;
            }
        }
        return problems;
    }

    private Optional<FileProblem> look(DataFile file, boolean quick, FileCheck.Bytes progress) {
        Optional<FileCheck.Finding> finding = check.bytes(file, quick, progress);
        if (finding.isEmpty() && !quick) {
            finding = schemas(file.path()).stream()
                    .flatMap(schema -> check.contents(file, schema).stream())
                    .findFirst();
        }
        if (finding.isEmpty()) {
            return Optional.empty();
        }
        // What was dropped and purged meanwhile is no loss.
        List<VersionRef> owners = owners(file.path());
        return owners.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileProblem(
                        file.path(), finding.get().kind(), finding.get().reason(), owners));
    }

    private List<Schema> schemas(String path) {
        var schemas = new ArrayList<Schema>();
        registry.database()
                .read("find owners of " + path, sql -> VerificationSql.schemas(sql, path))
                .forEach(schema -> {
                    if (!schemas.contains(schema)) {
                        schemas.add(schema);
                    }
                });
        return schemas;
    }

    private List<VersionRef> owners(String path) {
        return registry.owners(path).stream()
                .filter(version -> version.state() == VersionState.COMPLETE)
                .map(DatasetVersion::ref)
                .toList();
    }
}
