// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.internal.DataFolders;
import io.datasetdb.registry.internal.DraftSql;
import io.datasetdb.registry.internal.FileCheck;
import io.datasetdb.registry.internal.Leases;
import io.datasetdb.registry.internal.Warehouse;
import io.datasetdb.registry.internal.bundle.BundleFile;
import io.datasetdb.registry.internal.bundle.BundleFunctions;
import io.datasetdb.registry.internal.bundle.ImportPlan;
import io.datasetdb.registry.internal.bundle.ImportedFiles;
import io.datasetdb.registry.internal.bundle.Manifest;
import io.datasetdb.registry.internal.bundle.ManifestWriter;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle that {@link BundleExport} wrote. Versions keep number, uuid, author, times and everything else that is known
 * of them; what is here already stays as it is, so that importing twice is importing once. All of it becomes visible in one
 * transaction: an import that fails or is cut off leaves nothing but a folder that {@link GarbageCollection} removes.
 */
public final class BundleImport {
    private static final int BUFFER = 1 << 20;

    private final Registry registry;
    private final DatasetStore store;
    private final Path bundle;

    /**
     * What was imported.
     *
     * @param versions that can be read now and could not before, as they are called here
     * @param present how many could be read before
     * @param files how many were copied
     * @param keptFunctions names of functions of which the bundle has others than this warehouse, whose own stay
     */
    public record Result(List<String> versions, long present, long files, long bytes, List<String> keptFunctions) {
        public Result {
            versions = List.copyOf(versions);
            keptFunctions = List.copyOf(keptFunctions);
        }
    }

    public BundleImport(Registry registry, DatasetStore store, Path bundle) {
        this.registry = registry;
        this.store = store;
        this.bundle = bundle;
    }

    /** Fails, as {@link #run} would, where there is no bundle or one that cannot be read. */
    public static void check(Path bundle) {
        BundleFile.open(bundle).close();
    }

    /**
     * Imports everything that is not here yet.
     *
     * @param newName what the dataset is to be called here, if the bundle was made for just one; {@code null}: as there
     * @param progress bytes that were copied
     */
    public Result run(@Nullable DatasetName newName, Progress progress) {
        try (BundleFile file = BundleFile.open(bundle)) {
            Manifest manifest = file.manifest();
            if (newName != null
                    && manifest.datasets().stream()
                                    .filter(Manifest.Dataset::asked)
                                    .count()
                            != 1) {
                throw file.wrong("it holds several datasets, of which one cannot be renamed");
            }
            ImportPlan plan = registry.database().read("import bundle", sql -> ImportPlan.of(sql, manifest, newName));
            if (plan.isDone()) {
                return new Result(List.of(), readable(manifest), 0, 0, List.of());
            }
            return run(file, plan, newName, progress);
        }
    }

    private static long readable(Manifest manifest) {
        return manifest.versions().stream().filter(Manifest.Version::readable).count();
    }

    private Result run(BundleFile file, ImportPlan first, @Nullable DatasetName newName, Progress progress) {
        Manifest manifest = file.manifest();
        UUID draft = registry.uuids().next();
        String process = String.valueOf(ProcessHandle.current().pid());
        registry.database().write("import bundle", sql -> {
            DraftSql.insert(sql, draft, first.names().get(0), process, Leases.end());
            return true;
        });
        registry.leases().addDraft(draft.toString());
        String folder = Warehouse.DATA + "/" + draft;
        boolean done = false;
        try {
            ImportedFiles here =
                    registry.database().read("import bundle", sql -> ImportedFiles.of(sql, manifest, first));
            Map<String, DataFile> copied = copy(file, here.missing(), folder, progress);
            new BundleFunctions(manifest).keepJars(file, new FunctionJars(registry.root()));
            List<String> keptFunctions = new ArrayList<>();
            Map<String, DataFile> files = new LinkedHashMap<>(here.present());
            files.putAll(copied);
            ImportPlan plan = registry.database().write("import bundle", sql -> {
                if (!DraftSql.delete(sql, draft)) {
                    throw new DatasetDbException(
                            RegistryError.DRAFT_GONE, "Cannot import bundle: its lease had run out (" + bundle + ")");
                }
                ImportPlan now = ImportPlan.of(sql, manifest, newName);
                keptFunctions.clear();
                keptFunctions.addAll(new ManifestWriter(sql, manifest, now, files, folder).write());
                return now;
            });
            done = true;
            List<String> versions = plan.readable(manifest);
            return new Result(
                    versions,
                    readable(manifest) - versions.size(),
                    copied.size(),
                    copied.values().stream().mapToLong(DataFile::byteSize).sum(),
                    keptFunctions);
        } finally {
            registry.leases().removeDraft(draft.toString());
            if (!done) {
                giveUp(draft, folder);
            }
        }
    }

    private Map<String, DataFile> copy(
            BundleFile file, Map<DataFile, io.datasetdb.vector.Schema> missing, String folder, Progress progress) {
        long total = missing.keySet().stream().mapToLong(DataFile::byteSize).sum();
        FileCheck check = new FileCheck(store);
        Map<String, DataFile> copied = new LinkedHashMap<>();
        long done = 0;
        for (Map.Entry<DataFile, io.datasetdb.vector.Schema> entry : missing.entrySet()) {
            DataFile source = entry.getKey();
            String path = String.format(Locale.ROOT, "%s/part-%05d.parquet", folder, copied.size());
            DataFile target = new DataFile(path, source.rowCount(), source.byteSize(), source.checksum(), List.of());
            copy(file, source, path);
            check.contents(target, entry.getValue()).ifPresent(finding -> {
                throw file.damaged(source.path(), finding.reason());
            });
            copied.put(source.path(), target);
            done += source.byteSize();
            progress.at(done, total);
        }
        if (!copied.isEmpty()) {
            store.storage().sync(folder);
        }
        return copied;
    }

    private void copy(BundleFile file, DataFile source, String path) {
        MessageDigest digest = FileCheck.sha256();
        try (Storage.Output out = store.storage().create(path)) {
            file.read(source.path(), BUFFER, source.byteSize(), (bytes, length) -> {
                digest.update(bytes, 0, length);
                out.write(ByteBuffer.wrap(bytes, 0, length));
            });
            if (out.position() != source.byteSize()
                    || !HexFormat.of().formatHex(digest.digest()).equals(source.checksum())) {
                throw file.damaged(source.path(), "its bytes are not those that were exported");
            }
            out.commit();
        }
    }

    private void giveUp(UUID draft, String folder) {
        try {
            new DataFolders(registry.root()).delete(folder);
            registry.database().write("give up import", sql -> DraftSql.delete(sql, draft));
        } catch (DatasetDbException e) {
            // Its lease runs out by itself.
            System.getLogger(BundleImport.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }
}
