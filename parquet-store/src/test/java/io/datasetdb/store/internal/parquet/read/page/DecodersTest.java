// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our decoders against parquet-java's encoders, in steps of random sizes, and against noise. */
class DecodersTest {
    private static final long SEED = 7;
    private static final HeapByteBufferAllocator ALLOCATOR = new HeapByteBufferAllocator();

    private final Random random = new Random(SEED);

    private static Slice slice(byte[] content) {
        return new Slice(Arrays.copyOf(content, content.length + Slice.SLACK), 0, content.length);
    }

    private static Slice slice(BytesInput content) throws IOException {
        return slice(content.toByteArray());
    }

    /** Numbers in runs and not in runs. */
    private int[] numbers(int count, int width) {
        int[] result = new int[count];
        int mask = width == 32 ? -1 : (1 << width) - 1;
        for (int i = 0; i < count; ) {
            int value = random.nextInt() & mask;
            int run = random.nextBoolean() ? 1 : random.nextInt(100);
            for (int j = 0; j < run && i < count; j++) {
                result[i++] = value;
            }
        }
        return result;
    }

    private interface Reader {
        void read(int offset, int count);
    }

    private void inSteps(int count, Reader reader) {
        for (int done = 0; done < count; ) {
            int step = Math.min(count - done, random.nextInt(700));
            reader.read(done, step);
            done += step;
        }
    }

    @Test
    void runLengthsOfEveryWidthDecode() throws IOException {
        for (int width = 0; width <= 32; width++) {
            int[] expected = numbers(5000, width);
            RunLengthBitPackingHybridEncoder encoder =
                    new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, ALLOCATOR);
            for (int value : expected) {
                encoder.writeInt(value);
            }
            Slice encoded = slice(encoder.toBytes());
            int[] actual = new int[5000];
            RunLengthReader reader = new RunLengthReader(encoded, width);
            inSteps(5000, (offset, count) -> reader.read(actual, offset, count));
            assertThat(actual).as("width " + width + " seed " + SEED).isEqualTo(expected);
            if (width <= 7) {
                byte[] levels = new byte[5000];
                RunLengthReader levelReader = new RunLengthReader(encoded, width);
                inSteps(5000, (offset, count) -> levelReader.read(levels, offset, count));
                assertThat(IntStream.range(0, 5000).map(i -> levels[i]).toArray())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void longRunOfOneLevelIsPassedOverAtOnce() throws IOException {
        RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(1, 64, 1 << 20, ALLOCATOR);
        for (int i = 0; i < 1000; i++) {
            encoder.writeInt(i < 900 ? 1 : 0);
        }
        RunLengthReader reader = new RunLengthReader(slice(encoder.toBytes()), 1);
        assertThat(reader.skipAll(1, 800)).isTrue();
        assertThat(reader.skipAll(1, 200)).isFalse();
        assertThat(reader.skipAll(0, 0)).isTrue();
        byte[] rest = new byte[200];
        reader.read(rest, 0, 200);
        assertThat(IntStream.range(0, 200).map(i -> rest[i]).sum()).isEqualTo(100);
    }

    @Test
    void runLengthsThatEndEarlyOrAreTooWideFail() {
        assertThatExceptionOfType(ParquetDecodingException.class)
                .isThrownBy(() -> new RunLengthReader(slice(new byte[] {8, 1}), 1).read(new int[5], 0, 5))
                .withMessage("a page holds fewer values than it announces");
        assertThatExceptionOfType(ParquetDecodingException.class)
                .isThrownBy(() -> new RunLengthReader(slice(new byte[] {8, 4}), 2).read(new int[4], 0, 4))
                .withMessage("a run's value is wider than its bit width (4)");
        assertThatExceptionOfType(ParquetDecodingException.class)
                .isThrownBy(() -> new RunLengthReader(slice(new byte[0]), 33))
                .withMessage("a bit width is out of range (33)");
    }

    @Test
    void bitPackedLevelsReadFromTheMostSignificantBit() {
        byte[] levels = new byte[8];
        new LevelReader.BitPacked(slice(new byte[] {0b00000101, 0b00111001, 0b01110111}), 3).read(levels, 0, 8);
        assertThat(levels).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThatThrownBy(() -> new LevelReader.BitPacked(slice(new byte[1]), 3).read(levels, 0, 3))
                .isInstanceOf(ParquetDecodingException.class);
    }

    @Test
    void deltasOfLongsDecode() throws IOException {
        for (int round = 0; round < 30; round++) {
            int bits = random.nextInt(64);
            long[] expected =
                    random.longs(1 + random.nextInt(3000)).map(v -> v >> bits).toArray();
            expected[expected.length / 2] = Long.MIN_VALUE;
            expected[0] = Long.MAX_VALUE;
            ValuesWriter writer = new DeltaBinaryPackingValuesWriterForLong(64, 1 << 20, ALLOCATOR);
            for (long value : expected) {
                writer.writeLong(value);
            }
            DeltaBinaryPackedDecoder decoder = new DeltaBinaryPackedDecoder(slice(writer.getBytes()));
            long[] actual = new long[expected.length];
            inSteps(expected.length, (offset, count) -> decoder.read(actual, offset, count));
            assertThat(actual).as("round " + round + " seed " + SEED).isEqualTo(expected);
            assertThatThrownBy(() -> decoder.read(actual, 0, 1)).isInstanceOf(ParquetDecodingException.class);
        }
    }

    @Test
    void deltasOfIntsDecode() throws IOException {
        for (int round = 0; round < 30; round++) {
            int bits = random.nextInt(32);
            int[] expected =
                    random.ints(1 + random.nextInt(3000)).map(v -> v >> bits).toArray();
            expected[expected.length / 2] = Integer.MIN_VALUE;
            expected[0] = Integer.MAX_VALUE;
            ValuesWriter writer = new DeltaBinaryPackingValuesWriterForInteger(64, 1 << 20, ALLOCATOR);
            for (int value : expected) {
                writer.writeInteger(value);
            }
            DeltaBinaryPackedDecoder decoder = new DeltaBinaryPackedDecoder(slice(writer.getBytes()));
            int[] actual = new int[expected.length];
            inSteps(expected.length, (offset, count) -> decoder.read(actual, offset, count));
            assertThat(actual).as("round " + round + " seed " + SEED).isEqualTo(expected);
        }
    }

    private void decodesStrings(ValuesWriter writer, java.util.function.Function<Slice, ValueDecoder> decoders)
            throws IOException {
        byte[][] expected = new byte[3000][];
        byte[] value = new byte[0];
        for (int i = 0; i < expected.length; i++) {
            value = Arrays.copyOf(value, random.nextInt(4) == 0 ? random.nextInt(60) : value.length + 1 & 31);
            for (int j = Math.max(0, value.length - 3); j < value.length; j++) {
                value[j] = (byte) random.nextInt(4);
            }
            expected[i] = value.clone();
            writer.writeBytes(Binary.fromConstantByteArray(expected[i]));
        }
        ValueDecoder decoder = decoders.apply(slice(writer.getBytes()));
        BytesBuffer out = new BytesBuffer();
        inSteps(expected.length, (offset, count) -> decoder.read(out, count));
        assertThat(out.size).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Arrays.copyOfRange(out.data, out.offsets[i], out.offsets[i + 1]))
                    .as("value " + i + " seed " + SEED)
                    .isEqualTo(expected[i]);
        }
    }

    @Test
    void stringsBehindTheirLengthsDecode() throws IOException {
        decodesStrings(new DeltaLengthByteArrayValuesWriter(64, 1 << 20, ALLOCATOR), DeltaLengthDecoder::new);
    }

    @Test
    void stringsThatSharePrefixesDecode() throws IOException {
        decodesStrings(
                new DeltaByteArrayWriter(64, 1 << 20, ALLOCATOR),
                encoded -> new DeltaByteArrayDecoder(encoded, -1, new byte[0]));
    }

    @Test
    void prefixMayComeFromThePageBefore() {
        // One value each: prefix length 2, suffix length 1, suffix "c".
        byte[] deltaOf2 = {(byte) 128, 1, 4, 1, 4};
        byte[] deltaOf1 = {(byte) 128, 1, 4, 1, 2};
        byte[] content = Arrays.copyOf(deltaOf2, 11);
        System.arraycopy(deltaOf1, 0, content, 5, 5);
        content[10] = 'c';
        DeltaByteArrayDecoder decoder = new DeltaByteArrayDecoder(slice(content), -1, new byte[] {'a', 'b', 'x'});
        BytesBuffer out = new BytesBuffer();
        decoder.read(out, 1);
        assertThat(Arrays.copyOf(out.data, out.length())).isEqualTo(new byte[] {'a', 'b', 'c'});
        assertThat(decoder.last()).isEqualTo(new byte[] {'a', 'b', 'c'});
        assertThatExceptionOfType(ParquetDecodingException.class)
                .isThrownBy(() -> new DeltaByteArrayDecoder(slice(content), -1, new byte[1]).read(out, 1))
                .withMessage("a value's prefix is longer than the value before (2)");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void noiseNeverDoesMoreThanFail() {
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            Slice slice = slice(noise);
            int what = round % 6;
            try {
                switch (what) {
                    case 0 -> new RunLengthReader(slice, random.nextInt(33)).read(new int[4096], 0, 4096);
                    case 1 -> new DeltaBinaryPackedDecoder(slice).read(new long[4096], 0, 4096);
                    case 2 -> new DeltaLengthDecoder(slice).read(new BytesBuffer(), 4096);
                    case 3 -> new DeltaByteArrayDecoder(slice, -1, new byte[0]).read(new BytesBuffer(), 4096);
                    case 4 -> new PlainDecoder(slice, -1).read(new BytesBuffer(), 10);
                    default -> new PageHeaderParser(slice.array(), 0, slice.end()).parse();
                }
            } catch (ParquetDecodingException | PageHeaderParser.HeaderCutOff e) {
                assertThat(e).hasMessageStartingWith("a");
            }
        }
    }
}
