// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.parse.ScriptSplitter;
import io.datasetdb.sql.parse.ScriptStatement;
import io.datasetdb.udf.ProgramFunctions;
import java.util.List;
import java.util.regex.Pattern;

/** What can be said about statements by their text. */
public final class QueryText {
    private static final Pattern SELECT = Pattern.compile(
            // Possessive all of it, because what may be given back is kept on the stack.
            "(?:[\\s(]++|--[^\\n]*+\\n?+|/\\*(?:[^*]++|\\*(?!/))*+\\*/)*+(SELECT|WITH|VALUES|FROM|TABLE)\\b.*+",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("\\bORDER\\s+BY\\b", Pattern.CASE_INSENSITIVE);

    private QueryText() {}

    /** The statement without the semicolon that ends it; more than one are left for the parser to refuse. */
    public static String withoutEnd(String statement) {
        List<ScriptStatement> statements = ScriptSplitter.split(statement);
        return statements.size() == 1 ? statements.get(0).text() : statement;
    }

    /** Whether it is a query that may stand inside another. */
    public static boolean isSelect(String statement) {
        return SELECT.matcher(statement).matches();
    }

    /** Whether a query ends in an ORDER BY without a limit, so that SQL would drop the order inside of another query. */
    public static boolean isOrdered(Session session, String query) {
        if (!ORDER.matcher(query).find()) {
            return false;
        }
        try {
            session.schemaOf(query + "\n LIMIT 1", ProgramFunctions.NONE);
            return true;
        } catch (DatasetDbException e) {
            // It has a limit already.
            return false;
        }
    }
}
