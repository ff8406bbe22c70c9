// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.system.TableDefinitions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of the registry schema. */
public final class SystemTables {
    private static final List<SystemTable> ALL =
            TableDefinitions.ALL.stream().map(SystemTable::new).toList();

    private SystemTables() {}

    /** All of them. */
    public static List<SystemTable> all() {
        return ALL;
    }

    /** The table of this name, without regard to case. */
    public static Optional<SystemTable> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return ALL.stream().filter(table -> table.name().equals(wanted)).findFirst();
    }
}
