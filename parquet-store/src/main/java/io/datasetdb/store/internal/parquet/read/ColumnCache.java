// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Vector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decoded columns of row groups, as far as they fit: those that were asked for again outlive those that were read once, and
 * of each kind the one that was used last stays longest (segmented LRU: Karedla, Love, Wherry, "Caching strategies to
 * improve disk system performance", IEEE Computer 27(3), 1994). The garbage collector may empty it where memory gets short.
 * Safe for any number of threads.
 *
 * <p>A file is known by its footer object, which {@link FooterCache} replaces when the file is another one.
 */
public final class ColumnCache {
    /** What would take more than this part of the cache is not kept. */
    private static final int LARGEST_PART = 16;

    /** What a vector and its entry take besides their arrays. */
    private static final long OVERHEAD = 128;

    /**
     * A column of a row group.
     *
     * @param type of the vectors
     * @param nullable whether they may hold NULLs
     * @param batchRows rows of each vector but the last
     */
    record Key(FileFooter file, int rowGroup, ColumnPath column, DataType type, boolean nullable, int batchRows) {}

    private static final class Entry extends SoftReference<List<Vector>> {
        private final Key key;
        private final long bytes;

        Entry(Key key, List<Vector> vectors, long bytes, ReferenceQueue<List<Vector>> cleared) {
            super(vectors, cleared);
            this.key = key;
            this.bytes = bytes;
        }
    }

    private final long capacity;
    private final ReferenceQueue<List<Vector>> cleared = new ReferenceQueue<>();
    private final Map<Key, Entry> once = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Entry> again = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long bytesAgain;

    /** A cache of at most {@code capacity} bytes; 0 keeps nothing. */
    public ColumnCache(long capacity) {
        this.capacity = capacity;
    }

    /** The most bytes that the columns of a row group, read together, may take to be kept. */
    long largestRowGroup() {
        return capacity / LARGEST_PART;
    }

    /** Bytes of all that is kept. */
    synchronized long bytes() {
        forgetCleared();
        return bytes;
    }

    /** The batches of a column, or {@code null} if they are not here. */
    synchronized @Nullable List<Vector> get(Key key) {
        forgetCleared();
        Entry entry = again.get(key);
        if (entry == null) {
            entry = once.remove(key);
            if (entry == null) {
                return null;
            }
            again.put(key, entry);
            bytesAgain += entry.bytes;
            demote();
        }
        return entry.get();
    }

    /** Keeps all batches of a column. */
    void put(Key key, List<Vector> vectors) {
        long size = bytes(vectors);
        if (size > largestRowGroup()) {
            return;
        }
        Entry entry = new Entry(key, List.copyOf(vectors), size, cleared);
        synchronized (this) {
            forgetCleared();
            remove(key, null);
            once.put(key, entry);
            bytes += size;
            evict();
        }
    }

    /** What vectors hold on to; a dictionary that several share counts once. */
    private static long bytes(List<Vector> vectors) {
        Set<Vector> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
        long result = OVERHEAD;
        for (Vector vector : vectors) {
            result += vector.heapBytes() + OVERHEAD;
            if (vector instanceof DictionaryVector wrapper && !dictionaries.add(wrapper.dictionary())) {
                result -= wrapper.dictionary().heapBytes();
            }
        }
        return result;
    }

    /** Leaves a fifth of the room to what was asked for once. */
    private void demote() {
        Iterator<Entry> eldest = again.values().iterator();
        while (bytesAgain > capacity / 5 * 4) {
            Entry entry = eldest.next();
            eldest.remove();
            bytesAgain -= entry.bytes;
            once.put(entry.key, entry);
        }
    }

    private void evict() {
        while (bytes > capacity) {
            Map<Key, Entry> segment = once.isEmpty() ? again : once;
            remove(segment.keySet().iterator().next(), null);
        }
    }

    private void forgetCleared() {
        for (Reference<?> gone = cleared.poll(); gone != null; gone = cleared.poll()) {
            Entry entry = (Entry) gone;
            remove(entry.key, entry);
        }
    }

    /** Removes what is kept for the key; if {@code expected} is given only if it is that. */
    private void remove(Key key, @Nullable Entry expected) {
        Entry entry = once.get(key);
        if (entry != null && (expected == null || entry == expected)) {
            once.remove(key);
            bytes -= entry.bytes;
        }
        entry = again.get(key);
        if (entry != null && (expected == null || entry == expected)) {
            again.remove(key);
            bytes -= entry.bytes;
            bytesAgain -= entry.bytes;
        }
    }
}
