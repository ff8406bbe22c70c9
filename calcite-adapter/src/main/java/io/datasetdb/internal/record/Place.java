// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import java.lang.reflect.Type;

/**
 * What is read as what, for errors.
 *
 * @param column what is read: {@code column tags}
 * @param target as what: {@code component tags of Photo}
 */
public record Place(String column, String target) {
    Place elements() {
        return new Place("elements of " + column, target);
    }

    Place field(String name, String component) {
        return new Place("field " + name + " of " + column, component);
    }

    DatasetDbException mismatch(DataType type, Type wanted) {
        return new DatasetDbException(
                ProgramError.MISMATCH,
                "Cannot read " + column + " as " + target + ": " + type.sql() + " is no " + wanted.getTypeName());
    }

    DatasetDbException badValue(String wanted, Object value, Throwable cause) {
        return new DatasetDbException(
                ProgramError.BAD_VALUE,
                "Cannot read " + column + " as " + target + ": the value is no " + wanted + " (" + value + ")",
                cause);
    }

    DatasetDbException isNull(String type) {
        return new DatasetDbException(
                ProgramError.NULL_VALUE,
                "Cannot read " + column + " as " + target + ": it is NULL, which no " + type
                        + " can be; a boxed type or Optional can");
    }
}
