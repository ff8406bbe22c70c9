// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionState;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds namespaces, projects and datasets, and says what is wrong with names that lead nowhere. */
public final class Names {
    private static final int VERSIONS_IN_MESSAGE = 10;

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private Names() {}

    public static long namespace(Sql sql, String namespace) throws SQLException {
        Optional<Long> found = NamespaceSql.find(sql, namespace);
        if (found.isPresent()) {
            return found.get();
        }
        String hint =
                suggestion(NearestName.of(namespace, NamespaceSql.names(sql))).orElse(", CREATE NAMESPACE makes one");
        throw new DatasetDbException(
                RegistryError.UNDEFINED_NAMESPACE,
                "Cannot find namespace: there is none of this name" + hint + " (" + namespace + ")");
    }

    /** The project that a dataset's name says. */
    public static long project(Sql sql, DatasetName name) throws SQLException {
        return project(sql, name.namespace(), name.project());
    }

    public static long project(Sql sql, String namespace, String project) throws SQLException {
        long namespaceId = namespace(sql, namespace);
        Optional<Long> found = ProjectSql.find(sql, namespaceId, project);
        if (found.isPresent()) {
            return found.get();
        }
        if (DatasetName.key(project).equals(DatasetName.REGISTRY_PROJECT)) {
            throw new DatasetDbException(
                    RegistryError.RESERVED_NAME,
                    "Cannot change the registry: its tables are read-only (" + namespace + "." + project + ")");
        }
        String hint = suggestion(NearestName.of(project, ProjectSql.names(sql, namespaceId)))
                .orElse(", CREATE PROJECT makes one");
        throw new DatasetDbException(
                RegistryError.UNDEFINED_PROJECT,
                "Cannot find project: there is none of this name" + hint + " (" + namespace + "." + project + ")");
    }

    /** The dataset of this name, which can be read. */
    public static DatasetSql.Row dataset(Sql sql, DatasetName name) throws SQLException {
        Optional<DatasetSql.Row> found = DatasetSql.find(sql, name);
        if (found.isPresent() && found.get().latestVersionId() != null) {
            return found.get();
        }
        throw undefined(sql, name);
    }

    /** Why there is nothing to read under this name. */
    public static DatasetDbException undefined(Sql sql, DatasetName name) throws SQLException {
        long projectId = project(sql, name);
        if (ViewSql.find(sql, name).isPresent()) {
            throw new DatasetDbException(
                    RegistryError.WRONG_OBJECT,
                    "Cannot find dataset: it is a view, which has no versions and no rows of its own (" + name + ")");
        }
        List<VersionRow> tombstones = VersionSql.all(sql, name);
        if (!tombstones.isEmpty()) {
            return dropped(tombstones);
        }
        String hint = suggestion(NearestName.of(name.name(), DatasetSql.names(sql, projectId)))
                .orElse("");
        return new DatasetDbException(
                RegistryError.UNDEFINED_DATASET,
                "Cannot find dataset: there is none of this name" + hint + " (" + name + ")");
    }

    /** That a dataset was here, when it went, and what its last version was, which SHOW LINEAGE OF still knows. */
    private static DatasetDbException dropped(List<VersionRow> tombstones) {
        VersionRow last = tombstones.get(0);
        Optional<Instant> time = tombstones.stream()
                .flatMap(version -> Optional.ofNullable(version.droppedAt()).stream())
                .max(Comparator.naturalOrder());
        return new DatasetDbException(
                RegistryError.UNDEFINED_DATASET,
                "Cannot find dataset: it was dropped"
                        + time.map(at -> " on "
                                        + LocalDateTime.ofInstant(at, ZoneOffset.UTC)
                                                .format(MINUTES) + " UTC")
                                .orElse("")
                        + ", its last version was " + last.version() + " (" + last.name() + ")");
    }

    /** Why a dataset that can be read has no version like this. */
    public static DatasetDbException noSuchVersion(Sql sql, DatasetName name, String selector) throws SQLException {
        return new DatasetDbException(
                RegistryError.UNDEFINED_VERSION,
                "Cannot find version " + selector + ": dataset " + name + " has " + describe(sql, name) + " (" + name
                        + "@" + selector + ")");
    }

    public static DatasetDbException dropped(DatasetName name, SemanticVersion version) {
        return new DatasetDbException(
                RegistryError.VERSION_DROPPED, "Cannot read version: it was dropped (" + name + "@" + version + ")");
    }

    private static String describe(Sql sql, DatasetName name) throws SQLException {
        List<SemanticVersion> complete = VersionSql.numbers(sql, name, VersionState.COMPLETE);
        List<SemanticVersion> dropped = VersionSql.numbers(sql, name, VersionState.DROPPED);
        return "versions " + some(complete) + (dropped.isEmpty() ? "" : ", dropped " + some(dropped));
    }

    private static String some(List<SemanticVersion> versions) {
        String listed = versions.stream()
                .limit(VERSIONS_IN_MESSAGE)
                .map(SemanticVersion::toString)
                .collect(Collectors.joining(", "));
        int more = versions.size() - VERSIONS_IN_MESSAGE;
        return more > 0 ? listed + " and " + more + " more" : listed;
    }

    private static Optional<String> suggestion(Optional<String> nearest) {
        return nearest.map(name -> ", did you mean " + name + "?");
    }
}
