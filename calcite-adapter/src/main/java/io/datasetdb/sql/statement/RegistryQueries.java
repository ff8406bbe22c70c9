// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.SystemTable;
import io.datasetdb.registry.SystemTables;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlDescribe;
import io.datasetdb.sql.parse.SqlShow;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.sql.schema.TemporaryTable;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE as the plain queries on the registry that they are. */
public final class RegistryQueries {
    private final StatementContext context;

    public RegistryQueries(StatementContext context) {
        this.context = context;
    }

    /** Whether the registry knows the answer. */
    public static boolean answers(SqlShow show) {
        return show.subject() != SqlShow.Subject.FUNCTIONS && show.subject() != SqlShow.Subject.PARAMS;
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
                    case VIEWS ->
                        "SELECT namespace, project, name, comment, statement FROM registry.views"
                                + like("name", show.like()) + " ORDER BY 1, 2, 3";
                    case METRICS ->
                        "SELECT version, metric, metric_value, author FROM registry.metrics WHERE " + of(name(show))
                                + " ORDER BY recorded_at, metric";
                    case FUNCTIONS, PARAMS -> throw new IllegalArgumentException("not in the registry: " + show);
                    case VERSIONS ->
                        "SELECT version, state, row_count, byte_size, author, created_at, statement"
                                + " FROM registry.versions WHERE " + of(name(show)) + " ORDER BY created_at";
                    case LINEAGE -> lineage(show);
                });
    }

    /** The query that answers DESCRIBE of a dataset or of a table of the registry. */
    public SqlNode of(SqlDescribe describe) {
        SqlIdentifier target = (SqlIdentifier) describe.target();
        Optional<SystemTable> system = systemTable(target.names);
        if (system.isPresent()) {
            return StatementParser.parse(describe(system.get().schema()));
        }
        Optional<Schema> unversioned = unversioned(target);
        if (unversioned.isPresent()) {
            return StatementParser.parse(describe(unversioned.get()));
        }
        DatasetVersion version = version(target);
        return StatementParser.parse(
                "SELECT column_name, data_type, nullable, comment, null_count, min_value, max_value"
                        + " FROM registry.columns WHERE " + of(version.name()) + " AND version = '" + version.version()
                        + "' ORDER BY ordinal_position");
    }

    /** {@code registry.x} is a table of the registry from everywhere, and under the name that metadata shows. */
    private static Optional<SystemTable> systemTable(List<String> names) {
        int last = names.size() - 1;
        boolean isSystem = last >= 1
                && names.get(last - 1).equalsIgnoreCase(StatementCatalog.SYSTEM_PROJECT)
                && (last == 1 || last == 2 && names.get(0).equalsIgnoreCase(StatementCatalog.SYSTEM_NAMESPACE));
        if (!isSystem) {
            return Optional.empty();
        }
        return Optional.of(SystemTables.find(names.get(last))
                .orElseThrow(() -> new DatasetDbException(
                        SqlError.UNDEFINED_TABLE,
                        "Cannot find dataset " + String.join(".", names) + ": the registry has no such table")));
    }

    /** The columns of a temporary dataset or a view, which the registry does not keep. */
    private Optional<Schema> unversioned(SqlIdentifier target) {
        Optional<Schema> temporary = target.isSimple()
                ? context.session().objects().temporary(target.getSimple()).map(TemporaryTable::schema)
                : Optional.empty();
        if (temporary.isPresent() || target.names.get(target.names.size() - 1).indexOf('@') >= 0) {
            return temporary;
        }
        DatasetName name = context.name(target);
        return context.registry()
                .view(name)
                .map(view -> ViewStatements.plan(context, name).schema());
    }

    private static String describe(Schema schema) {
        return schema.fields().stream()
                .map(field ->
                        "(" + quote(field.name()) + ", " + quote(field.type().sql()) + ", " + field.nullable() + ")")
                .collect(Collectors.joining(
                        ", ",
                        "SELECT column_name, data_type, nullable, CAST(NULL AS VARCHAR) AS comment,"
                                + " CAST(NULL AS BIGINT) AS null_count, CAST(NULL AS VARCHAR) AS min_value,"
                                + " CAST(NULL AS VARCHAR) AS max_value FROM (VALUES ",
                        ") AS t(column_name, data_type, nullable)"));
    }

    private String lineage(SqlShow show) {
        DatasetVersion version = known(Objects.requireNonNull(show.name()));
        return "SELECT kind, parent_namespace, parent_project, parent_name, parent_version, uri"
                + " FROM registry.dependencies WHERE " + of(version.name()) + " AND version = '" + version.version()
                + "' ORDER BY 1, 2, 3, 4, 6";
    }

    private DatasetName name(SqlShow show) {
        return known(Objects.requireNonNull(show.name())).name();
    }

    /** As {@link #version}, but a dropped version too: its lineage and its number stay. */
    private DatasetVersion known(SqlIdentifier identifier) {
        try {
            return version(identifier);
        } catch (DatasetDbException e) {
            return tombstone(identifier).orElseThrow(() -> e);
        }
    }

    private Optional<DatasetVersion> tombstone(SqlIdentifier identifier) {
        int last = identifier.names.size() - 1;
        String text = identifier.names.get(last);
        int at = text.indexOf('@');
        String plain = at < 0 ? text : text.substring(0, at);
        Stream<DatasetVersion> versions =
                context.registry().versions(context.name(identifier.setName(last, plain))).stream();
        if (at < 0) {
            return versions.findFirst();
        }
        return VersionSelector.parse(text.substring(at + 1)) instanceof VersionSelector.Exact exact
                ? versions.filter(version -> version.version().equals(exact.version()))
                        .findFirst()
                : Optional.empty();
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
