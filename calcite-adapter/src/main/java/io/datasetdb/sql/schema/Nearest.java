// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody may have meant. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the smallest edit distance, if it is small for the name's length. */
    static Optional<String> of(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        // One letter for another is no likeness if there is no second one.
        int limit = Math.min(Math.max(1, wanted.length() / 3), wanted.length() - 1);
        String best = null;
        for (String candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), limit);
            if (distance >= 0 && distance <= limit && !candidate.equalsIgnoreCase(name)) {
                limit = distance - 1;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance, or -1 if it is above the limit. */
    private static int distance(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) > limit) {
            return -1;
        }
        int[] above = new int[right.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
            }
            above = row;
        }
        int distance = above[right.length()];
        return distance > limit ? -1 : distance;
    }
}
