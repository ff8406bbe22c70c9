// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Appends pages to a column chunk: a header with the CRC32 of what follows it, then the page. A data page whose values do
 * not shrink by a tenth stays uncompressed, which V2 pages allow one by one and which spares every reader the work.
 */
final class PageWriter {
    private final PageCompressor compressor;
    private final ByteSink chunk;
    private final ByteSink compressed = new ByteSink();
    private final CRC32 crc = new CRC32();
    private long uncompressedBytes;

    PageWriter(PageCompressor compressor, ByteSink chunk) {
        this.compressor = compressor;
        this.chunk = chunk;
    }

    /** Bytes of the pages of this chunk, headers included, before compression. */
    long uncompressedBytes() {
        return uncompressedBytes;
    }

    void beginChunk() {
        uncompressedBytes = 0;
        chunk.truncate(0);
    }

    void writeDictionary(ByteSink page, int entries) {
        compressed.truncate(0);
        compressor.compress(page.array(), 0, page.size(), compressed);
        ByteSink body = compressed.size() > 0 ? compressed : page;
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, page.size(), body.size());
        header.setDictionary_page_header(new DictionaryPageHeader(entries, Encoding.PLAIN));
        crc.reset();
        crc.update(body.array(), 0, body.size());
        write(header, page.size());
        chunk.write(body.array(), 0, body.size());
    }

    /** Appends a data page: repetition levels, definition levels, then values, as {@code layout} says. */
    void writeData(ByteSink page, Layout layout) {
        int levels = layout.repetitionBytes() + layout.definitionBytes();
        int raw = page.size() - levels;
        compressed.truncate(0);
        if (raw > 0) {
            compressor.compress(page.array(), levels, raw, compressed);
        }
        boolean shrunk = compressed.size() > 0 && compressed.size() < raw - raw / 10;
        byte[] body = shrunk ? compressed.array() : page.array();
        int from = shrunk ? 0 : levels;
        int length = shrunk ? compressed.size() : raw;
        DataPageHeaderV2 data = new DataPageHeaderV2(
                layout.slots(),
                layout.slots() - layout.values(),
                layout.rows(),
                layout.encoding(),
                layout.definitionBytes(),
                layout.repetitionBytes());
        data.setIs_compressed(shrunk);
        PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, page.size(), levels + length);
        header.setData_page_header_v2(data);
        crc.reset();
        crc.update(page.array(), 0, levels);
        crc.update(body, from, length);
        write(header, page.size());
        chunk.write(page.array(), 0, levels);
        chunk.write(body, from, length);
    }

    private void write(PageHeader header, int uncompressedBody) {
        header.setCrc((int) crc.getValue());
        int start = chunk.size();
        try {
            Util.writePageHeader(header, chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        uncompressedBytes += chunk.size() - start + uncompressedBody;
    }

    /** What is in a data page. */
    record Layout(int rows, int slots, int values, int repetitionBytes, int definitionBytes, Encoding encoding) {}
}
