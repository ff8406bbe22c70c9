// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which folders of deposits somebody reads, in any process of this machine, so that what is given up is deleted only when
 * nobody reads it any more. Each folder is a byte of the warehouse's file {@code READERS} which a reader locks and whoever
 * deletes locks alone: nothing is written, and the operating system lets go of the locks of a process that dies. Where files
 * cannot be locked readers are not protected from other processes, and nothing fails. A process should have one registry of a
 * warehouse that reads: POSIX lets go of all locks that a process has on a file when it closes the file for the first time.
 */
public final class ReadLocks implements AutoCloseable {
    /** The file's name in the warehouse; it is empty. */
    static final String FILE = "READERS";

    private static final long POSITIONS = (1L << 62) - 1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final class Hold {
        private final @Nullable FileLock lock;
        private int readers = 1;

        private Hold(@Nullable FileLock lock) {
            this.lock = lock;
        }
    }

    private final Path file;
    private final boolean readOnly;
    private final Map<String, Hold> held = new HashMap<>();
    private @Nullable FileChannel channel;
    private boolean useless;

    ReadLocks(Path warehouse, boolean readOnly) {
        this.file = warehouse.resolve(FILE);
        this.readOnly = readOnly;
    }

    /** Begins to read files of these folders ({@code data/<uuid>}); each call is matched by one of {@link #release}. */
    public synchronized void share(Set<String> folders) {
        for (String folder : folders) {
            Hold hold = held.get(folder);
            if (hold == null) {
                held.put(folder, new Hold(patiently(folder)));
            } else {
                hold.readers++;
            }
        }
    }

    /** Ends what {@link #share} began. */
    public synchronized void release(Set<String> folders) {
        for (String folder : folders) {
            Hold hold = held.get(folder);
            if (hold != null && --hold.readers == 0) {
                held.remove(folder);
                release(hold.lock);
            }
        }
    }

    /** Runs a deletion in a folder unless somebody reads it; answers whether it ran. */
    synchronized boolean unlessRead(String folder, Runnable deletion) {
        if (held.containsKey(folder)) {
            return false;
        }
        FileChannel open = channel();
        if (open == null) {
            deletion.run();
            return true;
        }
        FileLock lock = null;
        try {
            lock = open.tryLock(position(folder), 1, false);
            if (lock == null) {
                return false;
            }
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            giveUp(e);
        }
        try {
            deletion.run();
            return true;
        } finally {
            release(lock);
        }
    }

    /** A deletion takes a moment, and after it there is nothing left to protect. */
    private @Nullable FileLock patiently(String folder) {
        FileChannel open = channel();
        if (open == null) {
            return null;
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try {
            // Not the method that waits: an interrupt would close the channel, and with it end all other locks.
            FileLock lock = open.tryLock(position(folder), 1, true);
            while (lock == null && System.nanoTime() < deadline) {
                LockSupport.parkNanos(POLL_NANOS);
                lock = open.tryLock(position(folder), 1, true);
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            // Another registry of this process reads it.
            return null;
        } catch (IOException e) {
            giveUp(e);
            return null;
        }
    }

    private static long position(String folder) {
        return UUID.fromString(folder.substring(folder.lastIndexOf('/') + 1)).getLeastSignificantBits() & POSITIONS;
    }

    private @Nullable FileChannel channel() {
        if (channel == null && !useless) {
            try {
                channel = readOnly
                        ? FileChannel.open(file, StandardOpenOption.READ)
                        : FileChannel.open(
                                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            } catch (IOException e) {
                giveUp(e);
            }
        }
        return channel;
    }

    private void giveUp(IOException e) {
        useless = true;
        System.getLogger(ReadLocks.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
    }

    private static void release(@Nullable FileLock lock) {
        if (lock == null || !lock.acquiredBy().isOpen()) {
            return;
        }
        try {
            lock.release();
        } catch (IOException e) {
            System.getLogger(ReadLocks.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
        }
    }

    @Override
    public synchronized void close() {
        useless = true;
        List<Hold> holds = new ArrayList<>(held.values());
        held.clear();
        holds.forEach(hold -> release(hold.lock));
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(ReadLocks.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
            }
            channel = null;
        }
    }
}
