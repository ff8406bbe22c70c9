// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import java.util.Collections;
import java.util.List;

/**
 * Rows that differ at most in the last of the twelve digits that floating numbers are written with: a value between two of
 * them may be rounded to either, depending on the order in which threads add.
 */
final class RoundedRows {
    private static final double LAST_DIGIT = 1.1e-11;

    private RoundedRows() {}

    /** Whether each row of the one list has its like in the other; floating numbers are those with an exponent. */
    static boolean areEqual(List<String> some, List<String> others) {
        if (some.size() != others.size()) {
            return false;
        }
        Collections.sort(some);
        Collections.sort(others);
        for (int i = 0; i < some.size(); i++) {
            if (!isEqual(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqual(String row, String other) {
        String[] values = values(row);
        String[] otherValues = values(other);
        boolean equal = values.length == otherValues.length;
        for (int i = 0; equal && i < values.length; i++) {
            equal = values[i].equals(otherValues[i]) || isClose(values[i], otherValues[i]);
        }
        return equal;
    }

    private static String[] values(String row) {
        return row.split("\\|", -1);
    }

    private static boolean isClose(String value, String other) {
        String number = "-?\\d\\.\\d{11}e[+-]\\d+";
        if (!value.matches(number) || !other.matches(number)) {
            return false;
        }
        double a = Double.parseDouble(value);
        double b = Double.parseDouble(other);
        return Math.abs(a - b) <= LAST_DIGIT * Math.max(Math.abs(a), Math.abs(b));
    }
}
