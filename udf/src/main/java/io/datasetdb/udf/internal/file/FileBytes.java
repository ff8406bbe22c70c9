// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.file;

import com.github.luben.zstd.ZstdInputStream;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.udf.UdfError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Streams over files of a storage. */
public final class FileBytes {
    private static final int DECOMPRESSOR_BUFFER = 1 << 16;

    /** How a file's bytes are packed. */
    public enum Compression {
        NONE,
        GZIP,
        ZSTD;

        /** By a file's name: {@code .gz}, {@code .zst}. */
        public static Compression ofName(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.endsWith(".gz") ? GZIP : lower.endsWith(".zst") || lower.endsWith(".zstd") ? ZSTD : NONE;
        }
    }

    private FileBytes() {}

    /** A file's bytes, decompressed by its extension; the stream closes the file. */
    public static InputStream open(Storage storage, String location) {
        InputStream raw = new InputBytes(storage.open(location));
        try {
            return switch (Compression.ofName(location)) {
                case NONE -> raw;
                case GZIP -> new GZIPInputStream(raw, DECOMPRESSOR_BUFFER);
                case ZSTD -> new ZstdInputStream(raw).setContinuous(false);
            };
        } catch (IOException e) {
            try (raw) {
                throw broken(location, e);
            } catch (IOException onClose) {
                throw broken(location, onClose);
            }
        }
    }

    /** Fills {@code target} from {@code from} on as far as the stream goes; the number of bytes read, 0 at its end. */
    public static int readFully(InputStream stream, byte[] target, int from, String location) {
        try {
            return stream.readNBytes(target, from, target.length - from);
        } catch (IOException e) {
            throw broken(location, e);
        }
    }

    /** Closes a stream that {@link #open} made. */
    public static void close(InputStream stream, String location) {
        try {
            stream.close();
        } catch (IOException e) {
            throw broken(location, e);
        }
    }

    private static DatasetDbException broken(String location, IOException e) {
        return new DatasetDbException(UdfError.READ_FAILED, "Cannot read " + location + ": " + e.getMessage(), e);
    }

    /** Reads an input from its start to its end. */
    private static final class InputBytes extends InputStream {
        private final Storage.Input input;
        private final long size;
        private long position;

        InputBytes(Storage.Input input) {
            this.input = input;
            this.size = input.size();
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int count = (int) Math.min(length, size - position);
            if (count <= 0) {
                return -1;
            }
            input.readFully(position, ByteBuffer.wrap(target, offset, count));
            position += count;
            return count;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, size - position);
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
