// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

/**
 * How files are laid out.
 *
 * @param codec compression of the pages
 * @param rowGroupRows rows of a row group
 * @param fileBytes size at which a new file is begun, in bytes
 */
public record WriteOptions(Codec codec, int rowGroupRows, long fileBytes) {
    /** Compression codecs that we write. */
    public enum Codec {
        UNCOMPRESSED,
        SNAPPY,
        ZSTD
    }

    /** Snappy, 122 880 rows a row group, files of at most about 1 GiB. */
    public static final WriteOptions DEFAULT = new WriteOptions(Codec.SNAPPY, 122_880, 1L << 30);
}
