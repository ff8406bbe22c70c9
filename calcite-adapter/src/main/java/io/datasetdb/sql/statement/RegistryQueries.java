// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.parse.SqlDescribe;
import io.datasetdb.sql.parse.SqlShow;
import io.datasetdb.sql.parse.StatementParser;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE as the plain queries on the registry that they are. */
public final class RegistryQueries {
    private final StatementContext context;

    public RegistryQueries(StatementContext context) {
        this.context = context;
    }

    /** The query that answers SHOW. */
    public SqlNode of(SqlShow show) {
        return StatementParser.parse(
                switch (show.subject()) {
                    case NAMESPACES ->
                        "SELECT namespace FROM registry.namespaces" + like("namespace", show.like()) + " ORDER BY 1";
                    case PROJECTS ->
                        "SELECT namespace, project FROM registry.projects" + like("project", show.like())
                                + " ORDER BY 1, 2";
                    case DATASETS ->
                        "SELECT namespace, project, name, latest_version, row_count, byte_size, comment"
                                + " FROM registry.datasets" + like("name", show.like()) + " ORDER BY 1, 2, 3";
                    case VERSIONS ->
                        "SELECT version, state, row_count, byte_size, author, created_at, statement"
                                + " FROM registry.versions WHERE " + of(name(show)) + " ORDER BY created_at";
                    case LINEAGE -> lineage(show);
                });
    }

    /** The query that answers DESCRIBE of a dataset. */
    public SqlNode of(SqlDescribe describe) {
        DatasetVersion version = version((SqlIdentifier) describe.target());
        return StatementParser.parse(
                "SELECT column_name, data_type, nullable, comment, null_count, min_value, max_value"
                        + " FROM registry.columns WHERE " + of(version.name()) + " AND version = '" + version.version()
                        + "' ORDER BY ordinal_position");
    }

    private String lineage(SqlShow show) {
        DatasetVersion version = version(java.util.Objects.requireNonNull(show.name()));
        return "SELECT kind, parent_namespace, parent_project, parent_name, parent_version, uri"
                + " FROM registry.dependencies WHERE " + of(version.name()) + " AND version = '" + version.version()
                + "' ORDER BY 1, 2, 3, 4, 6";
    }

    private DatasetName name(SqlShow show) {
        DatasetName name = context.name(java.util.Objects.requireNonNull(show.name()));
        return context.registry().resolve(name, VersionSelector.LATEST).name();
    }

    /** The version that a name, perhaps with {@code @} and a version, means. */
    private DatasetVersion version(SqlIdentifier identifier) {
        int last = identifier.names.size() - 1;
        String text = identifier.names.get(last);
        int at = text.indexOf('@');
        if (at < 0) {
            return context.registry().resolve(context.name(identifier), VersionSelector.LATEST);
        }
        DatasetName name = context.name(identifier.setName(last, text.substring(0, at)));
        return context.registry().resolve(name, VersionSelector.parse(text.substring(at + 1)));
    }

    private static String of(DatasetName name) {
        return "namespace = " + quote(name.namespace()) + " AND project = " + quote(name.project()) + " AND name = "
                + quote(name.name());
    }

    private static String like(String column, @Nullable String pattern) {
        return pattern == null ? "" : " WHERE " + column + " ILIKE " + quote(pattern);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
