// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Functions of texts by regular expressions, which are Java's. */
public final class RegexpFunctions {
    private RegexpFunctions() {}

    private static Matcher matcher(String text, String pattern) {
        try {
            return Pattern.compile(pattern).matcher(text);
        } catch (PatternSyntaxException e) {
            throw new DatasetDbException(
                    UdfError.BAD_ARGUMENT,
                    "Cannot use '" + pattern + "' as a regular expression: " + e.getDescription(),
                    e);
        }
    }

    @ScalarFunction
    @Description("How often a regular expression matches in a text.")
    @Example("regexp_count('abcabc', 'b.') = 2")
    public static long regexpCount(String text, String pattern) {
        return matcher(text, pattern).results().count();
    }

    @ScalarFunction
    @Description("The first part of a text that a regular expression matches; empty if none does.")
    @Example("regexp_extract('abc123', '[0-9]+') = '123'")
    public static String regexpExtract(String text, String pattern) {
        return regexpExtract(text, pattern, 0);
    }

    @ScalarFunction
    @Description("What a group of a regular expression matches first in a text; empty if nothing.")
    @Example("regexp_extract('abc123', '([a-z]+)([0-9]+)', 2) = '123'")
    public static String regexpExtract(String text, String pattern, long group) {
        Matcher matcher = matcher(text, pattern);
        int number = group(matcher, group);
        String found = matcher.find() ? matcher.group(number) : null;
        return found == null ? "" : found;
    }

    @ScalarFunction
    @Description("All parts of a text that a regular expression matches.")
    @Example("regexp_extract_all('a1b22', '[0-9]+') = ARRAY['1', '22']")
    public static List<String> regexpExtractAll(String text, String pattern) {
        return regexpExtractAll(text, pattern, 0);
    }

    @ScalarFunction
    @Description("What a group of a regular expression matches in a text, every time.")
    @Example("regexp_extract_all('a1b22', '([a-z])([0-9]+)', 1) = ARRAY['a', 'b']")
    public static List<String> regexpExtractAll(String text, String pattern, long group) {
        Matcher matcher = matcher(text, pattern);
        int number = group(matcher, group);
        List<String> result = new ArrayList<>();
        while (matcher.find()) {
            String found = matcher.group(number);
            result.add(found == null ? "" : found);
        }
        return result;
    }

    @ScalarFunction({"regexp_split_to_array", "string_split_regex", "str_split_regex", "regexp_split"})
    @Description("The parts of a text between those that a regular expression matches.")
    @Example("regexp_split_to_array('a1b22c', '[0-9]+') = ARRAY['a', 'b', 'c']")
    public static List<String> regexpSplitToArray(String text, String pattern) {
        return Arrays.asList(matcher(text, pattern).pattern().split(text, -1));
    }

    private static int group(Matcher matcher, long group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw new DatasetDbException(
                    UdfError.BAD_ARGUMENT, "Cannot use '" + matcher.pattern() + "': it has no group " + group);
        }
        return (int) group;
    }
}
