// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ROW value; attributes are what {@code getObject} would return for columns of their types. Prints as JSON. */
final class SqlStruct implements Struct {
    private final DataType.Row type;
    private final List<?> values;

    SqlStruct(DataType.Row type, List<?> values) {
        this.type = type;
        this.values = values;
    }

    @Override
    public String getSQLTypeName() {
        return type.sql();
    }

    @Override
    public @Nullable Object[] getAttributes() throws SQLException {
        @Nullable Object[] result = new @Nullable Object[values.size()];
        for (int i = 0; i < result.length; i++) {
            Object value = values.get(i);
            result[i] =
                    value == null ? null : Values.object(type.fields().get(i).type(), value);
        }
        return result;
    }

    @Override
    public @Nullable Object[] getAttributes(Map<String, Class<?>> map) throws SQLException {
        return getAttributes();
    }

    @Override
    public String toString() {
        return JsonText.of(type, values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SqlStruct that
                && type.equals(that.type)
                && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
