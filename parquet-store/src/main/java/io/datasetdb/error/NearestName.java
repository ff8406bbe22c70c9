// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who mistyped a name may have meant, for the end of an error's sentence. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the least edit distance without regard to case, if no more than a third of the name must change; of
     * short names two characters, of very short ones a single one that is not all of it. Of several the first by name.
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int limit = wanted.length() < 4 ? Math.min(1, wanted.length() - 1) : Math.max(2, wanted.length() / 3);
        String best = null;
        int least = limit;
        for (String candidate : candidates) {
            String other = candidate.toLowerCase(Locale.ROOT);
            if (Math.abs(other.length() - wanted.length()) > least || other.equals(wanted)) {
                continue;
            }
            int distance = distance(wanted, other);
            if (distance < least || (distance == least && (best == null || candidate.compareTo(best) < 0))) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance, in which a swap of neighbours counts one (optimal string alignment). */
    static int distance(String left, String right) {
        int[] twoAbove = new int[right.length() + 1];
        int[] above = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
                if (i > 1 && j > 1 && isSwap(left, i, right, j)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
            }
            twoAbove = above;
            above = row;
        }
        return above[right.length()];
    }

    private static boolean isSwap(String left, int i, String right, int j) {
        return left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
    }
}
