// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what belongs to versions, which never changes, and keeps what was read last. Safe for any number of threads. */
public final class VersionReader {
    private static final int CACHED_VERSIONS = 256;

    /** A version that was dropped and imported anew has the same rows in other files. */
    private record Key(long versionId, @Nullable Instant droppedAt) {}

    private final Database database;
    private final Map<Key, VersionContents> cache;

    public VersionReader(Database database) {
        this.database = database;
        this.cache = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, VersionContents> eldest) {
                return size() > CACHED_VERSIONS;
            }
        };
    }

    /** Schema, files and statistics. */
    public VersionContents contents(VersionRow version) {
        Key key = new Key(version.id(), version.droppedAt());
        synchronized (cache) {
            VersionContents cached = cache.get(key);
            if (cached != null) {
                return cached;
            }
        }
        VersionContents contents = database.read("read version " + version.ref(), sql -> {
            Schema schema = ColumnSql.schema(sql, version.id());
            List<DataFile> files = FileSql.files(sql, version.id(), schema);
            return new VersionContents(
                    schema, ColumnSql.declared(sql, version.id()), files, StatisticsMerge.of(schema, files));
        });
        if (contents.files().size() != version.fileCount()) {
            throw new DatasetDbException(
                    RegistryError.VERSION_DROPPED,
                    "Cannot read version: it was dropped and its files were purged (" + version.ref() + ")");
        }
        synchronized (cache) {
            cache.put(key, contents);
        }
        return contents;
    }

    /** The columns only, which are there also when the files were purged. */
    public Schema schema(VersionRow version) {
        if (version.purgedAt() == null) {
            return contents(version).schema();
        }
        return database.query("read version " + version.ref(), sql -> ColumnSql.schema(sql, version.id()));
    }

    /** The index files of a column by the data files, as they are now. */
    public Map<String, String> vectorIndexes(VersionRow version, String column) {
        return database.query(
                "find vector index of " + version.ref(),
                sql -> VectorIndexSql.ofVersion(sql, version.datasetId(), version.id(), column));
    }

    public Provenance provenance(VersionRow version) {
        return database.read("read version " + version.ref(), sql -> ProvenanceSql.read(sql, version));
    }
}
