// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.CatalogColumn;
import io.datasetdb.registry.CatalogEntry;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.NamePattern;
import io.datasetdb.vector.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL that lists datasets and their columns by patterns of names; what a pattern begins with is looked up in the index. */
public final class CatalogSql {
    /** Sorts behind every text that begins with what stands before it. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private static final String FROM = """
         FROM datasets d
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        """;
    private static final String WHERE = " WHERE d.kind = 'DATASET' AND d.latest_version_id IS NOT NULL";
    private static final String ENTRIES = "SELECT n.name, p.name, d.name, d.comment" + FROM + WHERE;
    private static final String COLUMNS =
            "SELECT n.name, p.name, d.name, d.comment, x.ordinal, x.name, x.data_type, x.nullable, c.comment" + FROM
                    + """
                    JOIN version_columns x ON x.version_id = d.latest_version_id
                    LEFT JOIN column_comments c ON c.dataset_id = d.dataset_id AND c.name_key = x.name_key
                    """ + WHERE;

    private final NamePattern namespace;
    private final NamePattern project;
    private final NamePattern name;

    public CatalogSql(NamePattern namespace, NamePattern project, NamePattern name) {
        this.namespace = namespace;
        this.project = project;
        this.name = name;
    }

    /** Datasets that can be read and are no listings, in no order. */
    public List<CatalogEntry> entries(Sql sql) throws SQLException {
        List<Object> arguments = new ArrayList<>();
        String query = ENTRIES + conditions(arguments);
        return sql.list(query, CatalogSql::entry, arguments.toArray()).stream()
                .filter(this::matches)
                .toList();
    }

    /** Columns of their latest versions, in no order. */
    public List<CatalogColumn> columns(Sql sql) throws SQLException {
        List<Object> arguments = new ArrayList<>();
        String query = COLUMNS + conditions(arguments);
        return sql.list(query, CatalogSql::column, arguments.toArray()).stream()
                .filter(column -> matches(column.dataset()))
                .toList();
    }

    private boolean matches(CatalogEntry entry) {
        DatasetName known = entry.name();
        return namespace.matches(known.namespace()) && project.matches(known.project()) && name.matches(known.name());
    }

    private String conditions(List<Object> arguments) {
        return condition("d", name, arguments)
                + condition("p", project, arguments)
                + condition("n", namespace, arguments);
    }

    private static String condition(String alias, NamePattern pattern, List<Object> arguments) {
        String prefix = pattern.prefix();
        if (pattern.isExact()) {
            arguments.add(prefix);
            return " AND " + alias + ".name_key = ?";
        }
        if (pattern.like().equals("%")) {
            return "";
        }
        // The range is found in the index, which databases do not see of a LIKE.
        arguments.add(prefix);
        arguments.add(prefix + LAST);
        arguments.add(pattern.like());
        String key = alias + ".name_key";
        return " AND " + key + " >= ? AND " + key + " <= ? AND " + key + " LIKE ? ESCAPE '\\'";
    }

    private static CatalogEntry entry(ResultSet row) throws SQLException {
        return new CatalogEntry(
                new DatasetName(row.getString(1), row.getString(2), row.getString(3)), row.getString(4));
    }

    private static CatalogColumn column(ResultSet row) throws SQLException {
        Field field = new Field(row.getString(6), TypeText.parse(row.getString(7)), row.getBoolean(8));
        return new CatalogColumn(entry(row), row.getInt(5), field, row.getString(9));
    }
}
