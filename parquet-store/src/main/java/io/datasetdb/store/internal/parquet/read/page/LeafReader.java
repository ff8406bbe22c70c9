// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/** Reads one column chunk, some rows at a time. For one thread; holds no resource of its own. */
public abstract sealed class LeafReader permits FlatLeafReader, NestedLeafReader {
    /** Levels are passed over, and those of a repeated column decoded, in blocks of this many. */
    static final int BLOCK = 1024;

    private final ChunkContext context;
    private final PageReader pages;
    final LeafValues values;
    final int maxRepetition;
    final int maxDefinition;
    /** Whether the footer says that every value is a position in the dictionary. */
    private final boolean allCoded;

    /** Entries on pages not yet loaded, and on the current page but not yet read. */
    private long chunkLeft;

    int pageLeft;

    LevelReader definitionReader = LevelReader.none();
    /** Of the slots of the batch; {@code null} as long as none is NULL. */
    long @Nullable [] validity;

    /** The levels of some rows while they are looked at. */
    final byte[] blockDefinitions = new byte[BLOCK];

    LeafReader(
            Storage.Input file,
            ColumnChunkMetaData chunk,
            ColumnNode.Leaf leaf,
            long limit,
            ChunkContext context,
            ScanCounters counters) {
        ColumnDescriptor column = leaf.descriptor();
        this.context = context;
        this.maxRepetition = column.getMaxRepetitionLevel();
        this.maxDefinition = column.getMaxDefinitionLevel();
        this.chunkLeft = chunk.getValueCount();
        EncodingStats encodings = chunk.getEncodingStats();
        this.allCoded =
                encodings != null && encodings.hasDictionaryEncodedPages() && !encodings.hasNonDictionaryEncodedPages();
        this.pages = new PageReader(file, chunk, column, limit, counters);
        this.values = new LeafValues(leaf);
    }

    /**
     * Opens the chunk of a leaf.
     *
     * @param rowCount rows of the row group
     * @param limit where in the file its data ends and its footer starts
     * @param counters where pages are counted
     */
    public static LeafReader open(
            Storage.Input file,
            ColumnChunkMetaData chunk,
            ColumnNode.Leaf leaf,
            long rowCount,
            long limit,
            ChunkContext context,
            ScanCounters counters) {
        try {
            return leaf.descriptor().getMaxRepetitionLevel() == 0
                    ? new FlatLeafReader(file, chunk, leaf, rowCount, limit, context, counters)
                    : new NestedLeafReader(file, chunk, leaf, limit, context, counters);
        } catch (ParquetDecodingException e) {
            throw context.damaged(e);
        }
    }

    /** A dictionary that holds every value of the chunk, if there is one; to be asked for before any row. */
    public @Nullable Vector dictionary() {
        if (maxRepetition > 0 || !allCoded) {
            return null;
        }
        if (values.dictionary() != null || pageLeft > 0) {
            return values.dictionary();
        }
        try {
            Page first = pages.next(0);
            if (first instanceof Page.Dictionary page) {
                values.dictionary(page);
            } else {
                enter((DataPage) first);
            }
            return values.dictionary();
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw context.damaged(e);
        }
    }

    /** Reads the next {@code rows} rows; the arrays of the result are good until the next call. */
    public final LeafBatch read(int rows) {
        try {
            begin();
            return readRows(rows);
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw context.damaged(e);
        }
    }

    /** Passes over the next {@code rows} rows; pages that end before the last of them are not even decompressed. */
    public final void skip(int rows) {
        try {
            skipRows(rows);
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw context.damaged(e);
        }
    }

    abstract LeafBatch readRows(int rows);

    abstract void skipRows(int rows);

    /** Starts a batch. */
    final void begin() {
        values.begin();
        validity = null;
    }

    /**
     * Passes over the next page if it has no more than {@code rows} rows, else makes it the current one.
     *
     * @return rows passed over; 0 if there is a current page now, or none is left
     */
    final int passPage(int rows) {
        while (chunkLeft > 0) {
            Page page = pages.next(rows);
            if (page instanceof Page.Passed passed) {
                count(passed.values());
                return passed.rows();
            }
            if (page instanceof DataPage data) {
                enter(data);
                if (pageLeft > 0) {
                    return 0;
                }
            } else {
                values.dictionary((Page.Dictionary) page);
            }
        }
        return 0;
    }

    /** Fails if the chunk goes on after the last row. */
    public final void expectEnd() {
        if (chunkLeft > 0 || pageLeft > 0 || isInsideBlock()) {
            throw context.damaged(new ParquetDecodingException("the column goes on after the last row"));
        }
    }

    /** Whether levels have been decoded that no row has been made of yet. */
    abstract boolean isInsideBlock();

    final int countPresent(byte[] levels, int from, int to) {
        int present = 0;
        int highest = 0;
        for (int i = from; i < to; i++) {
            present += levels[i] == maxDefinition ? 1 : 0;
            highest = Math.max(highest, levels[i]);
        }
        if (highest > maxDefinition) {
            throw new ParquetDecodingException("a definition level is out of range (" + highest + ")");
        }
        return present;
    }

    final long[] ensureValidity(int capacity) {
        long[] bits = validity;
        int words = Validity.words(capacity);
        if (bits == null) {
            bits = Validity.allValid(capacity);
        } else if (bits.length < words) {
            int old = bits.length;
            bits = Arrays.copyOf(bits, Math.max(words, 2 * old));
            Arrays.fill(bits, old, bits.length, -1L);
        }
        validity = bits;
        return bits;
    }

    /** Goes on to the next page with values if the current one has none left; returns whether there is one. */
    final boolean nextPage() {
        if (pageLeft == 0) {
            passPage(0);
        }
        return pageLeft > 0;
    }

    private void count(int pageValues) {
        if (pageValues > chunkLeft) {
            throw new ParquetDecodingException("pages hold more values than the column (" + pageValues + ")");
        }
        chunkLeft -= pageValues;
    }

    private void enter(DataPage page) {
        count(page.values());
        pageLeft = page.values();
        definitionReader = page.definitions();
        values.page(page);
        start(page);
    }

    /** Takes note of the page that is the current one from now on. */
    abstract void start(DataPage page);
}
