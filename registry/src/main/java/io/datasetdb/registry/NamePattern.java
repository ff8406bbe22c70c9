// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL's LIKE over names with {@code \} as the escape character, without regard to case. */
public final class NamePattern {
    /** Matches every name. */
    public static final NamePattern ANY = new NamePattern("", "%", true, null);

    private final String prefix;
    private final String like;
    private final boolean open;
    private final @Nullable Pattern regex;

    private NamePattern(String prefix, String like, boolean open, @Nullable Pattern regex) {
        this.prefix = prefix;
        this.like = like;
        this.open = open;
        this.regex = regex;
    }

    /** {@code null} stands for every name. */
    public static NamePattern of(@Nullable String pattern) {
        if (pattern == null || pattern.equals("%")) {
            return ANY;
        }
        StringBuilder prefix = new StringBuilder();
        StringBuilder like = new StringBuilder();
        StringBuilder regex = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean wild = c == '%' || c == '_';
            if (c == '\\' && i + 1 < pattern.length()) {
                c = pattern.charAt(++i);
            }
            open |= wild;
            like.append(!wild && (c == '%' || c == '_' || c == '\\') ? "\\" : "")
                    .append(c);
            regex.append(wild ? c == '%' ? ".*" : "." : Pattern.quote(String.valueOf(c)));
            if (!open) {
                prefix.append(c);
            }
        }
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return new NamePattern(prefix.toString(), like.toString(), open, Pattern.compile(regex.toString(), flags));
    }

    public boolean matches(String name) {
        return regex == null || regex.matcher(name).matches();
    }

    /** What the key of every name that matches begins with. */
    public String prefix() {
        return DatasetName.key(prefix);
    }

    /** The pattern for keys, with {@code \} as the escape character. */
    public String like() {
        return DatasetName.key(like);
    }

    /** Whether only the one name {@link #prefix()} matches. */
    public boolean isExact() {
        return !open;
    }
}
