// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.internal.FileCheck;
import io.datasetdb.registry.internal.bundle.BundleFunctions;
import io.datasetdb.registry.internal.bundle.Manifest;
import io.datasetdb.registry.internal.bundle.ManifestJson;
import io.datasetdb.registry.internal.bundle.ManifestReader;
import io.datasetdb.store.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes versions with everything that is known of them into one file, a bundle, which {@link BundleImport} reads into another
 * warehouse. A bundle is a zip file with a manifest in JSON, the Parquet files as they are, and the jars of functions that the versions
 * called. The versions from which those were
 * made are part of it as tombstones, without their files.
 */
public final class BundleExport {
    private static final int BUFFER = 1 << 20;

    private final Registry registry;

    /** What was written. */
    public record Result(long versions, long ancestors, long files, long bytes) {}

    public BundleExport(Registry registry) {
        this.registry = registry;
    }

    /**
     * Writes a bundle; the file appears when it is complete.
     *
     * @param versions what goes into it: those that can be read with their files, others as tombstones
     * @param withLineage whether all ancestors go with them, not only what they were made from directly
     * @param to a file that does not exist
     * @param progress bytes that were written
     */
    public Result write(Collection<DatasetVersion> versions, boolean withLineage, Path to, Progress progress) {
        if (Files.exists(to)) {
            throw failed(RegistryError.FILE_FAILED, "there is a file of this name already", to, null);
        }
        Set<Long> asked = versions.stream()
                .map(version -> version.row().id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> folders =
                registry.database().read("export datasets", sql -> new ManifestReader(sql).folders(asked));
        // Before it is asked which of the versions can be read: from then on the files of these stay.
        registry.readLocks().share(folders);
        try {
            Manifest manifest = registry.database()
                    .read(
                            "export datasets",
                            sql -> new ManifestReader(sql)
                                    .read(registry.database().format(), asked, withLineage));
            Map<String, DataFile> files = new LinkedHashMap<>();
            manifest.versions().forEach(version -> version.files().forEach(file -> files.put(file.path(), file)));
            write(manifest, files.values(), to, progress);
            return result(manifest, files.values());
        } finally {
            registry.readLocks().release(folders);
        }
    }

    private static Result result(Manifest manifest, Collection<DataFile> files) {
        long readable =
                manifest.versions().stream().filter(Manifest.Version::readable).count();
        return new Result(
                readable,
                manifest.versions().size() - readable,
                files.size(),
                files.stream().mapToLong(DataFile::byteSize).sum());
    }

    private void write(Manifest manifest, Collection<DataFile> files, Path to, Progress progress) {
        // Hidden, because a process that is killed leaves it.
        Path part = to.resolveSibling(
                "." + to.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
                zip.write(ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
                new BundleFunctions(manifest).export(new FunctionJars(registry.root()), zip);
                // Parquet is compressed already.
                zip.setLevel(Deflater.NO_COMPRESSION);
                long total = files.stream().mapToLong(DataFile::byteSize).sum();
                long done = 0;
                for (DataFile file : files) {
                    copy(file, zip, done, total, progress);
                    done += file.byteSize();
                }
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(FileCheck.code(e), FileCheck.reason(e), to, e);
        } finally {
            deleteQuietly(part);
        }
    }

    private void copy(DataFile file, ZipOutputStream zip, long before, long total, Progress progress)
            throws IOException {
        MessageDigest digest = FileCheck.sha256();
        zip.putNextEntry(new ZipEntry(file.path()));
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        try (InputStream in = Files.newInputStream(registry.root().resolve(file.path()))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                zip.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                done += read;
                progress.at(before + done, total);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw damaged(file, "it is missing");
        }
        zip.closeEntry();
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.checksum())) {
            throw damaged(file, "its bytes are not those that were deposited");
        }
    }

    private DatasetDbException damaged(DataFile file, String reason) {
        String owners = registry.owners(file.path()).stream()
                .map(DatasetVersion::toString)
                .collect(Collectors.joining(", "));
        return new DatasetDbException(
                RegistryError.DAMAGED, "Cannot export file of " + owners + ": " + reason + " (" + file.path() + ")");
    }

    private static DatasetDbException failed(
            RegistryError code, String reason, Path to, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DatasetDbException(code, "Cannot write bundle: " + reason + " (" + to + ")", cause);
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.getLogger(BundleExport.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
        }
    }
}
