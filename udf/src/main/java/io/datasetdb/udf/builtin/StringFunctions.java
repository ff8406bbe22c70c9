// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

/** Functions of texts. */
public final class StringFunctions {
    private StringFunctions() {}

    @ScalarFunction
    @Description("The parts of a text between separators; an empty separator gives its characters.")
    @Example("string_split('a,b,c', ',') = ARRAY['a', 'b', 'c']")
    public static List<String> stringSplit(String text, String separator) {
        return split(text, separator, Integer.MAX_VALUE);
    }

    @ScalarFunction
    @Description("The parts of a text between separators, splitting it at most so many times.")
    @Example("string_split('a,b,c', ',', 1) = ARRAY['a', 'b,c']")
    public static List<String> stringSplit(String text, String separator, long limit) {
        return split(text, separator, limit < 0 ? Integer.MAX_VALUE : limit);
    }

    private static List<String> split(String text, String separator, long limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (parts.size() < limit) {
            int end;
            if (separator.isEmpty()) {
                end = start < text.length() ? text.offsetByCodePoints(start, 1) : text.length();
                if (end == text.length()) {
                    break;
                }
            } else {
                end = text.indexOf(separator, start);
                if (end < 0) {
                    break;
                }
            }
            parts.add(text.substring(start, end));
            start = end + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }
}
