// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.internal.chain.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The select list of {@link Chain#mutate}. */
final class Mutation {
    private Mutation() {}

    static String list(List<String> columns, Map<String, String> expressions) {
        Map<String, String> left = new LinkedHashMap<>(expressions);
        List<String> items = new ArrayList<>();
        boolean renames = expressions.values().stream().anyMatch(value -> find(columns, value) != null);
        if (!renames && columns.stream().noneMatch(column -> find(expressions.keySet(), column) != null)) {
            items.add("*");
        } else {
            for (String column : columns) {
                String renamed = expressions.entrySet().stream()
                        .filter(change -> column.equals(find(columns, change.getValue())))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
                String changed = find(expressions.keySet(), column);
                if (renamed != null) {
                    items.add(item(Names.quoted(column), renamed));
                    left.remove(renamed);
                } else if (changed == null) {
                    items.add(Names.quoted(column));
                } else if (find(columns, expressions.getOrDefault(changed, "")) == null) {
                    items.add(item(expressions.getOrDefault(changed, ""), column));
                    left.remove(changed);
                }
            }
        }
        left.forEach((name, expression) -> items.add(item(expression, name)));
        return String.join(", ", items);
    }

    private static String item(String expression, String name) {
        String text = expression.contains("--") ? expression + "\n" : expression;
        return text.equals(Names.quoted(name)) ? text : text + " AS " + Names.quoted(name);
    }

    /** The one among names that an expression is, if it is just a name. */
    private static @org.jspecify.annotations.Nullable String find(Iterable<String> names, String expression) {
        String plain = expression.strip();
        for (String name : names) {
            if (name.equalsIgnoreCase(plain) || Names.quoted(name).equals(plain)) {
                return name;
            }
        }
        return null;
    }
}
