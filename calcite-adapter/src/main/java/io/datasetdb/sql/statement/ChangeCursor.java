// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through the rows of a {@link ChangeQuery}: the changed ones by their numbers, then those to insert. */
final class ChangeCursor {
    private final BatchSource rows;
    private final List<ChangeClause> clauses;
    private final ChangeQuery.Matches matches;
    private final String action;
    private @Nullable Batch batch;
    private int index;
    private long row = -1;
    private long count;

    /** @param action what is being done, as a sentence after "Cannot" says it */
    ChangeCursor(BatchSource rows, List<ChangeClause> clauses, ChangeQuery.Matches matches, String action) {
        this.rows = rows;
        this.clauses = clauses;
        this.matches = matches;
        this.action = action;
        this.batch = rows.next();
        locate();
    }

    /** The number of the changed row, or {@link Long#MAX_VALUE} behind the last of them. */
    long row() {
        return row;
    }

    /** Whether there is no row any more, not even one to insert. */
    boolean isAtEnd() {
        return batch == null;
    }

    /** What is done with the row. */
    ChangeClause clause() {
        Batch current = current();
        int number =
                (Integer) java.util.Objects.requireNonNull(current.column(1).getObject(position(current)));
        return clauses.get(number);
    }

    /** Appends the row's value at a column of the query. */
    void append(int column, VectorBuilder to) {
        Batch current = current();
        to.append(current.column(column), position(current));
    }

    /** Rows that were passed. */
    long count() {
        return count;
    }

    /** Goes to the next row; one of the dataset comes up once only. */
    void advance() {
        long before = row;
        count++;
        step();
        while (row == before && row != Long.MAX_VALUE) {
            switch (matches) {
                case FIRST -> step();
                case ONE ->
                    throw new DatasetDbException(
                            KernelError.MORE_THAN_ONE_ROW,
                            "Cannot " + action + ": more than one row of the source changes the same row (" + row
                                    + ")");
            }
        }
    }

    private void step() {
        index++;
        if (index == current().size()) {
            batch = rows.next();
            index = 0;
        }
        locate();
    }

    private void locate() {
        Batch current = batch;
        Object number = current == null ? null : current.column(0).getObject(position(current));
        row = number == null ? Long.MAX_VALUE : (Long) number;
    }

    private Batch current() {
        return java.util.Objects.requireNonNull(batch);
    }

    private int position(Batch current) {
        return current.selection().position(index);
    }
}
