// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the types in Calcite's sentences as users write them: {@code ROW(path VARCHAR)}, {@code MAP<VARCHAR, BIGINT>}. */
final class TypeWords {
    private static final Pattern ROW = Pattern.compile("RECORD_?TYPE(?::\\w+)?\\(", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOISE =
            Pattern.compile(" (?:CHARACTER SET \"[^\"]*\"|COLLATE \"[^\"]*\"|NOT NULL)", Pattern.CASE_INSENSITIVE);
    private static final String MAP = ") MAP";

    private TypeWords() {}

    static String readable(String sentence) {
        String text = NOISE.matcher(sentence).replaceAll("");
        for (Matcher row = ROW.matcher(text); row.find(); row = ROW.matcher(text)) {
            int open = row.end() - 1;
            int close = closing(text, open);
            if (close < 0) {
                return text;
            }
            text = text.substring(0, row.start()) + "ROW(" + fields(text.substring(open + 1, close))
                    + text.substring(close);
        }
        for (int end = text.indexOf(MAP); end >= 0; end = text.indexOf(MAP)) {
            int open = opening(text, end);
            if (open < 0) {
                return text;
            }
            text = text.substring(0, open) + "MAP<" + text.substring(open + 1, end) + ">"
                    + text.substring(end + MAP.length());
        }
        return text;
    }

    /** {@code BIGINT size, VARCHAR path} as {@code size BIGINT, path VARCHAR}. */
    private static String fields(String list) {
        List<String> result = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i <= list.length(); i++) {
            char c = i == list.length() ? ',' : list.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                result.add(field(list.substring(start, i).strip()));
                start = i + 1;
            }
        }
        return String.join(", ", result);
    }

    private static String field(String typeAndName) {
        int space = typeAndName.lastIndexOf(' ');
        return space < 0 ? typeAndName : typeAndName.substring(space + 1) + " " + typeAndName.substring(0, space);
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int opening(String text, int close) {
        int depth = 0;
        for (int i = close; i >= 0; i--) {
            depth += text.charAt(i) == ')' ? 1 : text.charAt(i) == '(' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
