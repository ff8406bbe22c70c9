// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** SQL about drafts, and about which folders nobody owns. */
public final class DraftSql {
    private static final String INSERT =
            "INSERT INTO drafts (uuid, dataset, process, started_at, lease_until) VALUES (?, ?, ?, ?, ?)";
    private static final String EXISTS = "SELECT 1 FROM drafts WHERE uuid = ?";
    private static final String DELETE = "DELETE FROM drafts WHERE uuid = ?";
    private static final String RENEW = "UPDATE drafts SET lease_until = ? WHERE uuid = ?";
    private static final String DELETE_EXPIRED = "DELETE FROM drafts WHERE lease_until < ?";

    private DraftSql() {}

    public static void insert(Sql sql, UUID uuid, DatasetName name, String process, long leaseUntil)
            throws SQLException {
        sql.update(INSERT, uuid.toString(), name.toString(), process, Times.now(), leaseUntil);
    }

    public static boolean exists(Sql sql, UUID uuid) throws SQLException {
        return sql.first(EXISTS, row -> true, uuid.toString()).isPresent();
    }

    /** Answers false if there is no such draft any more. */
    public static boolean delete(Sql sql, UUID uuid) throws SQLException {
        return sql.update(DELETE, uuid.toString()) > 0;
    }

    static void renew(Sql sql, List<String> uuids, long leaseUntil) throws SQLException {
        sql.batch(RENEW, uuids, (uuid, ordinal) -> new Object[] {leaseUntil, uuid});
    }

    /** Ends drafts whose lease has run out and answers those of the folders that then belong to no draft and no version. */
    public static List<String> unowned(Sql sql, List<String> folders) throws SQLException {
        sql.update(DELETE_EXPIRED, Times.now());
        return GarbageSql.unowned(sql, folders, Set.of());
    }
}
