// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.number;

import java.util.List;

/** {@code registry.retention}. */
final class RetentionTable implements TableDefinition {
    @Override
    public String name() {
        return "retention";
    }

    @Override
    public String comment() {
        return "Datasets that do not keep all versions, with how many they keep.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                named("namespace", "n"), named("project", "p"), named("name", "d"), number("versions", "d.retention"));
    }

    @Override
    public String from() {
        return "datasets d";
    }

    @Override
    public List<Partner> partners() {
        return Joins.project("d");
    }

    @Override
    public String where() {
        return "d.retention IS NOT NULL AND d.latest_version_id IS NOT NULL";
    }
}
