// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The first eight bytes of a value as a number. */
final class Prefixes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Prefixes() {}

    /** A signed number that is smaller only if the bytes are: the first eight, zeros after the end. */
    static long of(byte[] data, int from, int to) {
        if (to - from >= 8) {
            return (long) LONGS.get(data, from) ^ Long.MIN_VALUE;
        }
        long prefix = 0;
        for (int i = from; i < to; i++) {
            prefix |= (data[i] & 0xFFL) << (56 - 8 * (i - from));
        }
        return prefix ^ Long.MIN_VALUE;
    }
}
