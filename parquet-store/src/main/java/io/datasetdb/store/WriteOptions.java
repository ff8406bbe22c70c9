// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

/**
 * How files are laid out.
 *
 * @param codec compression of the pages
 * @param rowGroupRows rows of a row group
 * @param fileBytes size at which a new file is begun, in bytes
 * @param firstPart the number in the name of the first file, so that several writers can share a folder one after the other
 */
public record WriteOptions(Codec codec, int rowGroupRows, long fileBytes, int firstPart) {
    /** Files numbered from 0. */
    public WriteOptions(Codec codec, int rowGroupRows, long fileBytes) {
        this(codec, rowGroupRows, fileBytes, 0);
    }

    /** Compression codecs that we write. */
    public enum Codec {
        UNCOMPRESSED,
        SNAPPY,
        ZSTD
    }

    /** Snappy, 122 880 rows a row group, files of at most about 1 GiB. */
    public static final WriteOptions DEFAULT = new WriteOptions(Codec.SNAPPY, 122_880, 1L << 30);

    /** The same layout for files that are numbered from {@code part} on. */
    public WriteOptions from(int part) {
        return new WriteOptions(codec, rowGroupRows, fileBytes, part);
    }
}
