// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.rows.WordColumn;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from 0 without gaps between the columns' ranges: each column's distance from its least value is one digit. Where
 * NULL equals NULL it is the digit 0 and values follow.
 */
final class PackedCodes extends KeyCodes {
    private static final long MOST = 1L << 62;

    private record Digit(WordColumn column, long least, long span, boolean nullSafe, long factor) {}

    private final Digit[] digits;
    private final long size;
    private long[] words = {};

    private PackedCodes(Digit[] digits, long size) {
        this.digits = digits;
        this.size = size;
    }

    /** Nothing if some column is not made of words, or the ranges are too wide together. */
    static @Nullable PackedCodes of(JoinKeys keys, KeyRanges ranges) {
        Digit[] digits = new Digit[keys.size()];
        long size = 1;
        for (int c = 0; c < digits.length; c++) {
            WordColumn words = ranges.words(c);
            long span = ranges.span(c);
            if (words == null || span < 0 || !isWord(keys.otherTypes().get(c))) {
                return null;
            }
            boolean nullSafe = keys.nullSafe()[c];
            digits[c] = new Digit(words, ranges.least(c), span, nullSafe, size);
            long values = Math.max(1, nullSafe ? span + 1 : span);
            if (Math.multiplyHigh(size, values) != 0 || size * values < 0 || size * values > MOST) {
                return null;
            }
            size *= values;
        }
        return new PackedCodes(digits, size);
    }

    static boolean isWord(DataType type) {
        return WordColumn.of(type) != null;
    }

    @Override
    void encode(Vector[] keys, int[] positions, int count, long[] codes) {
        if (digits.length == 0) {
            Arrays.fill(codes, 0, count, 0);
            return;
        }
        encode(digits[0], keys[0], positions, count, codes);
        for (int c = 1; c < digits.length; c++) {
            if (words.length < count) {
                words = new long[count];
            }
            encode(digits[c], keys[c], positions, count, words);
            long factor = digits[c].factor;
            for (int i = 0; i < count; i++) {
                codes[i] = codes[i] < 0 || words[i] < 0 ? ABSENT : codes[i] + factor * words[i];
            }
        }
    }

    private static void encode(Digit digit, Vector key, int[] positions, int count, long[] codes) {
        digit.column.encode(key, positions, count, codes);
        long least = digit.least;
        long span = digit.span;
        long shift = digit.nullSafe ? 1 : 0;
        for (int i = 0; i < count; i++) {
            long distance = codes[i] - least;
            codes[i] = distance >= 0 && distance < span ? distance + shift : ABSENT;
        }
        if (digit.nullSafe && key.mayHaveNulls()) {
            for (int i = 0; i < count; i++) {
                if (key.isNull(positions[i])) {
                    codes[i] = 0;
                }
            }
        }
    }

    @Override
    boolean isExact() {
        return true;
    }

    @Override
    long size() {
        return size;
    }

    @Override
    KeyCodes reader() {
        return new PackedCodes(digits, size);
    }
}
