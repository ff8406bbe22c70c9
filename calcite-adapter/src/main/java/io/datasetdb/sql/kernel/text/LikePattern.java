// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A compiled LIKE pattern: the pieces between the {@code %}s. The first piece must stand at the start, the last at the end, the others are
 * found from left to right, each as early as possible, which needs no backtracking. Works on UTF-8 bytes; {@code _} is one code point.
 */
final class LikePattern {
    /** Stands for {@code _} among the bytes of a piece. */
    private static final int ANY = -1;

    private final List<int[]> pieces;
    /** The pieces without {@code _} as bytes, an empty array for others. */
    private final List<byte[]> literals;

    private final boolean caseInsensitive;

    private LikePattern(List<int[]> pieces, boolean caseInsensitive) {
        this.pieces = pieces;
        this.caseInsensitive = caseInsensitive;
        this.literals = pieces.stream().map(LikePattern::literal).toList();
    }

    private static byte[] literal(int[] piece) {
        byte[] bytes = new byte[piece.length];
        for (int i = 0; i < bytes.length; i++) {
            if (piece[i] == ANY) {
                return new byte[0];
            }
            bytes[i] = (byte) piece[i];
        }
        return bytes;
    }

    /** @param escape the escape code point, or -1 for none */
    static LikePattern compile(String pattern, int escape, boolean caseInsensitive) {
        String text = caseInsensitive ? pattern.toLowerCase(Locale.ROOT) : pattern;
        int escapeChar = caseInsensitive && escape >= 0 ? Character.toLowerCase(escape) : escape;
        List<int[]> pieces = new ArrayList<>();
        int[] piece = new int[text.length() * 4];
        int length = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean escaped = c == escapeChar;
            if (escaped) {
                i += Character.charCount(c);
                c = i < text.length() ? text.codePointAt(i) : -1;
                if (c != '%' && c != '_' && c != escapeChar) {
                    throw new DatasetDbException(
                            KernelError.INVALID_ESCAPE,
                            "Cannot match LIKE pattern: its escape character stands before neither %, _ nor itself ("
                                    + pattern + ")");
                }
            }
            if (!escaped && c == '%') {
                pieces.add(Arrays.copyOf(piece, length));
                length = 0;
            } else if (!escaped && c == '_') {
                piece[length++] = ANY;
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    piece[length++] = b & 0xFF;
                }
            }
        }
        pieces.add(Arrays.copyOf(piece, length));
        return new LikePattern(pieces, caseInsensitive);
    }

    boolean matches(byte[] data, int from, int to) {
        if (!caseInsensitive) {
            return matchesFolded(data, from, to);
        }
        String text = new String(data, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        byte[] folded = text.getBytes(StandardCharsets.UTF_8);
        return matchesFolded(folded, 0, folded.length);
    }

    private boolean matchesFolded(byte[] data, int from, int to) {
        int last = pieces.size() - 1;
        if (last == 0) {
            return at(data, from, to, 0) == to;
        }
        int start = at(data, from, to, 0);
        if (start < 0) {
            return false;
        }
        for (int piece = 1; piece < last; piece++) {
            start = find(data, start, to, piece);
            if (start < 0) {
                return false;
            }
        }
        return endsWith(data, start, to, last);
    }

    /** The end of the piece if it stands at {@code from}, else -1. */
    private int at(byte[] data, int from, int to, int piece) {
        int i = from;
        for (int token : pieces.get(piece)) {
            if (i >= to) {
                return -1;
            }
            if (token == ANY) {
                i = Utf8.skip(data, i, to, 1);
            } else if (data[i] != (byte) token) {
                return -1;
            } else {
                i++;
            }
        }
        return i;
    }

    /** The end of the first occurrence of the piece, or -1. */
    private int find(byte[] data, int from, int to, int piece) {
        byte[] literal = literals.get(piece);
        if (literal.length > 0) {
            int found = Utf8.indexOf(data, from, to, literal, 0, literal.length);
            return found < 0 ? -1 : found + literal.length;
        }
        if (pieces.get(piece).length == 0) {
            return from;
        }
        for (int i = from; i < to; i = Utf8.skip(data, i, to, 1)) {
            int end = at(data, i, to, piece);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    private boolean endsWith(byte[] data, int from, int to, int piece) {
        byte[] literal = literals.get(piece);
        int length = literal.length;
        if (length > 0 || pieces.get(piece).length == 0) {
            return to - from >= length && Arrays.equals(data, to - length, to, literal, 0, length);
        }
        int codePoints = 0;
        for (int token : pieces.get(piece)) {
            codePoints += token == ANY || token < 0x80 || token >= 0xC0 ? 1 : 0;
        }
        int start = Utf8.skipBack(data, from, to, codePoints);
        return at(data, start, to, piece) == to;
    }
}
