// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which columns a dataset can have. */
final class StoredColumns {
    private StoredColumns() {}

    /** The same columns: none has the name of another, and each type has a stored form. */
    static Schema checked(DatasetName name, Schema schema) {
        Set<String> names = new HashSet<>();
        for (Field field : schema.fields()) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new DatasetDbException(
                        SqlError.DUPLICATE_COLUMN,
                        "Cannot create dataset " + name + ": two columns have the same name (" + field.name() + ")");
            }
            if (!isStored(field.type())) {
                throw new DatasetDbException(
                        SqlError.INVALID_DEFINITION,
                        "Cannot create dataset " + name + ": column " + field.name()
                                + " has a type that is not stored, cast it (" + field.type() + ")");
            }
        }
        return schema;
    }

    /** The columns of the first, in which there may be NULLs where there may be in the same columns of the second. */
    static Schema either(Schema left, Schema right) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Field field = left.field(i);
            DataType type = field.type().equals(right.field(i).type())
                    ? field.type()
                    : TypeMapping.nullableInside(field.type());
            fields.add(new Field(
                    field.name(), type, field.nullable() || right.field(i).nullable()));
        }
        return new Schema(fields);
    }

    static boolean isStored(DataType type) {
        return switch (type.kind()) {
            case INTERVAL_MONTH, INTERVAL_DAY, NULL -> false;
            case ARRAY -> isStored(((DataType.Array) type).element());
            case MAP -> isStored(((DataType.Map) type).key()) && isStored(((DataType.Map) type).value());
            case ROW -> ((DataType.Row) type).fields().stream().allMatch(field -> isStored(field.type()));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID -> true;
        };
    }
}
