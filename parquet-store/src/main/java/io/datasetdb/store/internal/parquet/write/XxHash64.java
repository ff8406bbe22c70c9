// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0 (Collet, xxHash specification 0.1.1), which Parquet's Bloom filters prescribe over a value's PLAIN
 * encoding. The sketches and dictionaries use it as well, so that a value is hashed once.
 */
final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash64() {}

    /** The hash of four little-endian bytes. */
    static long hash(int value) {
        return avalanche(four(P5 + Integer.BYTES, value));
    }

    /** The hash of eight little-endian bytes. */
    static long hash(long value) {
        return avalanche(eight(P5 + Long.BYTES, value));
    }

    static long hash(byte[] bytes, int from, int length) {
        int i = from;
        int end = from + length;
        long hash = P5;
        if (length >= 32) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (; i + 32 <= end; i += 32) {
                a = round(a, (long) LONG.get(bytes, i));
                b = round(b, (long) LONG.get(bytes, i + 8));
                c = round(c, (long) LONG.get(bytes, i + 16));
                d = round(d, (long) LONG.get(bytes, i + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        hash += length;
        for (; i + 8 <= end; i += 8) {
            hash = eight(hash, (long) LONG.get(bytes, i));
        }
        if (i + 4 <= end) {
            hash = four(hash, (int) INT.get(bytes, i));
            i += 4;
        }
        for (; i < end; i++) {
            hash = Long.rotateLeft(hash ^ ((bytes[i] & 0xFF) * P5), 11) * P1;
        }
        return avalanche(hash);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }

    private static long eight(long hash, long input) {
        return Long.rotateLeft(hash ^ round(0, input), 27) * P1 + P4;
    }

    private static long four(long hash, int input) {
        return Long.rotateLeft(hash ^ ((input & 0xFFFFFFFFL) * P1), 23) * P2 + P3;
    }

    private static long avalanche(long hash) {
        long result = (hash ^ (hash >>> 33)) * P2;
        result = (result ^ (result >>> 29)) * P3;
        return result ^ (result >>> 32);
    }
}
