// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The folder of a warehouse:
 *
 * <pre>
 * WAREHOUSE                  marker: one line, "DatasetDB warehouse, format 1"
 * registry.db (-wal, -shm)   the registry, SQLite
 * data/&lt;uuid&gt;/*.parquet      files of the deposit with this uuid, immutable
 * checkpoints/               what Java functions yielded in saves that were cut off
 * </pre>
 *
 * The marker is the first thing that is created, so that a folder without one that holds anything is somebody else's. It
 * also carries the lock under which the registry is created or migrated.
 */
public record Warehouse(Path root) {
    /** The folder in which deposits have their folders. */
    public static final String DATA = "data";

    private static final String MARKER = "WAREHOUSE";
    private static final String MARKER_START = "DatasetDB warehouse, format ";
    private static final int FORMAT = 1;
    private static final long LOCK_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Something done while nobody else creates or migrates this warehouse. */
    @FunctionalInterface
    interface Exclusive {
        void run() throws IOException;
    }

    Path database() {
        return root.resolve("registry.db");
    }

    /** The registry's file as it is now. */
    DatabaseFile databaseFile() {
        try {
            return DatabaseFile.of(database());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Path marker() {
        return root.resolve(MARKER);
    }

    /** Whether this process may write to the folder and what is in it. */
    boolean writable() {
        return Files.isWritable(root) && (!Files.exists(database()) || Files.isWritable(database()));
    }

    /** Whether something was deposited here. */
    private boolean hasData() throws IOException {
        Path data = root.resolve(DATA);
        if (!Files.isDirectory(data)) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(data)) {
            return children.iterator().hasNext();
        }
    }

    /** Whether the registry has to be created; fails if it has been lost. */
    boolean lacksDatabase() {
        try {
            if (Files.exists(database()) && Files.size(database()) > 0) {
                return false;
            }
            if (hasData()) {
                throw new DatasetDbException(
                        RegistryError.DAMAGED,
                        "Cannot open warehouse: it has data but its registry.db is missing or empty (" + root + ")");
            }
            return true;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Makes sure that this is a warehouse, or can become one, and marks it. Anything else is left untouched. */
    void claim(boolean readOnly) {
        try {
            if (!Files.exists(root) && !readOnly) {
                for (Path parent = root.getParent(); parent != null; parent = parent.getParent()) {
                    if (Files.isRegularFile(parent)) {
                        throw notAWarehouse("a part of its path is a file");
                    }
                }
                createFolder(root);
            }
            if (!Files.isDirectory(root)) {
                throw notAWarehouse(Files.exists(root) ? "it is not a folder" : "there is no such folder");
            }
            if (!checkMarker()) {
                try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
                    // Another process may have put its marker there since.
                    if (children.iterator().hasNext() && !checkMarker()) {
                        throw notAWarehouse("the folder holds other files");
                    }
                }
                if (readOnly) {
                    throw notAWarehouse("the folder is empty and cannot be written to");
                }
                createMarker();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void createMarker() throws IOException {
        try (FileChannel channel =
                FileChannel.open(marker(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeMarker(channel);
        } catch (FileAlreadyExistsException e) {
            checkMarker();
        }
    }

    private static void writeMarker(FileChannel channel) throws IOException {
        channel.write(ByteBuffer.wrap((MARKER_START + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
    }

    /** Makes a folder and those above it, each durable in the one above. */
    private static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolder(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /** Makes what was created in a folder survive a loss of power. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Whether there is a marker; fails if it is not one of ours. An empty one is being written, or its writer died. */
    private boolean checkMarker() throws IOException {
        String text;
        try {
            text = Files.readString(marker(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        String format = text.strip();
        if (!format.startsWith(MARKER_START)) {
            throw notAWarehouse("its file WAREHOUSE is not a warehouse's");
        }
        if (!format.equals(MARKER_START + FORMAT)) {
            throw new DatasetDbException(
                    RegistryError.NEWER_FORMAT,
                    "Cannot open warehouse: a newer release made it, this one reads format " + FORMAT + " (" + root
                            + ": " + format.substring(MARKER_START.length()) + ")");
        }
        return true;
    }

    private DatasetDbException notAWarehouse(String reason) {
        return new DatasetDbException(
                RegistryError.NOT_A_WAREHOUSE, "Cannot open warehouse: " + reason + " (" + root + ")");
    }

    /** Runs {@code work} while no other thread or process does so on this warehouse. */
    void exclusively(Exclusive work) {
        try (FileChannel channel = FileChannel.open(marker(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (FileLock lock = lock(channel)) {
                if (channel.size() == 0 && lock.isValid()) {
                    writeMarker(channel);
                }
                work.run();
                // Whoever finds a warehouse finds all of it: no deposit is acknowledged into a folder that power may
                // take.
                createFolder(root.resolve(DATA));
                syncFolder(root);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Waits for other processes inside the operating system, and for other threads of this one by asking again. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(LOCK_POLL_NANOS);
            }
        }
    }

    private DatasetDbException failure(IOException cause) {
        boolean denied = cause instanceof AccessDeniedException;
        String message = String.valueOf(cause.getMessage());
        boolean full = message.toLowerCase(Locale.ROOT).contains("no space left");
        RegistryError error =
                denied ? RegistryError.READ_ONLY : full ? RegistryError.DISK_FULL : RegistryError.DATABASE_FAILED;
        String reason = denied
                ? "permission denied"
                : full
                        ? "the disk is full"
                        : cause instanceof NoSuchFileException ? "no folder can be made there" : message;
        return new DatasetDbException(error, "Cannot open warehouse: " + reason + " (" + root + ")", cause);
    }
}
