// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.list;
import static io.datasetdb.registry.internal.system.SystemColumn.map;
import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.datasets}. Listings are not among them: they are a cache, and have a table of their own. */
final class DatasetsTable implements TableDefinition {
    private static final String VERSION_COUNT =
            "(SELECT count(*) FROM versions c WHERE c.dataset_id = d.dataset_id AND c.state = 'COMPLETE')";

    /** A text list, escaped as such. */
    private static final String DEPENDS_ON = """
            (SELECT string_agg(replace(replace(CASE WHEN x.kind = 'DATASET'
                               THEN pn.name || '.' || pp.name || '.' || pd.name || '@' || pv.version
                               ELSE x.uri END, '\\', '\\\\'), '
            ', '\\n'), '
            ' ORDER BY x.ordinal)
             FROM\
            """
            + " " + Partner.joined("dependencies x", Joins.PARENT_NAMES, "pn.")
            + " WHERE x.version_id = v.version_id)";

    @Override
    public String name() {
        return "datasets";
    }

    @Override
    public String comment() {
        return "Datasets that can be read, as their latest version is.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                named("namespace", "n"),
                named("project", "p"),
                named("name", "d"),
                text("latest_version", "v.version"),
                number("version_count", VERSION_COUNT),
                nullableText("comment", "d.comment"),
                map("labels", "d.labels"),
                number("row_count", "v.row_count"),
                number("byte_size", "v.byte_size"),
                text("author", "v.author"),
                time("created_at", "d.created_at"),
                time("updated_at", "d.updated_at"),
                list("depends_on", DEPENDS_ON),
                nullableText("statement", "v.statement"));
    }

    @Override
    public String from() {
        return "datasets d";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(
                List.of(new Partner("v", "JOIN versions v ON v.version_id = d.latest_version_id")), Joins.project("d"));
    }

    @Override
    public String key() {
        return "d.dataset_id";
    }

    @Override
    public String where() {
        return "d.kind = 'DATASET' AND d.latest_version_id IS NOT NULL";
    }
}
