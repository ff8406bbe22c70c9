// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.sql.parse.generated.DatasetParserConstants;
import io.datasetdb.sql.parse.generated.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words that look like a keyword and are none: SELEC, FORM, WEHRE. */
final class Misspellings {
    private static final List<String> WORDS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "ORDER",
            "HAVING",
            "LIMIT",
            "OFFSET",
            "UNION",
            "JOIN",
            "VALUES",
            "WITH",
            "CREATE",
            "REPLACE",
            "DATASET",
            "TABLE",
            "NAMESPACE",
            "PROJECT",
            "DROP",
            "ALTER",
            "INSERT",
            "UPDATE",
            "DELETE",
            "DESCRIBE",
            "EXPLAIN",
            "SHOW",
            "REFRESH",
            "DISTINCT",
            "BETWEEN",
            "VERSION");

    private Misspellings() {}

    /** The keyword that was meant by the word where the parser stopped, or by the one before it. */
    static Optional<String> of(Token before, Token stopped) {
        return stopped.kind == DatasetParserConstants.IDENTIFIER
                        && of(stopped.image).isPresent()
                ? of(stopped.image)
                : before.kind == DatasetParserConstants.IDENTIFIER ? of(before.image) : Optional.empty();
    }

    /** The keyword that one typing error away is this word. */
    static Optional<String> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return WORDS.stream().filter(keyword -> isOneErrorAway(upper, keyword)).findFirst();
    }

    /** One letter too many, too few or wrong, or two swapped. */
    private static boolean isOneErrorAway(String word, String keyword) {
        if (word.equals(keyword) || Math.abs(word.length() - keyword.length()) > 1 || word.length() < 3) {
            return false;
        }
        int start = 0;
        while (start < Math.min(word.length(), keyword.length()) && word.charAt(start) == keyword.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < Math.min(word.length(), keyword.length()) - start
                && word.charAt(word.length() - 1 - end) == keyword.charAt(keyword.length() - 1 - end)) {
            end++;
        }
        String restOfWord = word.substring(start, word.length() - end);
        String restOfKeyword = keyword.substring(start, keyword.length() - end);
        boolean swapped = restOfWord.length() == 2
                && new StringBuilder(restOfWord).reverse().toString().equals(restOfKeyword);
        return swapped || restOfWord.length() <= 1 && restOfKeyword.length() <= 1;
    }
}
