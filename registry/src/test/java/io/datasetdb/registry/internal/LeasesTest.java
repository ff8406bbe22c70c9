// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.DatasetName;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
    @Test
    void renewalReachesWhatIsStillOpen(@TempDir Path folder) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Database database = WarehouseDatabase.open(new Warehouse(folder), false)) {
            UUID open = new UUID(0, 1);
            UUID ended = new UUID(0, 2);
            database.write("begin", sql -> {
                DraftSql.insert(sql, open, DatasetName.of("x"), "1", 5);
                DraftSql.insert(sql, ended, DatasetName.of("x"), "1", 5);
                return true;
            });
            var leases = new Leases(database, scheduler);
            leases.addDraft(open.toString());
            leases.addDraft(ended.toString());
            leases.removeDraft(ended.toString());
            long before = Leases.end();

            leases.renew();

            assertThat(lease(database, open)).isGreaterThanOrEqualTo(before);
            assertThat(lease(database, ended)).isEqualTo(5);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static long lease(Database database, UUID uuid) {
        return database.query(
                "look", sql -> sql.number("SELECT lease_until FROM drafts WHERE uuid = ?", uuid.toString()));
    }
}
