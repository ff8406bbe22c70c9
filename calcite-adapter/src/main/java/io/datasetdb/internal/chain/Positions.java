// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.error.DatasetDbException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Errors of SQL as errors of the call that it was made for. */
final class Positions {
    private static final Pattern OF_STATEMENT = Pattern.compile("^Cannot [a-z]+ (the )?statement: ");
    private static final Pattern NO_COLUMN = Pattern.compile("^Cannot find column (.*?): no table of the query has it");
    private static final Pattern POSITION = Pattern.compile(" (\\(?)at line (\\d+), column (\\d+)(\\)?)");

    private Positions() {}

    /**
     * The same error in the words of the caller: a position inside his expression is counted from its beginning, any other
     * means nothing to him.
     */
    static DatasetDbException in(String action, String query, @Nullable String expression, DatasetDbException error) {
        String message = reason(String.valueOf(error.getMessage()));
        Matcher position = POSITION.matcher(message);
        if (position.find()) {
            int start = expression == null ? -1 : query.indexOf(expression);
            int column = Integer.parseInt(position.group(3)) - start;
            boolean inside = expression != null
                    && start >= 0
                    && position.group(2).equals("1")
                    && column >= 1
                    && column <= expression.length();
            String where = inside ? " " + position.group(1) + "at column " + column + position.group(4) : "";
            message = position.replaceFirst(Matcher.quoteReplacement(where));
        }
        return new DatasetDbException(error.code(), "Cannot " + action + ": " + message, error);
    }

    private static String reason(String message) {
        Matcher column = NO_COLUMN.matcher(message);
        if (column.find()) {
            return column.replaceFirst("there is no column $1");
        }
        String reason = OF_STATEMENT.matcher(message).replaceFirst("");
        return reason.startsWith("Cannot ") ? "c" + reason.substring(1) : reason;
    }
}
