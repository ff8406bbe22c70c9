// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;

/** Whether a table has a last column that tells the position of each row, from 0. */
enum Numbering {
    NONE,
    ROWS;

    /**
     * The columns of a table with these ones.
     *
     * @param name of the dataset, for the error of a column that has the name already
     */
    Schema columns(Schema columns, Object name) {
        if (this == NONE) {
            return columns;
        }
        if (columns.indexOf(DatasetTable.ROW_NUMBER) >= 0) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot change rows of dataset " + name + ": it has a column of this name ("
                            + DatasetTable.ROW_NUMBER + ")");
        }
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.add(Field.required(DatasetTable.ROW_NUMBER, DataType.BIGINT));
        return new Schema(fields);
    }
}
