// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import java.io.IOException;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/** The pages of a column chunk in order, checked and decompressed. */
final class PageReader {
    /** Writers before parquet-mr 1.2.9 left the dictionary's page header out of the chunk's size (PARQUET-816). */
    private static final int UNCOUNTED_HEADER = 100;

    /** The format's number of the deprecated encoding of levels. */
    private static final int BIT_PACKED = org.apache.parquet.format.Encoding.BIT_PACKED.getValue();

    private static final int DELTA_BYTE_ARRAY = org.apache.parquet.format.Encoding.DELTA_BYTE_ARRAY.getValue();

    private final ChunkInput input;
    /** Where the chunk ends as the footer says. */
    private final long announcedEnd;

    private final Set<Encoding> encodings;
    private final @Nullable PageCodec codec;
    private final int repetitionWidth;
    private final int definitionWidth;
    private final ScanCounters counters;
    private byte[] buffer = new byte[Slice.SLACK];

    /** A reader of a chunk that must end before {@code limit}, where the file's data ends. */
    PageReader(
            Storage.Input file, ColumnChunkMetaData chunk, ColumnDescriptor column, long limit, ScanCounters counters) {
        long start = chunk.getStartingPos();
        long size = chunk.getTotalSize();
        if (start < 0 || size < 0 || start + size < start || start + size > limit) {
            throw new ParquetDecodingException("the column chunk lies outside of the file's data");
        }
        this.announcedEnd = start + size;
        this.input = new ChunkInput(file, start, Math.min(limit, start + size + UNCOUNTED_HEADER));
        this.encodings = chunk.getEncodings();
        this.codec = chunk.getCodec() == CompressionCodecName.UNCOMPRESSED ? null : PageCodec.of(chunk.getCodec());
        this.repetitionWidth = LevelReader.width(column.getMaxRepetitionLevel());
        this.counters = counters;
        this.definitionWidth = LevelReader.width(column.getMaxDefinitionLevel());
    }

    /**
     * The next page; the caller knows from the number of values when there is one.
     *
     * @param passable a page of values of no more than so many rows is passed over as it is
     */
    Page next(int passable) {
        while (true) {
            boolean behindEnd = input.filePosition() >= announcedEnd;
            PageHeader header = input.header();
            if (behindEnd && header.hasCrc()) {
                // Writers that count wrongly have no checksums, so that this page is another column's.
                throw new ParquetDecodingException("the column chunk ends before its last value");
            }
            Slice stored = input.take(header.compressedSize());
            if (isPassable(header, passable)) {
                counters.add(ScanCounters.Figure.PAGES_SKIPPED, 1);
                return new Page.Passed(header.values(), rows(header));
            }
            if (header.hasCrc()) {
                verify(header, stored);
            }
            switch (header.kind()) {
                case DICTIONARY -> {
                    Slice data = decompress(stored, header.uncompressedSize());
                    return new Page.Dictionary(header.values(), encoding(header.encoding()), data);
                }
                case DATA -> {
                    counters.add(ScanCounters.Figure.PAGES_READ, 1);
                    return first(header, decompress(stored, header.uncompressedSize()));
                }
                case DATA_V2 -> {
                    counters.add(ScanCounters.Figure.PAGES_READ, 1);
                    return second(header, stored);
                }
                case OTHER -> {}
            }
        }
    }

    /** Rows of a page of values, or -1 if unknown. */
    private int rows(PageHeader header) {
        return repetitionWidth == 0 ? header.values() : header.rows();
    }

    /** The values of a page may depend on the page before in the files of some old writers (PARQUET-246). */
    private boolean isPassable(PageHeader header, int rows) {
        boolean ofValues = header.kind() == PageHeader.Kind.DATA || header.kind() == PageHeader.Kind.DATA_V2;
        return ofValues
                && header.encoding() != DELTA_BYTE_ARRAY
                && header.values() > 0
                && rows(header) > 0
                && rows(header) <= rows;
    }

    private static void verify(PageHeader header, Slice stored) {
        CRC32 crc = new CRC32();
        crc.update(stored.array(), stored.offset(), stored.length());
        if ((int) crc.getValue() != header.crc()) {
            throw new ParquetDecodingException(String.format(
                    "a page's checksum does not match (stored %08x, computed %08x)", header.crc(), crc.getValue()));
        }
    }

    /** V1: levels and values are compressed together, levels behind their lengths. */
    private DataPage first(PageHeader header, Slice body) {
        Slice rest = body;
        LevelReader repetitions = LevelReader.none();
        if (repetitionWidth > 0) {
            Slice levels = levels(rest, header.repetitionEncoding(), header.values(), repetitionWidth);
            repetitions = levelReader(levels, header.repetitionEncoding(), repetitionWidth);
            rest = rest.skip(levels.end() - rest.offset());
        }
        LevelReader definitions = LevelReader.none();
        if (definitionWidth > 0) {
            Slice levels = levels(rest, header.definitionEncoding(), header.values(), definitionWidth);
            definitions = levelReader(levels, header.definitionEncoding(), definitionWidth);
            rest = rest.skip(levels.end() - rest.offset());
        }
        return new DataPage(header.values(), -1, repetitions, definitions, dataEncoding(header), rest);
    }

    private static Slice levels(Slice body, int encoding, int values, int width) {
        if (encoding == BIT_PACKED) {
            return body.first(Math.toIntExact(((long) values * width + 7) / 8));
        }
        return body.skip(Integer.BYTES).first(body.leadingInt());
    }

    private static LevelReader levelReader(Slice levels, int number, int width) {
        if (number == BIT_PACKED) {
            return new LevelReader.BitPacked(levels, width);
        }
        Encoding encoding = encoding(number);
        if (encoding != Encoding.RLE) {
            throw new ParquetDecodingException("a page's levels have an unknown encoding (" + encoding + ")");
        }
        return new RunLengthReader(levels, width);
    }

    /** V2: levels stand uncompressed before the values. */
    private DataPage second(PageHeader header, Slice stored) {
        Slice repetitions = stored.first(header.repetitionBytes());
        Slice definitions = stored.skip(header.repetitionBytes()).first(header.definitionBytes());
        int levelBytes = repetitions.length() + definitions.length();
        Slice values = stored.skip(levelBytes);
        int size = header.uncompressedSize() - levelBytes;
        if (size < 0) {
            throw new ParquetDecodingException("a page's levels are longer than the page");
        }
        Slice data = header.compressed() ? decompress(values, size) : values;
        return new DataPage(
                header.values(),
                header.rows(),
                repetitionWidth > 0 ? new RunLengthReader(repetitions, repetitionWidth) : LevelReader.none(),
                definitionWidth > 0 ? new RunLengthReader(definitions, definitionWidth) : LevelReader.none(),
                dataEncoding(header),
                data);
    }

    /**
     * The encoding of a page's values. Headers have no checksum, so that of a page that has one is checked against the
     * footer's list of encodings; early writers, whose pages have none, got that list wrong.
     */
    private Encoding dataEncoding(PageHeader header) {
        Encoding encoding = encoding(header.encoding());
        if (header.hasCrc() && !encodings.contains(encoding) && !encoding.usesDictionary()) {
            throw new ParquetDecodingException(
                    "a page has an encoding that the footer does not list (" + encoding + ")");
        }
        return encoding;
    }

    private static Encoding encoding(int number) {
        org.apache.parquet.format.Encoding stored = org.apache.parquet.format.Encoding.findByValue(number);
        if (stored == null) {
            throw new ParquetDecodingException("a page has an unknown encoding (" + number + ")");
        }
        return Encoding.valueOf(stored.name());
    }

    private Slice decompress(Slice stored, int size) {
        if (codec == null) {
            if (stored.length() != size) {
                throw new ParquetDecodingException(
                        "an uncompressed page has two sizes (" + stored.length() + " and " + size + " bytes)");
            }
            return stored;
        }
        if (size == 0) {
            return Slice.empty();
        }
        codec.checkSize(stored, size);
        if (buffer.length < size + Slice.SLACK) {
            buffer = new byte[size + Slice.SLACK];
        }
        int done;
        try {
            done = codec.decompress(stored, buffer, size);
        } catch (IOException | RuntimeException e) {
            throw new ParquetDecodingException("a page does not decompress (" + codec + ")", e);
        }
        if (done != size) {
            throw new ParquetDecodingException("a page decompresses to the wrong size (" + done + " bytes)");
        }
        return new Slice(buffer, 0, size);
    }
}
