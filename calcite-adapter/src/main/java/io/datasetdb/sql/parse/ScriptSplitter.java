// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script at semicolons that are not inside quotes, comments or {@code $$ … $$}. Looks at nothing else, so that a
 * statement with an error in it does not keep those before it from running. What is never closed reaches to the end.
 */
public final class ScriptSplitter {
    private final String script;
    private final List<ScriptStatement> statements = new ArrayList<>();
    private int position;
    private int start;
    /** Whether anything but blanks and comments was seen since {@link #start}. */
    private boolean hasWords;

    private ScriptSplitter(String script) {
        this.script = script;
    }

    /** The statements in order; none for pieces that are blank or hold comments only. */
    public static List<ScriptStatement> split(String script) {
        ScriptSplitter splitter = new ScriptSplitter(script);
        splitter.run();
        return List.copyOf(splitter.statements);
    }

    private void run() {
        while (position < script.length()) {
            char c = script.charAt(position);
            if (c == ';') {
                end();
                position++;
                start = position;
            } else if (c == '-' && at("--")) {
                skipLine();
            } else if (c == '/' && at("/*")) {
                skipComment();
            } else {
                hasWords |= !Character.isWhitespace(c);
                skipToken(c);
            }
        }
        end();
    }

    private void skipToken(char c) {
        if (c == '\'') {
            skipQuoted('\'', isEscaped());
        } else if (c == '"') {
            skipQuoted('"', false);
        } else if (c == '$' && at("$$") && !followsWord(position)) {
            skipPast("$$", 2);
        } else {
            position++;
        }
    }

    private void end() {
        if (hasWords) {
            int from = start;
            while (Character.isWhitespace(script.charAt(from))) {
                from++;
            }
            String text = script.substring(from, position).stripTrailing();
            statements.add(new ScriptStatement(text, SourceText.line(script, from), SourceText.column(script, from)));
        }
        hasWords = false;
    }

    private boolean at(String token) {
        return script.startsWith(token, position);
    }

    private void skipLine() {
        while (position < script.length() && !SourceText.endsLine(script, position)) {
            position++;
        }
    }

    /** Comments nest. */
    private void skipComment() {
        int depth = 0;
        do {
            boolean opens = at("/*");
            boolean closes = at("*/");
            depth += opens ? 1 : closes ? -1 : 0;
            position += opens || closes ? 2 : 1;
        } while (depth > 0 && position < script.length());
    }

    private void skipPast(String token, int length) {
        int end = script.indexOf(token, position + length);
        position = end < 0 ? script.length() : end + token.length();
    }

    /** Two quotes in a row look like the end of one text and the start of the next, which comes to the same. */
    private void skipQuoted(char quote, boolean escaped) {
        position++;
        while (position < script.length() && script.charAt(position) != quote) {
            position += escaped && script.charAt(position) == '\\' ? 2 : 1;
        }
        position = Math.min(position + 1, script.length());
    }

    /** Whether the quote at the position begins a text such as {@code E'it\'s'}. */
    private boolean isEscaped() {
        int before = position - 1;
        return before >= 0 && Character.toUpperCase(script.charAt(before)) == 'E' && !followsWord(before);
    }

    private boolean followsWord(int index) {
        return index > 0 && Character.isJavaIdentifierPart(script.charAt(index - 1));
    }
}
