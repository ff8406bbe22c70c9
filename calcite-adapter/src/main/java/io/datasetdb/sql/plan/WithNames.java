// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The names that a WITH clause gives: Calcite lets a later one of the same name hide the first. */
final class WithNames {
    private WithNames() {}

    /** Fails if two queries have the same name. */
    static void check(SqlWith with) {
        Set<String> names = new HashSet<>();
        for (SqlNode item : with.withList) {
            SqlIdentifier name = ((SqlWithItem) item).name;
            if (!names.add(name.getSimple().toLowerCase(Locale.ROOT))) {
                SqlParserPos position = name.getParserPosition();
                throw new DatasetDbException(
                        SqlError.INVALID_STATEMENT,
                        "Cannot name a query " + name.getSimple() + ": another one of WITH has this name (at line "
                                + position.getLineNum() + ", column " + position.getColumnNum() + ")");
            }
        }
    }
}
