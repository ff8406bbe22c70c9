// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.VersionSql;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What versions of a bundle were made from. Rows about an ancestor that was neither here nor in the bundle are left out by an
 * import; a later bundle that has the ancestor brings them.
 */
final class BundledLineage {
    private final Sql sql;
    private final Set<UUID> bundled = new HashSet<>();

    BundledLineage(Sql sql, Manifest manifest) {
        this.sql = sql;
        manifest.versions().forEach(version -> bundled.add(version.uuid()));
    }

    /** Whether there are rows about a version that is here which would find their ancestor now. */
    boolean knowsMore(Manifest.Version version, long versionId) throws SQLException {
        for (Map.Entry<String, List<Map<String, @Nullable Object>>> table :
                referring(version).entrySet()) {
            long here = sql.number("SELECT count(*) FROM " + table.getKey() + " WHERE version_id = ?", versionId);
            // Most versions miss nothing, which is known before any ancestor is looked for.
            if (here < table.getValue().size() && here < resolved(table.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Rows of the tables that refer to other versions. Names of tables come from a file, so that only known ones count. */
    static Map<String, List<Map<String, @Nullable Object>>> referring(Manifest.Version version) {
        Map<String, List<Map<String, @Nullable Object>>> referring = new LinkedHashMap<>();
        for (String table : BundleRows.OF_VERSIONS) {
            List<Map<String, @Nullable Object>> rows = version.tables().getOrDefault(table, List.of());
            if (rows.stream().anyMatch(row -> row.keySet().stream().anyMatch(BundleRows::isReference))) {
                referring.put(table, rows);
            }
        }
        return referring;
    }

    private long resolved(List<Map<String, @Nullable Object>> rows) throws SQLException {
        long resolved = 0;
        for (Map<String, @Nullable Object> row : rows) {
            if (resolves(row)) {
                resolved++;
            }
        }
        return resolved;
    }

    private boolean resolves(Map<String, @Nullable Object> row) throws SQLException {
        for (Map.Entry<String, @Nullable Object> column : row.entrySet()) {
            Object value = column.getValue();
            if (value != null && BundleRows.isReference(column.getKey())) {
                UUID parent = UUID.fromString(value.toString());
                if (!bundled.contains(parent) && VersionSql.idOf(sql, parent).isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }
}
