// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.Storage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most recently used footers, parsed. A footer is found by its file's location, size and version and the checksum of
 * its own bytes, so that a foreign file which was replaced is never read with its predecessor's footer. Safe for any number of
 * threads.
 */
public final class FooterCache {
    private record Key(String location, long size, long version, long checksum) {}

    private final Map<Key, FileFooter> footers;

    /** A cache of at most {@code maxEntries} footers; 0 keeps none. */
    public FooterCache(int maxEntries) {
        this.footers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, FileFooter> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /**
     * The footer of a file, read now or earlier.
     *
     * @throws io.datasetdb.error.DatasetDbException with {@code NOT_PARQUET}, {@code FILE_DAMAGED} or
     *     {@code UNSUPPORTED_FILE}, or as {@link Storage#open} and {@link Storage.Input#readFully} fail
     */
    public FileFooter get(Storage storage, String location) {
        try (Storage.Input input = storage.open(location)) {
            FooterBytes bytes = FooterBytes.read(input);
            Key key = new Key(input.location(), input.size(), input.version(), bytes.checksum());
            FileFooter known = find(key);
            if (known != null) {
                return known;
            }
            FileFooter footer = bytes.parse(location);
            synchronized (footers) {
                footers.put(key, footer);
            }
            return footer;
        }
    }

    private @Nullable FileFooter find(Key key) {
        synchronized (footers) {
            return footers.get(key);
        }
    }
}
