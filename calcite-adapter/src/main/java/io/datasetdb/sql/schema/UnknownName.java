// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Project;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.SqlError;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A name in a query that leads to no dataset, and the sentence that says at which of its parts the way ends. */
record UnknownName(StatementCatalog catalog, Registry registry, List<String> parts) {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    UnknownName {
        String last = parts.get(parts.size() - 1);
        int time = last.indexOf(StatementCatalog.AS_OF);
        if (time >= 0) {
            parts = new ArrayList<>(parts);
            parts.set(parts.size() - 1, last.substring(0, time));
        }
        parts = List.copyOf(parts);
    }

    /** The error; {@code position} ends its sentence. */
    DatasetDbException error(String position, Throwable cause) {
        boolean isSystem = parts.size() == 2 && parts.get(0).equalsIgnoreCase(StatementCatalog.SYSTEM_PROJECT);
        if (parts.size() > 3 || isSystem) {
            return undefinedDataset(position, cause);
        }
        String namespace = parts.size() == 3 ? parts.get(0) : catalog.defaultNamespace();
        String project = parts.size() == 1 ? catalog.defaultProject() : parts.get(parts.size() - 2);
        if (catalog.namespace(namespace).isEmpty()) {
            return undefined("namespace", namespace, registry.namespaces(), position, cause);
        }
        if (catalog.project(namespace, project).isEmpty()) {
            List<String> projects = registry.projects().stream()
                    .filter(known -> known.namespace().equalsIgnoreCase(namespace))
                    .map(Project::name)
                    .toList();
            return undefined("project", namespace + "." + project, prefixed(namespace, projects), position, cause);
        }
        return dropped(namespace, project, position, cause).orElseGet(() -> undefinedDataset(position, cause));
    }

    private static List<String> prefixed(String namespace, List<String> projects) {
        return projects.stream().map(project -> namespace + "." + project).toList();
    }

    private static DatasetDbException undefined(
            String what, String name, List<String> candidates, String position, Throwable cause) {
        return error(
                SqlError.UNDEFINED_PROJECT,
                "Cannot find " + what + " " + name + ": there is none of this name"
                        + didYouMean(NearestName.of(name, candidates)) + position,
                cause);
    }

    private DatasetDbException undefinedDataset(String position, Throwable cause) {
        String name = String.join(".", parts);
        return error(
                SqlError.UNDEFINED_TABLE,
                "Cannot find dataset " + name + ": there is none of this name"
                        + didYouMean(catalog.nearestDataset(isDefault() ? parts.get(parts.size() - 1) : name))
                        + position,
                cause);
    }

    /** Whether the name only says what would hold without saying: then suggestions are short too. */
    private boolean isDefault() {
        return parts.size() == 3
                && parts.get(0).equalsIgnoreCase(catalog.defaultNamespace())
                && parts.get(1).equalsIgnoreCase(catalog.defaultProject());
    }

    /** Of a dataset that was there, users want to know what became of it. */
    private Optional<DatasetDbException> dropped(String namespace, String project, String position, Throwable cause) {
        String last = parts.get(parts.size() - 1);
        int at = last.indexOf('@');
        if (last.indexOf('.') >= 0 && at < 0 || at == 0) {
            return Optional.empty();
        }
        DatasetName name = new DatasetName(namespace, project, at < 0 ? last : last.substring(0, at));
        List<DatasetVersion> tombstones = registry.versions(name);
        if (tombstones.isEmpty()) {
            return Optional.empty();
        }
        String time = tombstones.stream()
                .flatMap(version -> version.droppedAt().stream())
                .max(java.util.Comparator.naturalOrder())
                .map(dropped -> " on "
                        + LocalDateTime.ofInstant(dropped, ZoneOffset.UTC).format(MINUTES) + " UTC")
                .orElse("");
        return Optional.of(error(
                SqlError.UNDEFINED_TABLE,
                "Cannot find dataset " + String.join(".", parts) + ": it was dropped" + time + ", its last version was "
                        + tombstones.get(0).version() + position,
                cause));
    }

    private static String didYouMean(Optional<String> nearest) {
        return nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static DatasetDbException error(ErrorCode code, String sentence, Throwable cause) {
        return new DatasetDbException(code, sentence, cause);
    }
}
