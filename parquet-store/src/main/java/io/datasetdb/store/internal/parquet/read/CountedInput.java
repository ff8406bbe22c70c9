// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import java.nio.ByteBuffer;

/** A file that counts what is read of it. */
record CountedInput(Storage.Input file, ScanCounters counters) implements Storage.Input {
    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void readFully(long position, ByteBuffer target) {
        counters.add(ScanCounters.Figure.BYTES_READ, target.remaining());
        file.readFully(position, target);
    }

    @Override
    public long version() {
        return file.version();
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public void close() {
        file.close();
    }
}
