// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the little SQL that examples are written in: calls, numbers, texts, binary values, arrays, truth values. */
final class Literals {
    private final String text;
    private int position;

    Literals(String text) {
        this.text = text;
    }

    /** A call with its expected result. */
    record Example(String function, List<Object> arguments, Object result) {}

    Example example() {
        int open = text.indexOf('(');
        position = open + 1;
        List<Object> arguments = list(')');
        skip();
        expect('=');
        Object result = value();
        skip();
        if (position != text.length()) {
            throw new AssertionError("more than an example: " + text);
        }
        return new Example(text.substring(0, open), arguments, result);
    }

    private List<Object> list(char end) {
        List<Object> values = new ArrayList<>();
        skip();
        while (text.charAt(position) != end) {
            values.add(value());
            skip();
            if (text.charAt(position) == ',') {
                position++;
                skip();
            }
        }
        position++;
        return values;
    }

    private String rest() {
        int end = text.indexOf('\'', position);
        String result = text.substring(position, end);
        position = end + 1;
        return result;
    }

    private Object value() {
        skip();
        if (accept("ARRAY[")) {
            return list(']');
        }
        if (accept("DATE '")) {
            return LocalDate.parse(rest());
        }
        if (accept("TIMESTAMP '") || accept("TIMESTAMP WITH LOCAL TIME ZONE '")) {
            return LocalDateTime.parse(rest().replace(' ', 'T'));
        }
        if (accept("NULL")) {
            return null;
        }
        if (accept("X'")) {
            int end = text.indexOf('\'', position);
            byte[] bytes = HexFormat.of().parseHex(text.substring(position, end));
            position = end + 1;
            return bytes;
        }
        if (accept("'")) {
            int end = text.indexOf('\'', position);
            String value = text.substring(position, end);
            position = end + 1;
            return value;
        }
        if (accept("TRUE")) {
            return true;
        }
        if (accept("FALSE")) {
            return false;
        }
        int start = position;
        while (position < text.length() && "+-.0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        String number = text.substring(start, position);
        if (number.contains(".")) {
            return Double.valueOf(number);
        }
        return Long.valueOf(number);
    }

    private boolean accept(String word) {
        boolean found = text.startsWith(word, position);
        if (found) {
            position += word.length();
        }
        return found;
    }

    private void expect(char c) {
        if (text.charAt(position++) != c) {
            throw new AssertionError("'" + c + "' is missing in " + text);
        }
    }

    private void skip() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }
}
