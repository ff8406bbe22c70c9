// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes and distances between bit patterns, equal on every machine and in every release. */
public final class HashFunctions {
    private HashFunctions() {}

    @ScalarFunction
    @Description("A 64-bit hash of a text: the first eight bytes of its SHA-256, big-endian.")
    @Example("string_hash('abc') = -5010229573455851542")
    public static long stringHash(String a) {
        return sha256Prefix(a);
    }

    @ScalarFunction
    @Description("A 64-bit hash of two texts: the first eight bytes of the SHA-256 of both, joined by '|'.")
    @Example("string_hash('a', 'b') = 1057090313966889972")
    public static long stringHash(String a, String b) {
        return sha256Prefix(a + "|" + b);
    }

    @ScalarFunction
    @Description("A 64-bit hash of three texts: the first eight bytes of the SHA-256 of all, joined by '|'.")
    @Example("string_hash('a', 'b', 'c') = -6544337068772929946")
    public static long stringHash(String a, String b, String c) {
        return sha256Prefix(a + "|" + b + "|" + c);
    }

    @ScalarFunction
    @Description("A 64-bit hash of four texts: the first eight bytes of the SHA-256 of all, joined by '|'.")
    @Example("string_hash('a', 'b', 'c', 'd') = -5383958007716488872")
    public static long stringHash(String a, String b, String c, String d) {
        return sha256Prefix(a + "|" + b + "|" + c + "|" + d);
    }

    /** ClickHouse's intHash64, the finalizer of MurmurHash3 after an exclusive or with a constant. */
    @ScalarFunction("int_hash_64")
    @Description("A 64-bit hash of a number, the same as ClickHouse's intHash64.")
    @Example("int_hash_64(42) = -6956393143342258023")
    public static long intHash64(long value) {
        long x = value ^ 0x4CF2D2BAAE6DA887L;
        x ^= x >>> 33;
        x *= 0xFF51AFD7ED558CCDL;
        x ^= x >>> 33;
        x *= 0xC4CEB9FE1A85EC53L;
        return x ^ x >>> 33;
    }

    @ScalarFunction
    @Description("The number of bits in which two 64-bit numbers differ, e.g. of two perceptual hashes.")
    @Example("bit_hamming_distance(7, 4) = 2")
    public static long bitHammingDistance(long a, long b) {
        return Long.bitCount(a ^ b);
    }

    @ScalarFunction
    @Description(
            "The number of bytes of their UTF-8 forms in which two texts differ, plus the difference of their lengths.")
    @Example("byte_hamming_distance('karolin', 'kathrin!') = 4")
    public static long byteHammingDistance(String a, String b) {
        return byteHammingDistance(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    @ScalarFunction
    @Description("The number of bytes in which two binary values differ, plus the difference of their lengths.")
    @Example("byte_hamming_distance(X'0102', X'0103FF') = 2")
    public static long byteHammingDistance(byte[] a, byte[] b) {
        int common = Math.min(a.length, b.length);
        int distance = Math.max(a.length, b.length) - common;
        for (int i = 0; i < common; i++) {
            distance += a[i] == b[i] ? 0 : 1;
        }
        return distance;
    }

    private static long sha256Prefix(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
