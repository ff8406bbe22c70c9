// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;

class DatabaseTest {
    /** Who lost against another version tries again at once; who waited for a lock in vain has waited long enough. */
    @Test
    void aLockThatIsNeverFreedIsNoConflict() {
        var locked =
                new SQLException("[SQLITE_BUSY] The database file is locked", "", SQLiteErrorCode.SQLITE_BUSY.code);
        DatasetDbException failure = Database.failure(new SqliteDialect(), "deposit dataset d", "registry.db", locked);
        assertThat(failure.code()).isEqualTo(RegistryError.BUSY);
        assertThat(failure.sqlState()).isEqualTo("55P03");
        assertThat(failure)
                .hasMessage("Cannot deposit dataset d: other processes kept the registry locked (registry.db)");
    }
}
