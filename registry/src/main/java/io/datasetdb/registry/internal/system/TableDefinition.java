// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import io.datasetdb.vector.Schema;
import java.util.List;

/** What a system table looks like and where its rows come from. A new one is one class and one line in {@link TableDefinitions}. */
public interface TableDefinition {
    /** Lower case. */
    String name();

    /** One sentence for people. */
    String comment();

    List<SystemColumn> columns();

    /** The table that has a row for each row, with its alias; and what only decides which rows there are. */
    String from();

    /** What further columns come from, each to be joined behind those before it. */
    default List<Partner> partners() {
        return List.of();
    }

    /** What tells rows apart, if columns are too dear to be computed for rows that a sort does not keep; else empty. */
    default String key() {
        return "";
    }

    /** Conditions that every row meets. */
    default String where() {
        return "1 = 1";
    }

    /** Whether the history of queries must be written before the table is read. */
    default boolean showsQueries() {
        return false;
    }

    /** Whether when folders were last listed must be written before the table is read. */
    default boolean showsListings() {
        return false;
    }

    /** Whether how far the jobs are must be written before the table is read. */
    default boolean showsJobs() {
        return false;
    }

    default Schema schema() {
        return new Schema(columns().stream().map(SystemColumn::field).toList());
    }
}
