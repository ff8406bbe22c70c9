// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** How a version is said in a name: {@code x FOR VERSION AS OF '1.2.0'} is the name {@code "x@1.2.0"}. */
public final class Versions {
    private static final char SEPARATOR = '@';

    private Versions() {}

    /** The name with the version in its last segment. */
    public static SqlIdentifier append(SqlIdentifier name, SqlLiteral version) {
        int last = name.names.size() - 1;
        String segment = name.names.get(last);
        if (segment.indexOf(SEPARATOR) >= 0) {
            throw SyntaxErrors.at(version.getParserPosition(), "a version is given twice");
        }
        List<String> names = new ArrayList<>(name.names);
        names.set(last, segment + SEPARATOR + SqlStatement.string(version).strip());
        List<SqlParserPos> positions = new ArrayList<>();
        for (int i = 0; i < last; i++) {
            positions.add(name.getComponentParserPosition(i));
        }
        // Quoted, because it could not be read back otherwise.
        positions.add(name.getComponentParserPosition(last)
                .plus(version.getParserPosition())
                .withQuoting(true));
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }
}
