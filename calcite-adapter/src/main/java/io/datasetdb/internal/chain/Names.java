// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and literals as SQL writes them. */
public final class Names {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private Names() {}

    /** A quoted name. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Quoted names, separated by commas. */
    public static String quoted(Collection<String> names) {
        return names.stream().map(Names::quoted).collect(Collectors.joining(", "));
    }

    /** A character literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** {@code x}, {@code ns.proj.x}, {@code x@1.2.0}, {@code ns.proj.x@>=1.0,<2.0} as one quoted identifier. */
    public static String dataset(String name) {
        int at = name.indexOf('@');
        String plain = at < 0 ? name : name.substring(0, at);
        String[] parts = plain.split("\\.", -1);
        if (at >= 0) {
            parts[parts.length - 1] += name.substring(at);
        }
        return Arrays.stream(parts).map(Names::quoted).collect(Collectors.joining("."));
    }

    /** Whether a text is just a name. */
    static boolean isName(String expression) {
        return PLAIN.matcher(expression.strip()).matches();
    }

    /** Whether a text is just a name, or a path into a ROW. */
    static boolean isPath(String expression) {
        return PATH.matcher(expression.strip()).matches();
    }

    /** The same for names that mean the same column. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
