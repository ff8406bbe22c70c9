// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of SQL with the values of the {@code ?} in it, in order. Immutable. */
public final class SqlText {
    private final String text;
    private final List<@Nullable Object> arguments;

    private SqlText(String text, List<@Nullable Object> arguments) {
        this.text = text;
        this.arguments = arguments;
    }

    public static SqlText of(String text, @Nullable Object... arguments) {
        return new SqlText(text, Collections.unmodifiableList(new ArrayList<>(Arrays.asList(arguments))));
    }

    public String text() {
        return text;
    }

    public List<@Nullable Object> arguments() {
        return arguments;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** This, then more. */
    public SqlText and(String more) {
        return new SqlText(text + more, arguments);
    }

    /** This, then more. */
    public SqlText and(SqlText more) {
        List<@Nullable Object> all = new ArrayList<>(arguments);
        all.addAll(more.arguments);
        return new SqlText(text + more.text, Collections.unmodifiableList(all));
    }

    /** In parentheses; on lines of its own if a comment could swallow what follows. */
    public SqlText parenthesized() {
        boolean comment = text.contains("--");
        return SqlText.of("(").and(this).and(comment ? "\n)" : ")");
    }

    /** With calls of another name. */
    SqlText renamed(String function, String newName) {
        return new SqlText(text.replace(Names.quoted(function) + "(", Names.quoted(newName) + "("), arguments);
    }

    @Override
    public String toString() {
        return text;
    }
}
