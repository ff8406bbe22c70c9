// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import java.util.List;

/**
 * What becomes of the rows for which one part of a statement speaks.
 *
 * @param kind what is done
 * @param columns the columns of the dataset that get values, by position
 * @param firstValue the position of the first of these values among the columns of the query
 */
record ChangeClause(Kind kind, List<Integer> columns, int firstValue) {
    enum Kind {
        UPDATE,
        DELETE,
        INSERT
    }

    ChangeClause {
        columns = List.copyOf(columns);
    }
}
