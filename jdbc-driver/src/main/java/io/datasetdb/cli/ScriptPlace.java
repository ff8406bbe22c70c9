// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.sql.parse.ScriptStatement;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Errors of a statement as errors of the text that it is one of several in. */
final class ScriptPlace {
    /** Positions in the statement; those inside of a view or of a file that it reads look otherwise. */
    private static final Pattern POSITION = Pattern.compile(
            "(\\(at|^Cannot parse statement: .* at) line (\\d+), column (\\d+)(?! of )", Pattern.DOTALL);

    private ScriptPlace() {}

    /**
     * The same error with the position counted from the beginning of the text.
     *
     * @param file where the text is from, which is then named
     */
    static SQLException of(SQLException error, ScriptStatement statement, @Nullable Path file) {
        String message = String.valueOf(error.getMessage());
        String name = file == null ? "" : " of " + file;
        Matcher position = POSITION.matcher(message);
        if (position.find()) {
            int line = Integer.parseInt(position.group(2));
            int column = Integer.parseInt(position.group(3)) + (line == 1 ? statement.column() - 1 : 0);
            String place = position.group(1) + " line " + (statement.line() + line - 1) + ", column " + column + name;
            message = position.replaceFirst(Matcher.quoteReplacement(place));
        } else if (file != null) {
            message += " (in the statement at line " + statement.line() + name + ")";
        }
        String state = error.getSQLState();
        return state == null || message.equals(error.getMessage()) ? error : Failures.of(message, state, error);
    }
}
