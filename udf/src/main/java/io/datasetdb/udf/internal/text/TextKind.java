// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

/**
 * What a text looks like, the narrowest that fits. The grammars are those by which DuckDB guesses: no plus sign and no
 * leading zeros in numbers (such texts are codes, not quantities), dates year first.
 */
public enum TextKind {
    /** {@code true}, {@code false}, {@code t}, {@code f}, {@code yes}, {@code no}, in any case. */
    BOOLEAN,
    /** An integer of 64 bits. */
    INTEGER,
    /** An integer of more than 64 bits and at most 38 digits. */
    HUGE,
    /** Any other decimal number, {@code nan}, {@code inf}. */
    DOUBLE,
    /** {@code 10:11}, {@code 10:11:12.5}. */
    TIME,
    /** {@code 2024-01-31}, {@code 2024/1/31}. */
    DATE,
    /** A date and a time. */
    TIMESTAMP,
    /** A date, a time and a zone. */
    ZONED,
    /** The 36 characters of a UUID. */
    UUID,
    /** Everything else. */
    OTHER;

    /** Classifies texts; not to be shared by threads. */
    public static final class Classifier {
        private final NumberParser numbers = new NumberParser(NumberParser.Grammar.STRICT);
        private final TemporalParser temporals = new TemporalParser();

        /** The kind of the text {@code data[from, to)}, of which spaces at both ends do not count. */
        public TextKind classify(byte[] data, int start, int stop) {
            int from = start;
            int to = stop;
            while (from < to && data[from] == ' ') {
                from++;
            }
            while (to > from && data[to - 1] == ' ') {
                to--;
            }
            if (from == to) {
                return OTHER;
            }
            if (numbers.parseLong(data, from, to)) {
                return INTEGER;
            }
            if (isHuge(data, from, to)) {
                return HUGE;
            }
            if (numbers.parseDouble(data, from, to)) {
                return DOUBLE;
            }
            if (BooleanText.parse(data, from, to) != BooleanText.NEITHER) {
                return BOOLEAN;
            }
            if (temporals.parseTime(data, from, to)) {
                return TIME;
            }
            if (temporals.parseTimestamp(data, from, to)) {
                return temporals.isDateOnly() ? DATE : temporals.isZoned() ? ZONED : TIMESTAMP;
            }
            return TextColumns.Uuids.isUuid(data, from, to) ? UUID : OTHER;
        }

        private static boolean isHuge(byte[] data, int from, int to) {
            int start = data[from] == '-' ? from + 1 : from;
            if (to - start < 19 || to - start > 38 || data[start] == '0') {
                return false;
            }
            for (int i = start; i < to; i++) {
                if (data[i] < '0' || data[i] > '9') {
                    return false;
                }
            }
            return true;
        }
    }
}
