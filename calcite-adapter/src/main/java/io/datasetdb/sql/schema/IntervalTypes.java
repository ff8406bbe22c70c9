// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The widest interval types. */
final class IntervalTypes {
    private IntervalTypes() {}

    static RelDataType months(RelDataTypeFactory factory) {
        return factory.createSqlIntervalType(
                new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
    }

    static RelDataType days(RelDataTypeFactory factory) {
        return factory.createSqlIntervalType(
                new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
    }
}
