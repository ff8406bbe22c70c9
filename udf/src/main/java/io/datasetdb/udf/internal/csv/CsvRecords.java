// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.file.FileBytes;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts bytes into records and fields by RFC 4180: quoted fields may hold delimiters, quotes and line ends; lines end with
 * LF, CRLF or CR. Works on a window of bytes that holds at least the current record, in place and without copying.
 *
 * <p>A record that reaches the window's end is cut again once there are more bytes, so that cutting itself never has to
 * stop in the middle. That is why quotes are removed only from a complete record.
 */
final class CsvRecords implements AutoCloseable {
    private static final int WINDOW = 1 << 20;

    /** The longest record, in bytes; one that is longer is most likely a quote that is never closed. */
    private static final int LONGEST_RECORD = 64 << 20;

    private static final int INCOMPLETE = -1;
    private static final byte QUOTED = 1;
    private static final byte ESCAPED = 2;

    private final InputStream stream;
    private final String location;
    private final CsvDialect dialect;
    /** Which bytes end an unquoted field. */
    private final boolean[] ends = new boolean[256];

    private byte[] window;
    private int limit;
    private int position;
    private boolean complete;
    private long consumedBefore;

    private int[] starts = new int[32];
    private int[] stops = new int[32];
    private byte[] flags = new byte[32];
    private int size;
    private long line;
    private long nextLine = 1;

    /** Takes over the stream, also if this fails. */
    CsvRecords(InputStream stream, String location, CsvDialect dialect) {
        this.stream = stream;
        this.location = location;
        this.dialect = dialect;
        this.window = new byte[WINDOW];
        ends[dialect.delimiter() & 0xFF] = true;
        ends['\n'] = true;
        ends['\r'] = true;
        try {
            fill();
            skipByteOrderMark();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Goes to the next record; false at the end of the file. */
    boolean next() {
        while (true) {
            if (position == limit) {
                if (complete) {
                    return false;
                }
                fill();
                continue;
            }
            size = 0;
            int end = cut(position);
            if (end != INCOMPLETE) {
                position = end;
                line = nextLine;
                nextLine += 1 + finish();
                return true;
            }
            fill();
        }
    }

    /** Passes over so many lines, whatever is in them. */
    void skipLines(long count) {
        for (long i = 0; i < count; i++) {
            while (true) {
                int end = position;
                while (end < limit && window[end] != '\n') {
                    end++;
                }
                if (end < limit) {
                    position = end + 1;
                    break;
                }
                position = limit;
                if (complete) {
                    return;
                }
                fill();
            }
            nextLine++;
        }
    }

    /** The number of fields of the current record. */
    int size() {
        return size;
    }

    /** The line on which the current record begins, from 1. */
    long line() {
        return line;
    }

    /** Bytes up to the end of the current record. */
    long consumed() {
        return consumedBefore + position;
    }

    /** Where the current record's fields are. To be read only, and only until the next call of {@link #next}. */
    byte[] data() {
        return window;
    }

    int start(int field) {
        return starts[field];
    }

    int stop(int field) {
        return stops[field];
    }

    boolean isQuoted(int field) {
        return (flags[field] & QUOTED) != 0;
    }

    /** Whether the current record is an empty line. */
    boolean isBlank() {
        return size == 1 && starts[0] == stops[0] && flags[0] == 0;
    }

    @Override
    public void close() {
        FileBytes.close(stream, location);
    }

    private int cut(int from) {
        byte[] data = window;
        int i = from;
        while (true) {
            if (i < limit && data[i] == dialect.quote() && dialect.quote() != CsvDialect.NONE) {
                i = quoted(i);
                if (i == INCOMPLETE) {
                    return INCOMPLETE;
                }
            } else {
                int start = i;
                while (i < limit && !ends[data[i] & 0xFF]) {
                    i++;
                }
                add(start, i, 0);
            }
            if (i == limit) {
                return complete ? limit : INCOMPLETE;
            }
            byte end = data[i];
            if (end == dialect.delimiter()) {
                i++;
                if (i == limit && !complete) {
                    return INCOMPLETE;
                }
            } else if (end == '\n') {
                return i + 1;
            } else if (end == '\r') {
                if (i + 1 < limit) {
                    return data[i + 1] == '\n' ? i + 2 : i + 1;
                }
                return complete ? limit : INCOMPLETE;
            } else {
                throw bad("text after a closing quote", from, i);
            }
        }
    }

    /** Adds the quoted field that opens at {@code open}; the index after its closing quote. */
    private int quoted(int open) {
        byte[] data = window;
        int quote = dialect.quote();
        int escape = dialect.escape();
        int kind = QUOTED;
        int i = open + 1;
        while (true) {
            while (i < limit && data[i] != quote && data[i] != escape) {
                i++;
            }
            if (i + 1 >= limit && !complete) {
                return INCOMPLETE;
            }
            if (i == limit) {
                throw bad("a quote is not closed", open, open);
            }
            boolean pair = i + 1 < limit && data[i] == escape && (data[i + 1] == quote || data[i + 1] == escape);
            if (pair) {
                kind = QUOTED | ESCAPED;
                i += 2;
            } else if (data[i] == quote) {
                add(open + 1, i, kind);
                return i + 1;
            } else {
                i++;
            }
        }
    }

    private void add(int start, int stop, int kind) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            stops = Arrays.copyOf(stops, size * 2);
            flags = Arrays.copyOf(flags, size * 2);
        }
        starts[size] = start;
        stops[size] = stop;
        flags[size++] = (byte) kind;
    }

    /** Removes escapes from the fields of a complete record; the number of line ends inside them. */
    private int finish() {
        int lines = 0;
        for (int i = 0; i < size; i++) {
            if (flags[i] != 0) {
                lines += lineEnds(starts[i], stops[i]);
                if ((flags[i] & ESCAPED) != 0) {
                    stops[i] = unescape(starts[i], stops[i]);
                }
            }
        }
        return lines;
    }

    private int lineEnds(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (window[i] == '\n' || window[i] == '\r' && (i + 1 == to || window[i + 1] != '\n')) {
                count++;
            }
        }
        return count;
    }

    private int unescape(int from, int to) {
        int target = from;
        for (int i = from; i < to; i++) {
            boolean pair = window[i] == dialect.escape()
                    && i + 1 < to
                    && (window[i + 1] == dialect.quote() || window[i + 1] == dialect.escape());
            if (pair) {
                i++;
            }
            window[target++] = window[i];
        }
        return target;
    }

    /** Moves what is left of the window to its start and reads more behind it. */
    private void fill() {
        int rest = limit - position;
        if (rest == window.length) {
            if (rest >= LONGEST_RECORD) {
                throw new DatasetDbException(
                        UdfError.TOO_LARGE,
                        "Cannot read " + location + ": the record in line " + nextLine + " is longer than "
                                + LONGEST_RECORD + " bytes, perhaps because a quote is not closed");
            }
            window = Arrays.copyOf(window, window.length * 2);
        } else {
            System.arraycopy(window, position, window, 0, rest);
        }
        consumedBefore += position;
        position = 0;
        int count = FileBytes.readFully(stream, window, rest, location);
        limit = rest + count;
        complete = limit < window.length;
    }

    private void skipByteOrderMark() {
        int first = limit > 0 ? window[0] & 0xFF : 0;
        int second = limit > 1 ? window[1] & 0xFF : 0;
        if (first == 0xEF && second == 0xBB && limit > 2 && (window[2] & 0xFF) == 0xBF) {
            position = 3;
        } else if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            throw new DatasetDbException(
                    UdfError.BAD_ENCODING, "Cannot read " + location + ": the file is UTF-16 and not UTF-8");
        }
    }

    private DatasetDbException bad(String reason, int recordStart, int at) {
        long badLine = nextLine + lineEnds(recordStart, at);
        return new DatasetDbException(
                UdfError.BAD_FILE, "Cannot read " + location + ": " + reason + " in line " + badLine);
    }
}
