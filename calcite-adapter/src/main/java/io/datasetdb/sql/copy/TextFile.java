// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Storage;
import io.datasetdb.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A file of text in UTF-8. */
final class TextFile implements RowFile {
    private static final int FLUSH_CHARS = 1 << 16;

    private final Storage.Output output;
    private final OutputStream bytes;
    private final RowText rows;
    private final StringBuilder text = new StringBuilder();

    private TextFile(Storage.Output output, OutputStream bytes, RowText rows) {
        this.output = output;
        this.bytes = bytes;
        this.rows = rows;
    }

    static TextFile begin(DatasetStore store, String location, RowText rows, boolean gzip, boolean replace) {
        Storage.Output output = store.storage().publish(location, replace);
        try {
            OutputStream plain = new OutputBytes(output);
            TextFile file = new TextFile(output, gzip ? new GZIPOutputStream(plain) : plain, rows);
            rows.begin(file.text);
            return file;
        } catch (IOException | RuntimeException e) {
            output.close();
            throw e instanceof RuntimeException known ? known : new UncheckedIOException((IOException) e);
        }
    }

    @Override
    public void write(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            rows.row(text, batch.columns(), batch.selection().position(i));
            if (text.length() > FLUSH_CHARS) {
                flush();
            }
        }
    }

    private void flush() {
        try {
            bytes.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long finish() {
        rows.end(text);
        flush();
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long size = output.position();
        output.commit();
        output.close();
        return size;
    }

    @Override
    public void close() {
        output.close();
    }

    /** The output as a stream, whose end does not close it. */
    private static final class OutputBytes extends OutputStream {
        private final Storage.Output output;

        OutputBytes(Storage.Output output) {
            this.output = output;
        }

        @Override
        public void write(int b) {
            output.write(ByteBuffer.wrap(new byte[] {(byte) b}));
        }

        @Override
        public void write(byte[] source, int from, int length) {
            output.write(ByteBuffer.wrap(source, from, length));
        }
    }
}
