// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import java.util.List;
import java.util.stream.Stream;

/** What most tables share: the way from a version to its names, and the columns that say them. */
final class Joins {
    /** From {@code versions v} to dataset {@code d}, project {@code p} and namespace {@code n}. */
    static final String VERSION_NAMES = " " + """
        JOIN datasets d ON d.dataset_id = v.dataset_id
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id\
        """;

    /** From {@code x.parent_version_id} to the parent's version {@code pv} and its names. */
    static final String PARENT_NAMES = " " + """
        LEFT JOIN versions pv ON pv.version_id = x.parent_version_id
        LEFT JOIN datasets pd ON pd.dataset_id = pv.dataset_id
        LEFT JOIN projects pp ON pp.project_id = pd.project_id
        LEFT JOIN namespaces pn ON pn.namespace_id = pp.namespace_id\
        """;

    /** What holds for the rows that have a parent. */
    static final String HAS_PARENT = "pv.version_id IS NOT NULL";

    private Joins() {}

    /** namespace, project, name, version; then {@code more}. */
    static List<SystemColumn> ofVersion(SystemColumn... more) {
        return Stream.concat(
                        Stream.of(
                                SystemColumn.named("namespace", "n"),
                                SystemColumn.named("project", "p"),
                                SystemColumn.named("name", "d"),
                                SystemColumn.text("version", "v.version")),
                        Stream.of(more))
                .toList();
    }

    /** Rows of {@code table x} that belong to versions. */
    static String versionsWith(String table) {
        return table + " x JOIN versions v ON v.version_id = x.version_id" + VERSION_NAMES;
    }
}
