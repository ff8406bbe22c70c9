// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into the next version of a dataset, watched for NULLs. A column that was declared NOT NULL gets none. One
 * that merely had none so far, as columns that a query made, allows NULL from the version on in which there is one; so do
 * fields inside nested values, which nothing declares, from the first change on.
 */
final class ChangedRows implements BatchSource {
    private final BatchSource rows;
    private final String action;
    private final Schema schema;
    private final boolean[] declared;
    private final boolean[] hasNulls;
    private long count;

    /**
     * @param rows with the columns of {@code schema}; the caller closes them
     * @param action what is being done, as a sentence after "Cannot" says it
     */
    ChangedRows(BatchSource rows, String action, Schema schema, Set<String> declaredNotNull) {
        this.rows = rows;
        this.action = action;
        this.schema = schema;
        this.declared = new boolean[schema.size()];
        this.hasNulls = new boolean[schema.size()];
        for (int i = 0; i < declared.length; i++) {
            declared[i] = declaredNotNull.contains(schema.field(i).name());
        }
    }

    /** Whether rows of the one can be rows of the other. */
    static boolean sameColumns(Schema left, Schema right) {
        return withNulls(left).equals(withNulls(right));
    }

    private static Schema withNulls(Schema schema) {
        return new Schema(schema.fields().stream()
                .map(field -> Field.of(field.name(), TypeMapping.nullableInside(field.type())))
                .toList());
    }

    /** The columns as files can have them before any row was seen: {@code values} says where NULLs may come from. */
    Schema writable(Schema values) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            boolean nullable =
                    !declared[i] && (field.nullable() || values.field(i).nullable());
            fields.add(new Field(field.name(), TypeMapping.nullableInside(field.type()), nullable));
        }
        return new Schema(fields);
    }

    /** The columns of a version that has these rows, after the last row, and those of a version with columns {@code base}. */
    Schema columns(Schema base) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < base.size(); i++) {
            Field field = base.field(i);
            boolean nullable = field.nullable() || hasNulls[i];
            fields.add(new Field(field.name(), TypeMapping.nullableInside(field.type()), nullable));
        }
        return new Schema(fields);
    }

    /** Rows so far. */
    long count() {
        return count;
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = rows.next();
        if (batch != null) {
            count += batch.size();
            for (int i = 0; i < hasNulls.length; i++) {
                if (!hasNulls[i] && hasNull(batch.column(i), batch.selection())) {
                    hasNulls[i] = true;
                    check(i, declared[i]);
                }
            }
        }
        return batch;
    }

    /** Fails if the rows so far have NULLs in columns that were declared NOT NULL by others meanwhile. */
    void check(Set<String> declaredNotNull) {
        for (int i = 0; i < hasNulls.length; i++) {
            check(i, declaredNotNull.contains(schema.field(i).name()));
        }
    }

    private void check(int column, boolean isNotNull) {
        if (isNotNull && hasNulls[column]) {
            throw new DatasetDbException(
                    SqlError.NOT_NULL,
                    "Cannot " + action + ": column " + schema.field(column).name() + " is NOT NULL, and a row has none"
                            + " (NULL)");
        }
    }

    private static boolean hasNull(Vector column, Selection selection) {
        if (column.mayHaveNulls()) {
            for (int i = 0; i < selection.size(); i++) {
                if (column.isNull(selection.position(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        rows.close();
    }
}
