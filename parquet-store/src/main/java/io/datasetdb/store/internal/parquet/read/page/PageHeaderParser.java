// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * Reads page headers: the structs of parquet.thrift in Thrift's <a
 * href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">compact protocol</a>,
 * straight from a buffer, so that a malformed header can neither allocate nor recurse.
 */
final class PageHeaderParser {
    private static final int MAX_DEPTH = 16;

    private final byte[] array;
    private final int end;
    private int next;

    private int type = -1;
    private int uncompressedSize = -1;
    private int compressedSize = -1;
    private boolean hasCrc;
    private int crc;
    private PageHeader.@Nullable Kind details;
    private int values = -1;
    private int rows = -1;
    private int encoding = -1;
    private int definitionEncoding;
    private int repetitionEncoding;
    private int definitionBytes;
    private int repetitionBytes;
    private boolean compressed = true;

    /** A parser of the header that starts at {@code offset} and ends before {@code end}. */
    PageHeaderParser(byte[] array, int offset, int end) {
        this.array = array;
        this.next = offset;
        this.end = end;
    }

    /** Signals that the header goes on behind the bytes at hand. */
    static final class HeaderCutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HeaderCutOff() {
            super("a page's header is cut off", null, false, false);
        }
    }

    /** Where the header ends, once parsed. */
    int position() {
        return next;
    }

    /** Parses; fails with {@link HeaderCutOff} if there are too few bytes. */
    PageHeader parse() {
        int field = 0;
        for (int head = nextByte(); head != 0; head = nextByte()) {
            field = (head >>> 4) == 0 ? (short) zigzag() : field + (head >>> 4);
            int wire = head & 15;
            switch (field) {
                case 1 -> type = integer(wire);
                case 2 -> uncompressedSize = integer(wire);
                case 3 -> compressedSize = integer(wire);
                case 4 -> {
                    crc = integer(wire);
                    hasCrc = true;
                }
                case 5 -> struct(wire, PageHeader.Kind.DATA);
                case 7 -> struct(wire, PageHeader.Kind.DICTIONARY);
                case 8 -> struct(wire, PageHeader.Kind.DATA_V2);
                default -> skip(wire, 0);
            }
        }
        return checked();
    }

    private PageHeader checked() {
        PageHeader.Kind kind = switch (type) {
            case 0 -> PageHeader.Kind.DATA;
            case 2 -> PageHeader.Kind.DICTIONARY;
            case 3 -> PageHeader.Kind.DATA_V2;
            default -> PageHeader.Kind.OTHER;
        };
        // A page of values that calls itself something else must not be passed over.
        boolean complete =
                kind == PageHeader.Kind.OTHER ? details == null : details == kind && values >= 0 && encoding >= 0;
        if (type < 0 || uncompressedSize < 0 || compressedSize < 0 || !complete) {
            throw new ParquetDecodingException("a page's header is malformed");
        }
        return new PageHeader(
                kind,
                uncompressedSize,
                compressedSize,
                hasCrc,
                crc,
                values,
                rows,
                encoding,
                definitionEncoding,
                repetitionEncoding,
                definitionBytes,
                repetitionBytes,
                compressed);
    }

    private void struct(int wire, PageHeader.Kind kind) {
        if (wire != 12) {
            throw new ParquetDecodingException("a page's header is malformed");
        }
        details = kind;
        int field = 0;
        for (int head = nextByte(); head != 0; head = nextByte()) {
            field = (head >>> 4) == 0 ? (short) zigzag() : field + (head >>> 4);
            detail(kind, field, head & 15);
        }
    }

    private void detail(PageHeader.Kind kind, int field, int wire) {
        boolean second = kind == PageHeader.Kind.DATA_V2;
        if (field == 1) {
            values = integer(wire);
        } else if (field == (second ? 4 : 2)) {
            encoding = integer(wire);
        } else if (kind == PageHeader.Kind.DATA && field == 3) {
            definitionEncoding = integer(wire);
        } else if (kind == PageHeader.Kind.DATA && field == 4) {
            repetitionEncoding = integer(wire);
        } else if (second && field == 3) {
            rows = integer(wire);
        } else if (second && field == 5) {
            definitionBytes = integer(wire);
        } else if (second && field == 6) {
            repetitionBytes = integer(wire);
        } else if (second && field == 7 && (wire == 1 || wire == 2)) {
            compressed = wire == 1;
        } else {
            skip(wire, 0);
        }
    }

    private int integer(int wire) {
        if (wire != 5) {
            throw new ParquetDecodingException("a page's header is malformed");
        }
        return (int) zigzag();
    }

    private int nextByte() {
        if (next >= end) {
            throw new HeaderCutOff();
        }
        return array[next++] & 0xff;
    }

    private long varint() {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = nextByte();
            result |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return result;
            }
        }
        throw new ParquetDecodingException("a page's header is malformed");
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private void advance(long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw new ParquetDecodingException("a page's header is malformed");
        }
        if (bytes > end - next) {
            throw new HeaderCutOff();
        }
        next += (int) bytes;
    }

    private void skip(int wire, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ParquetDecodingException("a page's header is malformed");
        }
        switch (wire) {
            case 1, 2 -> {}
            case 3 -> advance(1);
            case 4, 5, 6 -> varint();
            case 7 -> advance(Long.BYTES);
            case 8 -> advance(varint());
            case 9, 10 -> skipList(depth);
            case 12 -> skipStruct(depth);
            default -> throw new ParquetDecodingException("a page's header is malformed");
        }
    }

    private void skipList(int depth) {
        int head = nextByte();
        long size = (head >>> 4) == 15 ? varint() : head >>> 4;
        int element = head & 15;
        for (long i = 0; i < size; i++) {
            if (element <= 2) {
                advance(1);
            } else {
                skip(element, depth + 1);
            }
        }
    }

    private void skipStruct(int depth) {
        for (int head = nextByte(); head != 0; head = nextByte()) {
            if ((head >>> 4) == 0) {
                zigzag();
            }
            skip(head & 15, depth + 1);
        }
    }
}
