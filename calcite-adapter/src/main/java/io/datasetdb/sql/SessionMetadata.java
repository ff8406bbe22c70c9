// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.vector.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What exists, as JDBC metadata asks for it. Patterns are SQL LIKE patterns with {@code \} as the escape character, matched
 * without regard to case; {@code null} matches everything. Versions are not listed as tables.
 */
public interface SessionMetadata {
    /** A dataset, view or system table. */
    record Table(
            String namespace,
            String project,
            String name,
            TableKind kind,
            @Nullable String comment) {}

    /** What {@code TABLE_TYPE} says. */
    enum TableKind {
        TABLE,
        VIEW,
        SYSTEM_TABLE
    }

    /** A column; {@code ordinal} counts from 1. */
    record Column(
            Table table, Field field, int ordinal, @Nullable String comment) {}

    /** A project with its namespace. */
    record Project(String namespace, String project) {}

    List<String> namespaces();

    List<Project> projects(@Nullable String namespacePattern, @Nullable String projectPattern);

    List<Table> tables(
            @Nullable String namespacePattern, @Nullable String projectPattern, @Nullable String namePattern);

    List<Column> columns(
            @Nullable String namespacePattern,
            @Nullable String projectPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern);

    /** Names of the functions that statements may call. */
    List<String> functions();
}
