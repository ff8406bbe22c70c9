// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.file;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over paths: {@code *} any characters but a slash, {@code **} any characters (a whole component {@code **} also
 * none at all, so that a&#47;**&#47;b matches a/b), {@code ?} one character but a slash, {@code [a-z]} and {@code [!a-z]}
 * one of a set, {@code {a,b}} one of several, {@code {1..9}} a number in a range, a backslash takes the next character
 * as it is. Matching heeds case.
 */
public final class Glob {
    /** More alternatives in one range than this are certainly a mistake. */
    private static final int LARGEST_RANGE = 10_000;

    private final String glob;
    /** The glob as messages show it. */
    private final String shown;

    private final StringBuilder regex = new StringBuilder();
    private int position;

    private Glob(String glob, String shown) {
        this.glob = glob;
        this.shown = shown;
    }

    /** Whether a path has any character that makes it a pattern. */
    public static boolean isGlob(String path) {
        return firstSpecial(path) >= 0;
    }

    /** The index of the first character that is more than itself, or -1. */
    static int firstSpecial(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[{\\".indexOf(path.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Compiles a glob into a pattern that a whole path has to match.
     *
     * @param shown the glob as messages show it
     */
    static Pattern compile(String glob, String shown) {
        Glob compiler = new Glob(glob, shown);
        compiler.sequence(false);
        return Pattern.compile(compiler.regex.toString(), Pattern.DOTALL);
    }

    /**
     * Tells of a folder's path whether a match may be below it, so that {@code a/*.csv} does not walk through all of
     * {@code a}. Components are compared one by one up to the first that may stand for several.
     */
    static Predicate<String> folders(String glob) {
        List<Pattern> components = new ArrayList<>();
        boolean open = false;
        for (String component : glob.split("/", -1)) {
            Pattern pattern = component.contains("**") ? null : component(component);
            if (pattern == null) {
                open = true;
                break;
            }
            components.add(pattern);
        }
        boolean endless = open;
        return folder -> {
            String[] names = folder.split("/", -1);
            for (int i = 0; i < Math.min(names.length, components.size()); i++) {
                if (!components.get(i).matcher(names[i]).matches()) {
                    return false;
                }
            }
            return endless || names.length < components.size();
        };
    }

    /** The pattern of one component, {@code null} if what looks like one ends inside braces or a set. */
    private static @Nullable Pattern component(String component) {
        try {
            return compile(component, component);
        } catch (DatasetDbException e) {
            return null;
        }
    }

    private void sequence(boolean inBraces) {
        while (position < glob.length()) {
            char c = glob.charAt(position);
            if (inBraces && (c == ',' || c == '}')) {
                return;
            }
            switch (c) {
                case '*' -> star();
                case '?' -> {
                    regex.append("[^/]");
                    position++;
                }
                case '[' -> set();
                case '{' -> braces();
                case '\\' -> {
                    if (position + 1 == glob.length()) {
                        throw bad("a backslash at its end");
                    }
                    literal(glob.charAt(position + 1));
                    position += 2;
                }
                default -> {
                    literal(c);
                    position++;
                }
            }
        }
        if (inBraces) {
            throw bad("'}' is missing");
        }
    }

    private void star() {
        int start = position;
        while (position < glob.length() && glob.charAt(position) == '*') {
            position++;
        }
        if (position - start == 1) {
            regex.append("[^/]*");
            return;
        }
        boolean startsComponent = start == 0 || glob.charAt(start - 1) == '/';
        if (startsComponent && position < glob.length() && glob.charAt(position) == '/') {
            regex.append("(?:.*/)?");
            position++;
        } else {
            regex.append(".*");
        }
    }

    private void set() {
        int end = position + 1;
        boolean negated = end < glob.length() && (glob.charAt(end) == '!' || glob.charAt(end) == '^');
        if (negated) {
            end++;
        }
        int first = end;
        while (end < glob.length() && (glob.charAt(end) != ']' || end == first)) {
            end++;
        }
        if (end == glob.length()) {
            throw bad("']' is missing");
        }
        regex.append(negated ? "[^/" : "[");
        for (int i = first; i < end; i++) {
            char c = glob.charAt(i);
            boolean range = c == '-' && i > first && i + 1 < end;
            if (!range) {
                regex.append('\\').append(c == '/' ? "x2F" : escape(c));
            } else if (glob.charAt(i + 1) < glob.charAt(i - 1)) {
                throw bad("a range goes backwards");
            } else {
                regex.append('-');
            }
        }
        regex.append(']');
        position = end + 1;
    }

    /** What may follow a backslash in a regular expression and then means the character itself. */
    private static String escape(char c) {
        return String.format("u%04X", (int) c);
    }

    private void braces() {
        int close = glob.indexOf('}', position);
        String inner = close < 0 ? "" : glob.substring(position + 1, close);
        if (inner.matches("-?\\d{1,9}\\.\\.-?\\d{1,9}")) {
            range(inner);
            position = close + 1;
            return;
        }
        regex.append("(?:");
        do {
            position++;
            sequence(true);
            regex.append(glob.charAt(position) == ',' ? "|" : ")");
        } while (glob.charAt(position) == ',');
        position++;
    }

    private void range(String inner) {
        int dots = inner.indexOf("..");
        int a = Integer.parseInt(inner.substring(0, dots));
        int b = Integer.parseInt(inner.substring(dots + 2));
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        if ((long) high - low > LARGEST_RANGE) {
            throw bad("a range of more than " + LARGEST_RANGE + " numbers");
        }
        int width = inner.startsWith("0") && dots > 1 ? dots : 1;
        regex.append("(?:");
        for (int i = low; i <= high; i++) {
            regex.append(i == low ? "" : "|").append(String.format("%0" + width + "d", i));
        }
        regex.append(')');
    }

    private void literal(char c) {
        if (Character.isLetterOrDigit(c) || c == '/' || c == '_' || Character.isSurrogate(c)) {
            regex.append(c);
        } else {
            regex.append('\\').append(escape(c));
        }
    }

    private DatasetDbException bad(String reason) {
        return new DatasetDbException(UdfError.BAD_GLOB, "Cannot read glob: " + reason + " (" + shown + ")");
    }
}
