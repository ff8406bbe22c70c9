// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** A measurement of a version, which has a name and a finite value. */
record Metric(String name, double value) {
    Metric {
        if (name.isBlank()) {
            throw refused("the metric has no name", name);
        }
        if (!Double.isFinite(value)) {
            throw refused("the value of " + name + " is no finite number", String.valueOf(value));
        }
    }

    /** The metric of a value as an expression yielded it. */
    static Metric of(String name, @Nullable Object value) {
        if (value == null) {
            throw refused("the value of " + name + " must not be NULL", "NULL");
        }
        return new Metric(name, (Double) value);
    }

    /** An expression, or a query of one value, as a value of this type. */
    static SqlNode cast(SqlNode argument, SqlTypeName type) {
        SqlParserPos position = argument.getParserPosition();
        SqlNode scalar = argument.isA(SqlKind.QUERY)
                ? SqlStdOperatorTable.SCALAR_QUERY.createCall(position, argument)
                : argument;
        return SqlStdOperatorTable.CAST.createCall(
                position, scalar, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
    }

    static DatasetDbException refused(String reason, String value) {
        return new DatasetDbException(
                SqlError.INVALID_ARGUMENT, "Cannot record the metric: " + reason + " (" + value + ")");
    }
}
