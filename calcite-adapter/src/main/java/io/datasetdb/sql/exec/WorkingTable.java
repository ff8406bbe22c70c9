// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import java.util.List;

/** What the recursive part of WITH RECURSIVE reads: the rows of the step before. Shared by the operators of one run. */
final class WorkingTable {
    private List<Batch> rows = List.of();

    List<Batch> rows() {
        return rows;
    }

    void replace(List<Batch> newRows) {
        rows = newRows;
    }
}
