// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds the name that a statement has at the place of an error, of which the error's own words tell one part. */
final class NamesAt {
    private NamesAt() {}

    static Optional<List<String>> of(SqlNode statement, CalciteContextException place) {
        SqlIdentifier[] found = new SqlIdentifier[1];
        statement.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // The visitor has no result.
            public Void visit(SqlIdentifier name) {
                // An alias that was added has the place of its name, and comes after it.
                if (found[0] == null
                        && name.getParserPosition().getLineNum() == place.getPosLine()
                        && name.getParserPosition().getColumnNum() == place.getPosColumn()) {
                    found[0] = name;
                }
                return null;
            }
        });
        return Optional.ofNullable(found[0]).map(name -> name.names);
    }
}
