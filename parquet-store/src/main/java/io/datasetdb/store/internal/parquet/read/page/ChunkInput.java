// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * The bytes of a column chunk in order: small chunks are read at once, large ones through a window, so that memory
 * stays bounded by the largest page. Slices stay readable until the next call.
 */
final class ChunkInput {
    private static final int WHOLE = 4 << 20;
    private static final int WINDOW = 2 << 20;
    private static final int MAX_HEADER = 1 << 24;

    private final Storage.Input input;
    /** Where in the file the bytes after the window start, and where the chunk ends. */
    private long filePosition;

    private final long fileEnd;
    private byte[] window = new byte[Slice.SLACK];
    private int position;
    private int limit;

    ChunkInput(Storage.Input input, long start, long end) {
        this.input = input;
        this.filePosition = start;
        this.fileEnd = end;
    }

    /** Whether all bytes have been taken. */
    boolean isAtEnd() {
        return position == limit && filePosition == fileEnd;
    }

    /** Where in the file the next byte is. */
    long filePosition() {
        return filePosition - (limit - position);
    }

    /** Parses the next page header and passes over it. */
    PageHeader header() {
        for (int wanted = 256; ; wanted *= 4) {
            boolean all = !fill(wanted) || wanted > MAX_HEADER;
            PageHeaderParser parser = new PageHeaderParser(window, position, limit);
            try {
                PageHeader header = parser.parse();
                position = parser.position();
                return header;
            } catch (PageHeaderParser.HeaderCutOff e) {
                if (all) {
                    throw new ParquetDecodingException("the column chunk ends inside a page's header", e);
                }
            }
        }
    }

    /** The next {@code length} bytes. */
    Slice take(int length) {
        if (length > limit - position + (fileEnd - filePosition) || !fill(length)) {
            throw new ParquetDecodingException("the column chunk ends inside a page (of " + length + " bytes)");
        }
        Slice result = new Slice(window, position, position + length);
        position += length;
        return result;
    }

    /** Makes {@code wanted} bytes available, or all that are left; returns whether there were as many. */
    private boolean fill(int wanted) {
        int available = limit - position;
        if (available >= wanted) {
            return true;
        }
        long rest = fileEnd - filePosition;
        long size = rest + available <= WHOLE ? rest + available : Math.min(rest + available, Math.max(wanted, WINDOW));
        if (size > available) {
            if (size > Integer.MAX_VALUE - 64) {
                throw new ParquetDecodingException("a page is larger than 2 GiB");
            }
            move((int) size, available);
        }
        return limit - position >= wanted;
    }

    private void move(int size, int available) {
        byte[] target = size + Slice.SLACK <= window.length ? window : new byte[size + Slice.SLACK];
        System.arraycopy(window, position, target, 0, available);
        window = target;
        position = 0;
        limit = available;
        input.readFully(filePosition, ByteBuffer.wrap(target, available, size - available));
        filePosition += size - available;
        limit = size;
        Arrays.fill(window, limit, limit + Slice.SLACK, (byte) 0);
    }
}
