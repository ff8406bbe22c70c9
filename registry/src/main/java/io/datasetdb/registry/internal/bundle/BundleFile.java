// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.internal.FileCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A bundle that is read. Only what its manifest names is looked at, and nothing in it decides where anything is written. */
public final class BundleFile implements AutoCloseable {
    private static final long MAX_MANIFEST = 1 << 30;

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    /** Takes bytes, of which only the first {@code length} count. */
    @FunctionalInterface
    public interface Sink {
        void write(byte[] bytes, int length);
    }

    private BundleFile(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        this.manifest = readManifest();
    }

    /** Opens a bundle and reads its manifest. */
    public static BundleFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw failure(path, Files.exists(path) ? "it is not a file" : "there is no such file", null);
        }
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw failure(path, "it is damaged, or no bundle of datasets", e);
        } catch (IOException e) {
            throw failure(path, FileCheck.reason(e), e);
        }
        boolean opened = false;
        try {
            BundleFile file = new BundleFile(path, zip);
            opened = true;
            return file;
        } catch (IOException e) {
            throw failure(path, "it is damaged, its manifest cannot be read", e);
        } finally {
            if (!opened) {
                closeQuietly(zip);
            }
        }
    }

    private Manifest readManifest() throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null || entry.getSize() > MAX_MANIFEST) {
            throw wrong("it is no bundle of datasets");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return ManifestJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw failure(path, String.valueOf(e.getMessage()), e);
        } catch (DatasetDbException e) {
            throw failure(path, "its manifest is wrong, " + e.getMessage(), e);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Reads a file of the bundle, at most one byte more than {@code size}. */
    public void read(String name, int buffer, long size, Sink sink) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(name, "it is missing");
        }
        byte[] bytes = new byte[buffer];
        try (InputStream in = zip.getInputStream(entry)) {
            long left = size + 1;
            for (int read = in.read(bytes); read >= 0 && left > 0; read = in.read(bytes)) {
                int taken = (int) Math.min(read, left);
                sink.write(bytes, taken);
                left -= taken;
            }
        } catch (IOException e) {
            throw damaged(name, FileCheck.reason(e));
        }
    }

    /** The exception for a file of the bundle. */
    public DatasetDbException damaged(String name, String reason) {
        return failure(path, "its file " + name + " is damaged, " + reason, null);
    }

    /** The exception for the bundle as a whole. */
    public DatasetDbException wrong(String reason) {
        return failure(path, reason, null);
    }

    private static DatasetDbException failure(Path path, String reason, @Nullable Throwable cause) {
        return new DatasetDbException(
                RegistryError.BAD_BUNDLE, "Cannot import bundle: " + reason + " (" + path + ")", cause);
    }

    private static void closeQuietly(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            System.getLogger(BundleFile.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
        }
    }

    @Override
    public void close() {
        closeQuietly(zip);
    }
}
