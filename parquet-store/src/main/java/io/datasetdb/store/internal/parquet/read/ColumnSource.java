// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** One column of an opened row group, read or passed over from the first row on. */
final class ColumnSource {
    private final @Nullable NodeReader reader;
    private final Field field;
    private final String location;
    /** Rows passed over since the last read; the reader passes over all of them at once. */
    private int pending;

    /** @param reader reads the column, or {@code null} if the file lacks it */
    ColumnSource(@Nullable NodeReader reader, Field field, String location) {
        this.reader = reader;
        this.field = field;
        this.location = location;
    }

    /** The next rows. */
    Vector read(int rows) {
        if (reader == null) {
            return ConstantVector.ofNull(field.type(), rows);
        }
        reader.skip(pending);
        pending = 0;
        reader.read(rows);
        Vector vector = reader.checked(reader.assemble(), rows);
        if (vector.mayHaveNulls() && !field.nullable()) {
            throw new DatasetDbException(
                    StoreError.FILE_DAMAGED,
                    "Cannot read column " + field.name() + " of " + location + ": it holds a NULL, which it must not");
        }
        return vector;
    }

    /** Passes over the next rows. */
    void skip(int rows) {
        pending = Math.addExact(pending, rows);
    }

    /** Fails if there is more after the last row, unless the last row was passed over. */
    void expectEnd() {
        if (reader != null && pending == 0) {
            reader.expectEnd();
        }
    }
}
