// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

/** RLE of booleans: a four-byte length, then the hybrid of one bit's width. */
final class RleBooleanDecoder implements ValueDecoder {
    private final RunLengthReader runs;

    RleBooleanDecoder(Slice slice) {
        this.runs = new RunLengthReader(slice.skip(Integer.BYTES).first(slice.leadingInt()), 1);
    }

    @Override
    public void read(boolean[] out, int offset, int count) {
        runs.read(out, offset, count);
    }
}
