// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.parse.ScriptSplitter;
import io.datasetdb.sql.parse.ScriptStatement;
import java.util.List;

/** The text by which a statement is remembered. */
final class StatementText {
    private StatementText() {}

    /** The statement verbatim, with the comments in it, before it and behind it; without the semicolon that ends it. */
    static String of(String sql) {
        List<ScriptStatement> statements = ScriptSplitter.split(sql);
        return statements.isEmpty() ? sql.strip() : statements.get(0).text();
    }
}
