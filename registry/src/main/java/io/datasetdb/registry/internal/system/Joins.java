// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import java.util.List;
import java.util.stream.Stream;

/** What most tables share: the way from a version to its names, and the columns that say them. */
final class Joins {
    /** From a row with {@code project_id} to its project {@code p} and namespace {@code n}. */
    static List<Partner> project(String alias) {
        return List.of(
                new Partner("p", "JOIN projects p ON p.project_id = " + alias + ".project_id"),
                new Partner("n", "JOIN namespaces n ON n.namespace_id = p.namespace_id"));
    }

    /** From {@code versions v} to dataset {@code d}, project {@code p} and namespace {@code n}. */
    static final List<Partner> VERSION_NAMES =
            concat(List.of(new Partner("d", "JOIN datasets d ON d.dataset_id = v.dataset_id")), project("d"));

    /** From {@code x.version_id} to the version {@code v} and its names. */
    static final List<Partner> VERSION =
            concat(List.of(new Partner("v", "JOIN versions v ON v.version_id = x.version_id")), VERSION_NAMES);

    /** From {@code x.parent_version_id} to the parent's version {@code pv} and its names. */
    static final List<Partner> PARENT_NAMES = List.of(
            new Partner("pv", "LEFT JOIN versions pv ON pv.version_id = x.parent_version_id"),
            new Partner("pd", "LEFT JOIN datasets pd ON pd.dataset_id = pv.dataset_id"),
            new Partner("pp", "LEFT JOIN projects pp ON pp.project_id = pd.project_id"),
            new Partner("pn", "LEFT JOIN namespaces pn ON pn.namespace_id = pp.namespace_id"));

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

    static List<Partner> concat(List<Partner> first, List<Partner> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
