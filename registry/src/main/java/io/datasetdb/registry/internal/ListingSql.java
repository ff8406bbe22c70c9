// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DraftRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** SQL about listings. */
public final class ListingSql {
    /** The state of the listing of one location. */
    public record Row(String fingerprint, Instant listedAt) {}

    private static final String SAVE = """
        INSERT INTO listings (dataset_id, location, fingerprint, listed_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (dataset_id) DO UPDATE SET fingerprint = excluded.fingerprint, listed_at = excluded.listed_at\
        """;
    private static final String FIND = """
        SELECT l.fingerprint, l.listed_at
        FROM listings l JOIN datasets d ON d.dataset_id = l.dataset_id
        WHERE l.location = ? AND d.latest_version_id IS NOT NULL\
        """;
    private static final String CONFIRM =
            "UPDATE listings SET listed_at = ? WHERE location = ? AND fingerprint = ? AND listed_at < ?";

    private ListingSql() {}

    static void save(Sql sql, long datasetId, DraftRequest.Listing listing, long now) throws SQLException {
        sql.update(SAVE, datasetId, listing.location(), listing.fingerprint(), now);
    }

    public static Optional<Row> find(Sql sql, String location) throws SQLException {
        return sql.first(FIND, row -> new Row(row.getString(1), Times.instant(row.getLong(2))), location);
    }

    /** Records that the files were seen again unchanged at a time. */
    static void confirm(Sql sql, String location, String fingerprint, long time) throws SQLException {
        sql.update(CONFIRM, time, location, fingerprint, time);
    }
}
