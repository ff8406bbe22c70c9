// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL's LIKE with {@code \} as the escape character, without regard to case. */
final class LikePattern {
    private LikePattern() {}

    /** Whether a name matches; {@code null} matches everything. */
    static boolean matches(@Nullable String pattern, String name) {
        if (pattern == null || pattern.equals("%")) {
            return true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
                .matcher(name)
                .matches();
    }
}
