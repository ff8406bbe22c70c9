// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.sql.SQLException;
import java.util.AbstractList;
import java.util.List;
import org.apache.calcite.avatica.util.Cursor.Accessor;

/**
 * How the columns of a result are read. Avatica looks a column up here for every {@code getX(index)}, and makes an exception
 * without SQLSTATE of an index that is out of bounds: this list throws the right one instead.
 */
final class ColumnAccessors extends AbstractList<Accessor> {
    private final List<Accessor> columns;

    ColumnAccessors(List<Accessor> columns) {
        this.columns = columns;
    }

    @Override
    public Accessor get(int index) {
        if (index < 0 || index >= columns.size()) {
            throw ColumnAccessors.<RuntimeException>unchecked(Failures.of(
                    "Cannot read column " + (index + 1) + ": the result has columns 1 to " + columns.size(),
                    "07009",
                    null));
        }
        return columns.get(index);
    }

    @Override
    public int size() {
        return columns.size();
    }

    /** All callers are JDBC methods, which declare it; {@link List#get} in between cannot. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E unchecked(SQLException e) throws E {
        throw (E) e;
    }
}
