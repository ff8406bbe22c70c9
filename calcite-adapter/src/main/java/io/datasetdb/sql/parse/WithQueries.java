// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/** A statement that changes rows, before which queries may have got names: WITH q AS (…) UPDATE … */
public interface WithQueries {
    /** What stands behind WITH; null if nothing does. */
    @Nullable
    SqlNodeList with();

    /** A query that knows these names, too. */
    static SqlNode before(@Nullable SqlNodeList with, SqlNode query) {
        if (with == null) {
            return query;
        }
        if (query instanceof SqlOrderBy ordered) {
            return new SqlOrderBy(
                    ordered.getParserPosition(),
                    before(with, ordered.query),
                    ordered.orderList,
                    ordered.offset,
                    ordered.fetch);
        }
        return new SqlWith(with.getParserPosition(), with, query);
    }

    /** Writes WITH and its queries, if there are any. */
    static void write(SqlWriter writer, @Nullable SqlNodeList with) {
        if (with != null) {
            writer.keyword(((SqlWithItem) with.get(0)).recursive.booleanValue() ? "WITH RECURSIVE" : "WITH");
            SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.WITH, "", "");
            for (SqlNode item : with) {
                writer.sep(",");
                item.unparse(writer, 0, 0);
            }
            writer.endList(frame);
        }
    }
}
