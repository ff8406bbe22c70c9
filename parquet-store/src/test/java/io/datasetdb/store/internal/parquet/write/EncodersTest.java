// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesReader;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoders against parquet-java's decoders. */
class EncodersTest {
    @Test
    void hashIsTheOneOfBloomFilters() {
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(32);
        Random random = new Random(1);
        for (int length = 0; length < 150; length++) {
            byte[] bytes = new byte[length + 3];
            random.nextBytes(bytes);
            Binary binary = Binary.fromConstantByteArray(bytes, 3, length);
            assertThat(XxHash64.hash(bytes, 3, length)).as("length " + length).isEqualTo(filter.hash(binary));
            long value = random.nextLong();
            assertThat(XxHash64.hash(value)).isEqualTo(filter.hash(value));
            assertThat(XxHash64.hash((int) value)).isEqualTo(filter.hash((int) value));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void runsAndBitsDecode(long seed) throws Exception {
        Random random = new Random(seed);
        for (int width = 0; width <= 31; width++) {
            int[] values = new int[random.nextInt(1000)];
            int i = 0;
            while (i < values.length) {
                int run = random.nextInt(3) == 0 ? random.nextInt(200) : 1;
                int value = width == 0 ? 0 : random.nextInt() >>> (32 - width);
                for (int end = Math.min(values.length, i + run); i < end; i++) {
                    values[i] = value;
                }
            }
            ByteSink sink = new ByteSink();
            int from = values.length == 0 ? 0 : random.nextInt(values.length);
            RunLengthEncoder.encode(values, from, values.length, width, sink);
            RunLengthBitPackingHybridDecoder decoder =
                    new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(sink.toByteArray()));
            for (int k = from; k < values.length; k++) {
                assertThat(decoder.readInt())
                        .as("seed " + seed + ", width " + width + ", value " + k)
                        .isEqualTo(values[k]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void differencesDecode(long seed) throws Exception {
        Random random = new Random(seed);
        for (int bits : new int[] {32, 64}) {
            for (int spread = 0; spread < bits; spread++) {
                long[] values = new long[1 + random.nextInt(500)];
                for (int i = 0; i < values.length; i++) {
                    long value = random.nextLong() >> (63 - spread % 64);
                    values[i] = bits == 32 ? (int) value : value;
                }
                ByteSink sink = new ByteSink();
                new DeltaEncoder(bits).encode(values, 0, values.length, sink);
                ValuesReader reader = new DeltaBinaryPackingValuesReader();
                reader.initFromPage(values.length, stream(sink));
                for (int i = 0; i < values.length; i++) {
                    long value = bits == 32 ? reader.readInteger() : reader.readLong();
                    assertThat(value)
                            .as("seed " + seed + ", bits " + bits + ", value " + i)
                            .isEqualTo(values[i]);
                }
            }
        }
    }

    @Test
    void estimateOfDifferencesIsClose() {
        Random random = new Random(3);
        long[] values = random.longs(10_000, 0, 5000).toArray();
        DeltaEncoder encoder = new DeltaEncoder(64);
        ByteSink sink = new ByteSink();
        encoder.encode(values, 0, values.length, sink);
        assertThat((double) encoder.estimate(values, 0, values.length))
                .isBetween(sink.size() * 0.98, sink.size() * 1.02);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stringsDecode(boolean prefixes) throws Exception {
        Random random = new Random(5);
        int count = 3000;
        int[] offsets = new int[count + 1];
        ByteSink data = new ByteSink();
        for (int i = 0; i < count; i++) {
            byte[] value =
                    ("prefix/" + random.nextInt(50) + "/x".repeat(random.nextInt(4))).getBytes(StandardCharsets.UTF_8);
            data.write(value, 0, random.nextInt(10) == 0 ? 0 : value.length);
            offsets[i + 1] = data.size();
        }
        StringEncoder encoder = new StringEncoder();
        ByteSink sink = new ByteSink();
        if (prefixes) {
            encoder.encodePrefixes(data.array(), offsets, 10, count, sink);
        } else {
            encoder.encodeLengths(data.array(), offsets, 10, count, sink);
        }
        ValuesReader reader = prefixes ? new DeltaByteArrayReader() : new DeltaLengthByteArrayValuesReader();
        reader.initFromPage(count - 10, stream(sink));
        for (int i = 10; i < count; i++) {
            String expected = new String(data.array(), offsets[i], offsets[i + 1] - offsets[i], StandardCharsets.UTF_8);
            assertThat(reader.readBytes().toStringUsingUTF8()).as("value " + i).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 100, 1000, 10_000, 100_000, 1_000_000})
    void sketchEstimatesDistinctValues(int distinct) {
        DistinctSketch one = new DistinctSketch();
        DistinctSketch two = new DistinctSketch();
        for (int i = 0; i < distinct; i++) {
            (i % 2 == 0 ? one : two).add(XxHash64.hash((long) i));
            one.add(XxHash64.hash((long) i / 2));
        }
        one.merge(two);
        assertThat((double) one.estimate()).isBetween(distinct * 0.95 - 1, distinct * 1.05 + 1);
    }

    @Test
    void dictionaryGivesUpWhenValuesDoNotRepeat() {
        long[] unique = new Random(1).longs(100_000).toArray();
        assertThat(Dictionary.of(unique, unique.length)).isNull();
        long[] few = new Random(1).longs(100_000, 0, 1000).toArray();
        Dictionary dictionary = Dictionary.of(few, few.length);
        assertThat(dictionary).isNotNull();
        assertThat(dictionary.size()).isEqualTo(1000);
        for (int i = 0; i < few.length; i++) {
            assertThat(few[dictionary.firsts()[dictionary.ids()[i]]]).isEqualTo(few[i]);
        }
    }

    private static ByteBufferInputStream stream(ByteSink sink) {
        return ByteBufferInputStream.wrap(ByteBuffer.wrap(sink.toByteArray()));
    }
}
