// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Positions in the text of a statement. Lines and columns count from 1; a line ends at {@code \n}, {@code \r} or both, as
 * the generated parser counts them, and a column is one UTF-16 code unit.
 */
public final class SourceText {
    private SourceText() {}

    /** The text from the start of one position to the end of another. */
    public static String between(String text, SqlParserPos from, SqlParserPos to) {
        return text.substring(
                index(text, from.getLineNum(), from.getColumnNum()),
                index(text, to.getEndLineNum(), to.getEndColumnNum()) + 1);
    }

    /** The text from behind the end of one position to the end of another, without white space at its ends. */
    public static String after(String text, SqlParserPos from, SqlParserPos to) {
        return text.substring(
                        index(text, from.getEndLineNum(), from.getEndColumnNum()) + 1,
                        index(text, to.getEndLineNum(), to.getEndColumnNum()) + 1)
                .strip();
    }

    /** The index of a character; the text's length if it lies behind the end. */
    static int index(String text, int line, int column) {
        int i = 0;
        for (int l = 1; l < line && i < text.length(); i++) {
            if (endsLine(text, i)) {
                l++;
            }
        }
        return Math.min(i + column - 1, text.length());
    }

    /** The line of a character. */
    static int line(String text, int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += endsLine(text, i) ? 1 : 0;
        }
        return line;
    }

    /** The column of a character. */
    static int column(String text, int index) {
        int i = index;
        while (i > 0 && !endsLine(text, i - 1)) {
            i--;
        }
        return index - i + 1;
    }

    /** Whether the character at {@code i} is the last one of a line. */
    static boolean endsLine(String text, int i) {
        char c = text.charAt(i);
        return c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
    }
}
