// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;
import java.util.regex.Pattern;

/** Two namespaces, three tables, one of them a system table. */
final class FakeMetadata implements SessionMetadata {
    private static final Table PHOTOS = new Table("main", "public", "photos", TableKind.TABLE, "all photos");
    private static final Table A_B = new Table("main", "public", "a_b", TableKind.VIEW, null);
    private static final Table VERSIONS = new Table("main", "registry", "versions", TableKind.SYSTEM_TABLE, null);

    private static boolean like(String pattern, String name) {
        if (pattern == null) {
            return true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)
                .matcher(name)
                .matches();
    }

    @Override
    public List<String> namespaces() {
        return List.of("main", "lab");
    }

    @Override
    public List<Project> projects(String namespacePattern, String projectPattern) {
        return List.of(new Project("main", "public"), new Project("main", "registry"), new Project("lab", "x_ray"))
                .stream()
                .filter(p -> like(namespacePattern, p.namespace()) && like(projectPattern, p.project()))
                .toList();
    }

    @Override
    public List<Table> tables(String namespacePattern, String projectPattern, String namePattern) {
        return List.of(VERSIONS, PHOTOS, A_B).stream()
                .filter(t -> like(namespacePattern, t.namespace())
                        && like(projectPattern, t.project())
                        && like(namePattern, t.name()))
                .toList();
    }

    @Override
    public List<Column> columns(
            String namespacePattern, String projectPattern, String tablePattern, String columnPattern) {
        return List.of(
                        new Column(PHOTOS, Field.of("size", DataType.decimal(20, 2)), 2, null),
                        new Column(PHOTOS, Field.required("path", DataType.VARCHAR), 1, "where it is"),
                        new Column(PHOTOS, Field.of("emb", DataType.array(DataType.REAL)), 3, null))
                .stream()
                .filter(c -> like(namespacePattern, c.table().namespace())
                        && like(projectPattern, c.table().project())
                        && like(tablePattern, c.table().name())
                        && like(columnPattern, c.field().name()))
                .toList();
    }

    @Override
    public List<String> functions() {
        return List.of("cosine_distance", "upper");
    }
}
