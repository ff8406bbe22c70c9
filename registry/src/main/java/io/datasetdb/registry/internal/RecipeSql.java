// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL about how statements are run again. */
final class RecipeSql {
    private static final String INSERT =
            "INSERT INTO recipes (version_id, namespace, project, user_name) VALUES (?, ?, ?, ?)";
    private static final String INSERT_INPUT = """
        INSERT INTO recipe_inputs (version_id, ordinal, name, input_version_id, definition, fingerprint, files)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """;
    private static final String SELECT = "SELECT namespace, project, user_name FROM recipes WHERE version_id = ?";
    private static final String INPUTS = """
        SELECT n.name, p.name, d.name, v.number, v.uuid, x.name, x.definition, x.fingerprint, x.files
        FROM recipe_inputs x
        LEFT JOIN versions v ON v.version_id = x.input_version_id
        LEFT JOIN datasets d ON d.dataset_id = v.dataset_id
        LEFT JOIN projects p ON p.project_id = d.project_id
        LEFT JOIN namespaces n ON n.namespace_id = p.namespace_id
        WHERE x.version_id = ? ORDER BY x.ordinal\
        """;

    private RecipeSql() {}

    /** {@code ids} has those of all versions in the recipe. */
    static void insert(Sql sql, long versionId, Recipe recipe, Map<UUID, Long> ids) throws SQLException {
        sql.update(INSERT, versionId, recipe.namespace(), recipe.project(), recipe.user());
        sql.batch(INSERT_INPUT, recipe.inputs(), (input, ordinal) -> new @Nullable Object[] {
            versionId,
            ordinal,
            input.name(),
            input.version() == null ? null : ids.get(input.version().uuid()),
            input.definition(),
            input.fingerprint(),
            TextList.ofRows(input.files().stream()
                    .map(file -> List.of(file.uri(), Long.toString(file.size()), file.etag()))
                    .toList())
        });
    }

    /** Empty for versions that an older release made. */
    static Optional<Recipe> read(Sql sql, long versionId) throws SQLException {
        List<Recipe.Input> inputs = sql.list(INPUTS, RecipeSql::input, versionId);
        return sql.first(
                SELECT, row -> new Recipe(row.getString(1), row.getString(2), row.getString(3), inputs), versionId);
    }

    private static Recipe.Input input(ResultSet row) throws SQLException {
        String uuid = row.getString(5);
        VersionRef version = uuid == null
                ? null
                : new VersionRef(
                        new DatasetName(row.getString(1), row.getString(2), row.getString(3)),
                        SemanticVersion.ofNumber(row.getLong(4)),
                        UUID.fromString(uuid));
        List<Recipe.FileState> files = TextList.rows(row.getString(9)).stream()
                .map(file -> new Recipe.FileState(file.get(0), Long.parseLong(file.get(1)), file.get(2)))
                .toList();
        return new Recipe.Input(row.getString(6), version, row.getString(7), row.getString(8), files);
    }
}
