// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into its statements at semicolons, except those in {@code 'text'}, {@code "names"}, {@code $$source$$},
 * {@code -- comments} and {@code /* comments *}{@code /}. The statements keep their text, comments and all; pieces of nothing but
 * comments are left out.
 */
final class StatementSplitter {
    private final String script;
    private final List<String> statements = new ArrayList<>();
    private int start;
    private boolean meaningful;

    private StatementSplitter(String script) {
        this.script = script;
    }

    static List<String> split(String script) {
        StatementSplitter splitter = new StatementSplitter(script);
        splitter.run();
        return List.copyOf(splitter.statements);
    }

    private void run() {
        int i = 0;
        while (i < script.length()) {
            char c = script.charAt(i);
            if (c == ';') {
                cut(i);
                start = ++i;
            } else if (script.startsWith("--", i)) {
                i = after("\n", i);
            } else if (script.startsWith("/*", i)) {
                i = after("*/", i + 2);
            } else {
                meaningful |= !Character.isWhitespace(c);
                i = c == '\'' || c == '"' ? after(String.valueOf(c), i + 1) : c == '$' ? dollars(i) : i + 1;
            }
        }
        cut(script.length());
    }

    private void cut(int end) {
        if (meaningful) {
            statements.add(script.substring(start, end).strip());
        }
        meaningful = false;
    }

    private int after(String mark, int from) {
        int found = script.indexOf(mark, from);
        return found < 0 ? script.length() : found + mark.length();
    }

    /** Past {@code $tag$ … $tag$}; a dollar that starts no such thing is a character like any other. */
    private int dollars(int from) {
        int i = from + 1;
        while (i < script.length() && (Character.isLetterOrDigit(script.charAt(i)) || script.charAt(i) == '_')) {
            i++;
        }
        if (i >= script.length() || script.charAt(i) != '$') {
            return from + 1;
        }
        return after(script.substring(from, i + 1), i + 1);
    }
}
