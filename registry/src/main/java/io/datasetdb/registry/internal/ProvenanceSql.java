// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.ColumnLineage;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Dependency;
import io.datasetdb.registry.FunctionUse;
import io.datasetdb.registry.Param;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL about what a version was made from: dependencies, column lineage, parameters, functions. */
final class ProvenanceSql {
    private static final String INSERT_DEPENDENCY =
            "INSERT INTO dependencies (version_id, ordinal, kind, parent_version_id, uri) VALUES (?, ?, ?, ?, ?)";
    private static final String INSERT_COLUMN = """
        INSERT INTO column_lineage (version_id, ordinal, column_name, column_key, parent_version_id, parent_column, derivation)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """;
    private static final String INSERT_PARAM =
            "INSERT INTO params (version_id, ordinal, param, param_value, origin) VALUES (?, ?, ?, ?, ?)";
    private static final String INSERT_FUNCTION =
            "INSERT INTO function_uses (version_id, function_name, function_hash) VALUES (?, ?, ?)";

    /** Columns 1 to 5 are the parent's name, number and uuid. */
    private static final String PARENT = """
        SELECT n.name, p.name, d.name, v.number, v.uuid, x.%s
        FROM %s x
        LEFT JOIN versions v ON v.version_id = x.parent_version_id
        LEFT JOIN datasets d ON d.dataset_id = v.dataset_id
        LEFT JOIN projects p ON p.project_id = d.project_id
        LEFT JOIN namespaces n ON n.namespace_id = p.namespace_id
        WHERE x.version_id = ? ORDER BY x.ordinal\
        """;

    private static final String DEPENDENCIES = PARENT.formatted("kind, x.uri", "dependencies");
    private static final String COLUMNS =
            PARENT.formatted("column_name, x.parent_column, x.derivation", "column_lineage");
    private static final String PARAMS =
            "SELECT param, param_value, origin FROM params WHERE version_id = ? ORDER BY ordinal";
    private static final String FUNCTIONS = """
        SELECT function_name, function_hash FROM function_uses WHERE version_id = ?
        ORDER BY function_name, function_hash\
        """;

    private ProvenanceSql() {}

    static void insert(Sql sql, long versionId, Provenance provenance) throws SQLException {
        Map<UUID, Long> ids = parentIds(sql, provenance);
        List<Dependency> dependencies = List.copyOf(new LinkedHashSet<>(provenance.dependencies()));
        sql.batch(INSERT_DEPENDENCY, dependencies, (dependency, ordinal) -> new @Nullable Object[] {
            versionId, ordinal, dependency.kind().name(), id(ids, parent(dependency)), uri(dependency)
        });
        List<ColumnLineage> columns = List.copyOf(new LinkedHashSet<>(provenance.columnLineage()));
        sql.batch(INSERT_COLUMN, columns, (column, ordinal) -> new @Nullable Object[] {
            versionId,
            ordinal,
            column.column(),
            DatasetName.key(column.column()),
            id(ids, column.parent()),
            column.parentColumn(),
            column.derivation().name()
        });
        sql.batch(INSERT_PARAM, provenance.params(), (param, ordinal) -> new @Nullable Object[] {
            versionId, ordinal, param.name(), param.value(), param.origin().name()
        });
        if (provenance.recipe() != null) {
            RecipeSql.insert(sql, versionId, provenance.recipe(), ids);
        }
        List<FunctionUse> uses = List.copyOf(new LinkedHashSet<>(provenance.functionUses()));
        sql.batch(INSERT_FUNCTION, uses, (use, ordinal) -> new Object[] {versionId, use.name(), use.hash()});
    }

    private static @Nullable VersionRef parent(Dependency dependency) {
        if (dependency instanceof Dependency.OnDataset onDataset) {
            return onDataset.parent();
        }
        return dependency instanceof Dependency.OnStorage onStorage ? onStorage.listing() : null;
    }

    private static @Nullable String uri(Dependency dependency) {
        if (dependency instanceof Dependency.OnStorage onStorage) {
            return onStorage.uri();
        }
        return dependency instanceof Dependency.OnExternal onExternal ? onExternal.uri() : null;
    }

    private static Map<UUID, Long> parentIds(Sql sql, Provenance provenance) throws SQLException {
        var refs = new LinkedHashSet<VersionRef>();
        for (Dependency dependency : provenance.dependencies()) {
            Optional.ofNullable(parent(dependency)).ifPresent(refs::add);
        }
        for (ColumnLineage column : provenance.columnLineage()) {
            Optional.ofNullable(column.parent()).ifPresent(refs::add);
        }
        if (provenance.recipe() != null) {
            for (Recipe.Input input : provenance.recipe().inputs()) {
                Optional.ofNullable(input.version()).ifPresent(refs::add);
            }
        }
        var ids = new HashMap<UUID, Long>();
        for (VersionRef ref : refs) {
            ids.put(
                    ref.uuid(),
                    VersionSql.idOf(sql, ref.uuid())
                            .orElseThrow(() -> new DatasetDbException(
                                    RegistryError.UNDEFINED_VERSION,
                                    "Cannot record dependency: the registry has no such version (" + ref + ")")));
        }
        return ids;
    }

    private static @Nullable Long id(Map<UUID, Long> ids, @Nullable VersionRef ref) {
        return ref == null ? null : ids.get(ref.uuid());
    }

    static Provenance read(Sql sql, VersionRow version) throws SQLException {
        return new Provenance(
                version.statement(),
                VersionSql.scriptBody(sql, version.scriptId()),
                version.scriptName(),
                version.author(),
                version.client(),
                version.startedAt(),
                version.startedAt().plusMillis(version.durationMillis()),
                version.engineVersion(),
                sql.list(DEPENDENCIES, ProvenanceSql::dependency, version.id()),
                sql.list(
                        PARAMS,
                        row -> new Param(row.getString(1), row.getString(2), Param.Origin.valueOf(row.getString(3))),
                        version.id()),
                sql.list(FUNCTIONS, row -> new FunctionUse(row.getString(1), row.getString(2)), version.id()),
                sql.list(
                        COLUMNS,
                        row -> new ColumnLineage(
                                row.getString(6),
                                parent(row),
                                row.getString(7),
                                ColumnLineage.Derivation.valueOf(row.getString(8))),
                        version.id()),
                version.contentHash(),
                version.jobId(),
                RecipeSql.read(sql, version.id()).orElse(null));
    }

    private static @Nullable VersionRef parent(ResultSet row) throws SQLException {
        String uuid = row.getString(5);
        return uuid == null
                ? null
                : new VersionRef(
                        new DatasetName(row.getString(1), row.getString(2), row.getString(3)),
                        SemanticVersion.ofNumber(row.getLong(4)),
                        UUID.fromString(uuid));
    }

    private static Dependency dependency(ResultSet row) throws SQLException {
        VersionRef parent = parent(row);
        String uri = row.getString(7);
        return switch (Dependency.Kind.valueOf(row.getString(6))) {
            case DATASET -> new Dependency.OnDataset(known(parent));
            case STORAGE -> new Dependency.OnStorage(known(uri), parent);
            case EXTERNAL -> new Dependency.OnExternal(known(uri));
        };
    }

    private static <T> T known(@Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("a dependency lacks its parent");
        }
        return value;
    }
}
