// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.spill;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.DataType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The temporary files of one run. The folder is made when the first file is, and goes with all its files when this is
 * closed.
 * While it is in use its file {@code lock} is locked, so that a folder whose process has died is recognised: whoever
 * makes
 * the next folder beside it removes it. Safe for several threads.
 */
public final class SpillFolder implements AutoCloseable {
    private static final String PREFIX = "datasetdb-spill-";
    private static final String LOCK = "lock";

    private final Path parent;
    private final @Nullable SpillFolder whole;
    private final AtomicLong written = new AtomicLong();
    private final Set<SpillFile> open = new HashSet<>();
    private @Nullable Path folder;
    private @Nullable FileChannel lock;
    private int files;

    /**
     * @param parent where the folder will be made
     */
    public SpillFolder(Path parent) {
        this.parent = parent;
        this.whole = null;
    }

    private SpillFolder(SpillFolder whole) {
        this.parent = whole.parent;
        this.whole = whole;
    }

    /** The same folder for a part of the run, which counts what that part writes; closed with the whole. */
    public SpillFolder part() {
        return new SpillFolder(this);
    }

    /** Where the process keeps temporary files: {@code java.io.tmpdir}. */
    public static SpillFolder ofProcess() {
        return new SpillFolder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** An empty stream of rows of these types, in a file of its own. */
    public SpilledRows rows(List<DataType> types) {
        return new SpilledRows(types, newFile(this));
    }

    /** As many empty streams of rows of these types, together in one file. */
    public SpillPartitions partitions(List<DataType> types, int count) {
        return new SpillPartitions(types, count, newFile(this));
    }

    /** All bytes that have been written to files, whether or not these are still there. */
    public long bytesWritten() {
        return written.get();
    }

    private SpillFile newFile(SpillFolder counting) {
        return whole == null ? make(counting) : whole.newFile(counting);
    }

    private synchronized SpillFile make(SpillFolder counting) {
        try {
            if (folder == null) {
                folder = newFolder();
                removeAbandoned();
            }
            Path path = folder.resolve(String.valueOf(files++));
            // The system forgets the name of such a file at once, if it can; then not even a killed process leaves it.
            FileChannel channel = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            SpillFile file = new SpillFile(path, channel, counting);
            open.add(file);
            return file;
        } catch (IOException e) {
            throw failure("write", folder == null ? parent : folder, e);
        }
    }

    void countWritten(long bytes) {
        written.addAndGet(bytes);
        if (whole != null) {
            whole.countWritten(bytes);
        }
    }

    /** Without the lock of a part, which who closes the whole would wait for while this waits for the whole. */
    void forget(SpillFile file) {
        if (whole != null) {
            whole.forget(file);
            return;
        }
        synchronized (this) {
            open.remove(file);
        }
    }

    /** A new folder, locked. Somebody may take it for an abandoned one until it is locked; then it takes another. */
    private Path newFolder() throws IOException {
        while (true) {
            Path made = Files.createTempDirectory(parent, ownPrefix());
            Path file = made.resolve(LOCK);
            FileChannel channel = null;
            try {
                channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (channel.tryLock() != null && Files.exists(file)) {
                    lock = channel;
                    return made;
                }
                channel.close();
            } catch (IOException e) {
                if (channel != null) {
                    channel.close();
                }
                if (Files.exists(made)) {
                    Files.deleteIfExists(file);
                    Files.delete(made);
                    throw e;
                }
            }
        }
    }

    /**
     * Tells the folders of this process from those of others: it must not look into its own, since closing a file gives up
     * all locks that a process has on it. A number of a process may come again, but not at the same time.
     */
    private static String ownPrefix() {
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return PREFIX + process.pid() + "-" + start + "-";
    }

    /** Removes what processes have left behind that are no more. What cannot be removed, e.g. another user's, stays. */
    private void removeAbandoned() throws IOException {
        String own = ownPrefix();
        try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : folders) {
                if (!other.getFileName().toString().startsWith(own)) {
                    removeIfAbandoned(other);
                }
            }
        }
    }

    private static void removeIfAbandoned(Path other) {
        Path file = other.resolve(LOCK);
        try {
            if (!Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (!Files.exists(file)) {
                // Nobody's any more, unless it is just being made; then its maker takes another.
                Files.delete(other);
                return;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                if (channel.tryLock() != null) {
                    removeAll(other);
                }
            }
        } catch (IOException | OverlappingFileLockException e) {
            System.getLogger(SpillFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "an abandoned folder stays: " + other, e);
        }
    }

    /** Removes a folder of plain files, the lock last. */
    private static void removeAll(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(LOCK)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }

    /** What a file system said about a file, in one sentence. */
    static DatasetDbException failure(String verb, Path path, IOException cause) {
        String detail = cause instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : cause.getMessage();
        String said = detail == null ? cause.getClass().getSimpleName() : detail;
        String lower = said.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space left") || (lower.contains("quota") && lower.contains("exceeded"));
        StoreError otherwise = verb.equals("read") ? StoreError.READ_FAILED : StoreError.WRITE_FAILED;
        return new DatasetDbException(
                full ? StoreError.DISK_FULL : otherwise,
                "Cannot " + verb + " temporary file " + path + ": " + (full ? "no space left" : "the disk failed")
                        + " (" + said + ")",
                cause);
    }

    /** Removes the folder; idempotent. */
    @Override
    public synchronized void close() {
        for (SpillFile file : List.copyOf(open)) {
            file.close();
        }
        Path made = folder;
        FileChannel held = lock;
        folder = null;
        lock = null;
        if (made == null || held == null) {
            return;
        }
        try (held) {
            removeAll(made);
        } catch (IOException e) {
            throw failure("remove", made, e);
        }
    }
}
