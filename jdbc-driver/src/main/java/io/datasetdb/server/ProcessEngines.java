// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.internal.EmbeddedEngines;
import io.datasetdb.jdbc.internal.Transport;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import io.datasetdb.sql.QuietLibraries;

/** The warehouses that are open in this process; what the driver finds by ServiceLoader. */
public final class ProcessEngines implements EmbeddedEngines {
    // State of the whole process: two engines on one warehouse would not see each other's caches.
    private static final SharedEngines ENGINES =
            new SharedEngines(warehouse -> Engine.open(new EngineConfig(warehouse)));

    @Override
    public Transport open(String warehouse) {
        QuietLibraries.hush();
        return ENGINES.open(warehouse);
    }
}
