// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/**
 * Any storage for which Hadoop has a FileSystem: s3a (also written s3), gs, abfs, hdfs and others, by absolute URIs. The
 * file systems are this object's own and closed with it.
 *
 * <p>On S3 a new file is created with the conditional-overwrite option (a PUT with If-None-Match), since the plain "do not
 * overwrite" is a question followed by a write and lets several callers win. What a file system calls created is durable
 * there, so {@link #sync} has nothing to do.
 */
public final class HadoopStorage implements Storage {
    private static final int PAGE = 1000;

    private final Configuration configuration;
    private final Map<String, FileSystem> fileSystems = new ConcurrentHashMap<>();
    private final RemoteCalls calls = new RemoteCalls();

    /** Storage with Hadoop properties of the caller's choice. */
    public HadoopStorage(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Storage with the properties of this process, see {@link HadoopSettings}. */
    static HadoopStorage open() {
        return new HadoopStorage(HadoopSettings.of(System.getenv(), System.getProperties()));
    }

    @Override
    public Output create(String location) {
        Location parsed = Location.parse(location);
        try {
            FSDataOutputStreamBuilder<?, ?> builder =
                    fileSystem(parsed).createFile(path(parsed)).recursive().overwrite(false);
            if (scheme(parsed).equals("s3a")) {
                // The condition is only checked when the file is complete, which may be hours after it was begun.
                if (fileSystem(parsed).exists(path(parsed))) {
                    throw new FileAlreadyExistsException(location);
                }
                builder.must(Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
            }
            return new HadoopOutput(location, fileSystem(parsed), path(parsed), builder.build());
        } catch (IOException e) {
            throw Failures.of("create", location, e, StoreError.WRITE_FAILED);
        }
    }

    /** An object store shows a file when it is complete; elsewhere it gets its name then. */
    @Override
    public Output publish(String location, boolean replace) {
        Location parsed = Location.parse(location);
        boolean shownWhenComplete =
                scheme(parsed).equals("s3a") || scheme(parsed).equals("gs");
        if (shownWhenComplete && !replace) {
            return create(location);
        }
        try {
            FileSystem fileSystem = fileSystem(parsed);
            Path path = path(parsed);
            if (!replace && fileSystem.exists(path)) {
                throw new FileAlreadyExistsException(location);
            }
            Path written = shownWhenComplete
                    ? path
                    : new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".tmp");
            FSDataOutputStream stream = fileSystem
                    .createFile(written)
                    .recursive()
                    .overwrite(shownWhenComplete)
                    .build();
            HadoopOutput output = new HadoopOutput(location, fileSystem, written, stream);
            return shownWhenComplete ? output : output.named(path, replace);
        } catch (IOException e) {
            throw Failures.of("create", location, e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public Input open(String location) {
        Location parsed = Location.parse(location);
        try {
            FileSystem fileSystem = fileSystem(parsed);
            FileStatus status = calls.call(() -> fileSystem.getFileStatus(path(parsed)));
            if (status.isDirectory()) {
                throw new DatasetDbException(
                        StoreError.BAD_LOCATION, "Cannot open " + location + ": it is a folder, not a file");
            }
            return new HadoopInput(
                    location, status.getLen(), status.getModificationTime(), stream(fileSystem, status), calls);
        } catch (IOException e) {
            throw Failures.of("open", location, e, StoreError.READ_FAILED);
        }
    }

    /** Knowing the status spares a request; knowing that columns are read here and there, bytes that nobody wants. */
    private static FSDataInputStream stream(FileSystem fileSystem, FileStatus status) throws IOException {
        Path path = status.getPath();
        String policy = path.getName().endsWith(".parquet")
                ? Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_PARQUET + ", "
                        + Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM
                : Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_ADAPTIVE;
        return FutureIO.awaitFuture(fileSystem
                .openFile(path)
                .opt(Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, policy)
                .withFileStatus(status)
                .build());
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        Location parsed = Location.parse(location);
        try {
            FileSystem fileSystem = fileSystem(parsed);
            RemoteIterator<LocatedFileStatus> files = calls.call(() -> fileSystem.listFiles(path(parsed), true));
            List<StorageEntry> page;
            do {
                page = calls.call(() -> page(parsed, files));
                page.forEach(consumer);
            } while (!page.isEmpty());
        } catch (IOException e) {
            throw Failures.of("list", location, e, StoreError.READ_FAILED);
        }
    }

    private static List<StorageEntry> page(Location listed, RemoteIterator<LocatedFileStatus> files)
            throws IOException {
        List<StorageEntry> result = new ArrayList<>();
        while (result.size() < PAGE && files.hasNext()) {
            result.add(entry(listed, files.next()));
        }
        return result;
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
        calls.close();
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
        String etag = status instanceof EtagSource source ? unquoted(source.getEtag()) : null;
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

    /** HTTP puts entity tags in quotes, which are no part of them. */
    private static @Nullable String unquoted(@Nullable String etag) {
        return etag != null && etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
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
        refuseWeb(location);
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

    /** Hadoop has file systems that can neither list nor tell a size, and that would let a query call any web server. */
    private static void refuseWeb(Location location) {
        switch (location.scheme()) {
            case "http", "https", "ftp", "har" ->
                throw new DatasetDbException(
                        StoreError.UNSUPPORTED_SCHEME,
                        "Cannot use " + location + ": it is not a storage of files (" + location.scheme() + ")");
            default -> {}
        }
    }

    private static DatasetDbException unsupported(Location location, Exception cause) {
        String jar = switch (location.scheme()) {
            case "s3", "s3a" -> "; add org.apache.hadoop:hadoop-aws and the S3 client that it needs";
            case "gs" -> "; add com.google.cloud.bigdataoss:gcs-connector";
            case "abfs", "abfss" -> "; add org.apache.hadoop:hadoop-azure";
            case "oss" -> "; add org.apache.hadoop:hadoop-aliyun";
            default -> "";
        };
        return new DatasetDbException(
                StoreError.UNSUPPORTED_SCHEME,
                "Cannot use " + location + ": no file system of this scheme is on the class path" + jar + " ("
                        + location.scheme() + ")",
                cause);
    }
}
