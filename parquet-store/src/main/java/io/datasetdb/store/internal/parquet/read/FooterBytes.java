// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * A footer as it stands in a file: {@code PAR1}, pages, the footer, its length in four bytes, {@code PAR1}.
 *
 * @param location as messages name the file
 * @param fileSize bytes of the file
 * @param version of the file, see {@link Storage.Input#version()}
 * @param bytes the footer
 */
record FooterBytes(String location, long fileSize, long version, ByteBuffer bytes) {
    /** Most footers are smaller than this, so that one read does. */
    private static final int TAIL = 64 << 10;

    private static final int TRAILER = 8;
    private static final int MIN_FILE = 12;
    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";

    static FooterBytes read(Storage.Input input) {
        long size = input.size();
        if (size < MIN_FILE) {
            throw error(StoreError.NOT_PARQUET, input.location(), "it is too short (" + size + " bytes)", null);
        }
        ByteBuffer tail = bytes(input, Math.max(0, size - TAIL), (int) Math.min(size, TAIL));
        int trailer = tail.limit() - TRAILER;
        checkMagic(input, tail, trailer + 4);
        long length = Integer.toUnsignedLong(tail.getInt(trailer));
        if (length > size - MIN_FILE) {
            throw error(StoreError.FILE_DAMAGED, input.location(), "its footer is longer than the file", null);
        }
        ByteBuffer footer = length <= trailer
                ? tail.slice(trailer - (int) length, (int) length)
                : bytes(input, size - TRAILER - length, Math.toIntExact(length));
        return new FooterBytes(input.location(), size, input.version(), footer);
    }

    private static ByteBuffer bytes(Storage.Input input, long position, int length) {
        ByteBuffer result = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        input.readFully(position, result);
        return result.flip();
    }

    private static void checkMagic(Storage.Input input, ByteBuffer tail, int at) {
        String found = StandardCharsets.ISO_8859_1.decode(tail.slice(at, 4)).toString();
        if (found.equals(ENCRYPTED_MAGIC)) {
            throw error(StoreError.UNSUPPORTED_FILE, input.location(), "its footer is encrypted", null);
        }
        if (found.equals(MAGIC)) {
            return;
        }
        String first = StandardCharsets.ISO_8859_1.decode(bytes(input, 0, 4)).toString();
        throw first.equals(MAGIC)
                ? error(StoreError.FILE_DAMAGED, input.location(), "it does not end as a Parquet file does", null)
                : error(StoreError.NOT_PARQUET, input.location(), "it is not a Parquet file", null);
    }

    /** A checksum of the footer. */
    long checksum() {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }

    /** Parses the footer of the file to be opened again at {@code path}. */
    FileFooter parse(String path) {
        ByteArrayInputStream stream =
                new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        try {
            // The limit keeps announced list sizes from being believed beyond what the footer can hold.
            FileMetaData stored = Util.readFileMetaData(stream, Math.max(1, bytes.remaining()));
            long dataEnd = fileSize - TRAILER - bytes.remaining();
            return FileFooter.of(path, location, version, dataEnd, stored);
        } catch (DatasetDbException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw error(StoreError.FILE_DAMAGED, location, "its footer does not decode (" + firstLine(e) + ")", e);
        }
    }

    /** Some messages of the library print the whole schema. */
    private static String firstLine(Throwable error) {
        String text = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return text.length() > 160 ? text.substring(0, 160) + "…" : text;
    }

    static DatasetDbException error(StoreError code, String location, String reason, @Nullable Throwable cause) {
        return new DatasetDbException(code, "Cannot read " + location + ": " + reason, cause);
    }
}
