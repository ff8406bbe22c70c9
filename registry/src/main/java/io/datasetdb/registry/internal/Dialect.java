// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.RegistryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything in which databases differ. All other SQL of this room is the same for each of them. */
interface Dialect {
    /** What a failure of the database means. */
    enum Failure {
        /** Somebody else holds a lock; the transaction may be tried again. */
        BUSY(RegistryError.BUSY),
        FULL(RegistryError.DISK_FULL),
        READ_ONLY(RegistryError.READ_ONLY),
        DAMAGED(RegistryError.DAMAGED),
        OTHER(RegistryError.DATABASE_FAILED);

        private final RegistryError error;

        Failure(RegistryError error) {
            this.error = error;
        }

        RegistryError error() {
            return error;
        }
    }

    /** What {@code ${…}} in the migrations stands for. */
    Map<String, String> placeholders();

    /** Starts a transaction that sees one state of the database and changes nothing. */
    void beginRead(Connection connection) throws SQLException;

    /** Starts a transaction that may change the database; may wait for others. */
    void beginWrite(Connection connection) throws SQLException;

    /** What a failure means. */
    Failure meaning(SQLException failure);

    /** Whether the failure of a ROLLBACK or COMMIT says that the database has ended the transaction by itself. */
    boolean isMissingTransaction(SQLException failure);

    /** What the database finds wrong with itself, a line each; reads all of it. */
    List<String> damages(Sql sql) throws SQLException;

    /** Whether the failure says that a table is not there. */
    boolean isMissingTable(@Nullable SQLException failure);
}
