// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

    @ScalarFunction
    @Description("Whether a text holds another.")
    @Example("contains('abc', 'bc') = TRUE")
    public static boolean contains(String text, String part) {
        return text.contains(part);
    }

    @ScalarFunction
    @Description("The text without any of these characters at its start.")
    @Example("ltrim('xyabc', 'yx') = 'abc'")
    public static String ltrim(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.codePointAt(start)) >= 0) {
            start = text.offsetByCodePoints(start, 1);
        }
        return text.substring(start);
    }

    @ScalarFunction
    @Description("The text without any of these characters at its end.")
    @Example("rtrim('abcxy', 'yx') = 'abc'")
    public static String rtrim(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.codePointBefore(end)) >= 0) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    @ScalarFunction
    @Description("The text without spaces at its start and end.")
    @Example("btrim(' abc ') = 'abc'")
    public static String btrim(String text) {
        return btrim(text, " ");
    }

    @ScalarFunction
    @Description("The text without any of these characters at its start and end.")
    @Example("btrim('xabcy', 'yx') = 'abc'")
    public static String btrim(String text, String characters) {
        return rtrim(ltrim(text, characters), characters);
    }

    @ScalarFunction
    @Description("-1, 0 or 1 as the first text is less than, equal to or greater than the second by their code points.")
    @Example("strcmp('a', 'b') = -1")
    public static int strcmp(String a, String b) {
        return Integer.signum(
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    }

    @ScalarFunction({"unicode", "ord"})
    @Description("The code point of a text's first character, 0 for an empty text.")
    @Example("unicode('ä') = 228")
    public static int unicode(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    @ScalarFunction
    @Description("Where a text is found in another, counted from 1; 0 if nowhere.")
    @Example("locate('b', 'abc') = 2")
    public static long locate(String part, String text) {
        int index = text.indexOf(part);
        return index < 0 ? 0 : text.codePointCount(0, index) + 1L;
    }

    @ScalarFunction({"string_to_array", "str_split"})
    @Description("The parts of a text between separators.")
    @Example("string_to_array('a,b', ',') = ARRAY['a', 'b']")
    public static List<String> stringToArray(String text, String separator) {
        return split(text, separator, Integer.MAX_VALUE);
    }

    @ScalarFunction
    @Description("A whole number in hexadecimal digits, a negative one as its 64 bits.")
    @Example("to_hex(255) = 'ff'")
    public static String toHex(long value) {
        return Long.toHexString(value);
    }
}
