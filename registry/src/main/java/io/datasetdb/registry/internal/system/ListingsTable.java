// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.listings}. */
final class ListingsTable implements TableDefinition {
    @Override
    public String name() {
        return "listings";
    }

    @Override
    public String comment() {
        return "Folders and buckets that were listed, with the version that holds their files.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                text("location", "l.location"),
                text("fingerprint", "l.fingerprint"),
                number("row_count", "v.row_count"),
                time("listed_at", "l.listed_at"));
    }

    @Override
    public String from() {
        return "listings l JOIN datasets d ON d.dataset_id = l.dataset_id";
    }

    @Override
    public String where() {
        return "d.latest_version_id IS NOT NULL";
    }

    @Override
    public boolean showsListings() {
        return true;
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(
                List.of(new Partner("v", "JOIN versions v ON v.version_id = d.latest_version_id")), Joins.project("d"));
    }
}
