// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Any storage for which Hadoop has a FileSystem: s3a (also written s3), gs, abfs, hdfs and others, by absolute URIs. The
 * file systems are this object's own and closed with it.
 *
 * <p>On S3 a new file is created with the conditional-overwrite option (a PUT with If-None-Match), since the plain "do not
 * overwrite" is a question followed by a write and lets several callers win. What a file system calls created is durable
 * there, so {@link #sync} has nothing to do.
 */
public final class HadoopStorage implements Storage {
    private final Configuration configuration;
    private final Map<String, FileSystem> fileSystems = new ConcurrentHashMap<>();

    /** Storage with Hadoop properties of the caller's choice. */
    public HadoopStorage(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Storage with the properties that Hadoop finds on the class path ({@code core-site.xml}). */
    static HadoopStorage open() {
        return new HadoopStorage(new Configuration());
    }

    @Override
    public Output create(String location) {
        Location parsed = Location.parse(location);
        try {
            FSDataOutputStreamBuilder<?, ?> builder =
                    fileSystem(parsed).createFile(path(parsed)).recursive().overwrite(false);
            if (scheme(parsed).equals("s3a")) {
                builder.must(Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
            }
            return new HadoopOutput(location, fileSystem(parsed), path(parsed), builder.build());
        } catch (IOException e) {
            throw Failures.of("create", location, e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public Input open(String location) {
        Location parsed = Location.parse(location);
        try {
            FileSystem fileSystem = fileSystem(parsed);
            FileStatus status = fileSystem.getFileStatus(path(parsed));
            if (status.isDirectory()) {
                throw new DatasetDbException(
                        StoreError.BAD_LOCATION, "Cannot open " + location + ": it is a folder, not a file");
            }
            return new HadoopInput(location, status.getLen(), fileSystem.open(path(parsed)));
        } catch (IOException e) {
            throw Failures.of("open", location, e, StoreError.READ_FAILED);
        }
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        Location parsed = Location.parse(location);
        try {
            RemoteIterator<LocatedFileStatus> files = fileSystem(parsed).listFiles(path(parsed), true);
            while (files.hasNext()) {
                consumer.accept(entry(parsed, files.next()));
            }
        } catch (IOException e) {
            throw Failures.of("list", location, e, StoreError.READ_FAILED);
        }
    }

    @Override
    public void delete(String location) {
        Location parsed = Location.parse(location);
        try {
            fileSystem(parsed).delete(path(parsed), true);
        } catch (IOException e) {
            throw Failures.of("delete", location, e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public void sync(String location) {}

    @Override
    public void close() {
        for (Map.Entry<String, FileSystem> entry : fileSystems.entrySet()) {
            try {
                entry.getValue().close();
            } catch (IOException e) {
                throw Failures.of("close", entry.getKey(), e, StoreError.WRITE_FAILED);
            }
        }
        fileSystems.clear();
    }

    private static StorageEntry entry(Location listed, FileStatus status) {
        String path = status.getPath().toUri().getPath();
        String etag = status instanceof EtagSource source ? source.getEtag() : null;
        return new StorageEntry(
                listed.source(),
                path.startsWith("/") ? path.substring(1) : path,
                status.getLen(),
                "",
                etag != null
                        ? etag
                        : Long.toHexString(status.getModificationTime()) + "-" + Long.toHexString(status.getLen()),
                Instant.ofEpochMilli(status.getModificationTime()));
    }

    private static String scheme(Location location) {
        return location.scheme().equals("s3") ? "s3a" : location.scheme();
    }

    private static Path path(Location location) {
        try {
            return new Path(
                    scheme(location),
                    location.authority().isEmpty() ? null : location.authority(),
                    location.path().isEmpty() ? "/" : location.path());
        } catch (IllegalArgumentException e) {
            throw new DatasetDbException(
                    StoreError.BAD_LOCATION, "Cannot use " + location + ": not a location (" + e.getMessage() + ")", e);
        }
    }

    private FileSystem fileSystem(Location location) throws IOException {
        String root = scheme(location) + "://" + location.authority();
        FileSystem known = fileSystems.get(root);
        if (known != null) {
            return known;
        }
        synchronized (fileSystems) {
            FileSystem raced = fileSystems.get(root);
            if (raced != null) {
                return raced;
            }
            FileSystem opened = connect(location, root);
            fileSystems.put(root, opened);
            return opened;
        }
    }

    private FileSystem connect(Location location, String root) throws IOException {
        try {
            return FileSystem.newInstance(URI.create(root + "/"), configuration);
        } catch (IllegalArgumentException e) {
            throw new DatasetDbException(
                    StoreError.BAD_LOCATION, "Cannot use " + location + ": not a location (" + e.getMessage() + ")", e);
        } catch (UnsupportedFileSystemException e) {
            throw unsupported(location, e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw unsupported(location, e);
            }
            throw e;
        }
    }

    private static DatasetDbException unsupported(Location location, Exception cause) {
        return new DatasetDbException(
                StoreError.UNSUPPORTED_SCHEME,
                "Cannot use " + location + ": no file system of this scheme is on the class path (" + location.scheme()
                        + ")",
                cause);
    }
}
