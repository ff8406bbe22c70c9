// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks of UTF-8 (RFC 3629: shortest forms, no surrogates, nothing above U+10FFFF). */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Whether the bytes {@code data[from, to)} are well-formed. */
    public static boolean isValid(byte[] data, int from, int to) {
        int i = from;
        while (i + 8 <= to && ((long) LONGS.get(data, i) & HIGH_BITS) == 0) {
            i += 8;
        }
        while (i < to) {
            if (data[i] >= 0) {
                i++;
            } else {
                int length = sequence(data, i, to);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    /** The length of the well-formed multi-byte sequence at {@code i}, or 0. */
    private static int sequence(byte[] data, int i, int to) {
        int first = data[i] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || i + length > to) {
            return 0;
        }
        int second = data[i + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int j = 2; j < length; j++) {
            if ((data[i + j] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
