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
 * cannot be locked readers are not protected from other processes, and nothing fails. A process has one instance a warehouse,
 * which all its registries share: POSIX counts a lock once a process, and lets go of all locks that a process has on a file
 * when it closes the file for the first time.
 */
public final class ReadLocks implements AutoCloseable {
    /** The file's name in the warehouse; it is empty. */
    static final String FILE = "READERS";

    private static final long POSITIONS = (1L << 62) - 1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Those in use, by the real path of the warehouse: what belongs to the process cannot belong to a part of it. */
    private static final Map<Path, ReadLocks> IN_USE = new HashMap<>();

    private static final class Hold {
        private final @Nullable FileLock lock;
        private int readers = 1;

        private Hold(@Nullable FileLock lock) {
            this.lock = lock;
        }
    }

    private final Path warehouse;
    private final Path file;
    private final Map<String, Hold> held = new HashMap<>();
    private int users;
    private boolean readOnly = true;
    private boolean useless;

    /** For shared locks, which a file that cannot be written to has too. */
    private @Nullable FileChannel reading;

    /** For locks of those who delete; both stay open as long as this is in use. */
    private @Nullable FileChannel deleting;

    private ReadLocks(Path warehouse) {
        this.warehouse = warehouse;
        this.file = warehouse.resolve(FILE);
    }

    /**
     * The locks of a warehouse; whoever asks for them closes them.
     *
     * @param readOnly whether the one who asks changes nothing, so that the file is not made for him
     */
    static ReadLocks of(Path warehouse, boolean readOnly) {
        Path real;
        try {
            real = warehouse.toRealPath();
        } catch (IOException e) {
            real = warehouse;
        }
        synchronized (IN_USE) {
            ReadLocks locks = IN_USE.computeIfAbsent(real, ReadLocks::new);
            locks.join(readOnly);
            return locks;
        }
    }

    private synchronized void join(boolean onlyReads) {
        users++;
        readOnly &= onlyReads;
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
        FileLock lock = null;
        try {
            // Where nothing can be written there is no file, and nothing to be deleted either.
            lock = readOnly ? null : deleting().tryLock(position(folder), 1, false);
            if (lock == null && !readOnly) {
                return false;
            }
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            log(e);
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
        if (useless) {
            return null;
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try {
            FileChannel open = reading();
            // Not the method that waits: an interrupt would close the channel, and with it end all other locks.
            FileLock lock = open.tryLock(position(folder), 1, true);
            while (lock == null && System.nanoTime() < deadline) {
                LockSupport.parkNanos(POLL_NANOS);
                lock = open.tryLock(position(folder), 1, true);
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            // Somebody else's code in this process has it.
            return null;
        } catch (IOException e) {
            useless = true;
            log(e);
            return null;
        }
    }

    private static long position(String folder) {
        return UUID.fromString(folder.substring(folder.lastIndexOf('/') + 1)).getLeastSignificantBits() & POSITIONS;
    }

    private FileChannel reading() throws IOException {
        FileChannel open = reading;
        if (open == null) {
            open = readOnly ? FileChannel.open(file, StandardOpenOption.READ) : deleting();
            reading = open;
        }
        return open;
    }

    private FileChannel deleting() throws IOException {
        FileChannel open = deleting;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            deleting = open;
        }
        return open;
    }

    private static void log(IOException e) {
        System.getLogger(ReadLocks.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
    }

    private static void release(@Nullable FileLock lock) {
        if (lock == null || !lock.acquiredBy().isOpen()) {
            return;
        }
        try {
            lock.release();
        } catch (IOException e) {
            log(e);
        }
    }

    /** Ends the use of one of those who asked for it; the last one's lets go of everything. */
    @Override
    public void close() {
        synchronized (IN_USE) {
            if (leave()) {
                IN_USE.remove(warehouse, this);
            }
        }
    }

    private synchronized boolean leave() {
        if (--users > 0) {
            return false;
        }
        useless = true;
        List<Hold> holds = new ArrayList<>(held.values());
        held.clear();
        holds.forEach(hold -> release(hold.lock));
        for (FileChannel channel : new @Nullable FileChannel[] {reading, deleting}) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                log(e);
            }
        }
        return true;
    }
}
