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
public final class LeafReader {
    /** Levels of a repeated column are decoded in blocks of this many. */
    private static final int BLOCK = 1024;

    /** Rows of a repeated column that are passed over at a time, so that little is held. */
    private static final int SKIPPED_ROWS = 256;

    /** A batch with more list elements than this is refused; far above what batches are cut for. */
    private static final int MAX_ENTRIES = 1 << 28;

    private final ChunkContext context;
    private final PageReader pages;
    private final LeafValues values;
    private final boolean flat;
    private final int maxRepetition;
    private final int maxDefinition;
    private final int slotDefinition;
    /** Whether the footer says that every value is a position in the dictionary. */
    private final boolean allCoded;

    /** Entries on pages not yet loaded, and on the current page but not yet read. */
    private long chunkLeft;

    private int pageLeft;

    /** Rows on the current page but not yet read, where pages say how many they have. */
    private int pageRowsLeft;

    /** Whether all entries of the page are elements of lists, none NULL, as in columns of embeddings. */
    private boolean pageIsWhole;

    /** Of the batch of a repeated column: rows that have begun, level pairs, slots of the leaf. */
    private int seen;

    private int entries;
    private int slots;

    /** Where rows begin, as long as all pages were whole; from then on levels are spelled out. */
    private int[] starts = new int[0];

    private boolean spelled;

    private LevelReader repetitionReader = LevelReader.none();
    private LevelReader definitionReader = LevelReader.none();

    private byte[] repetitions = new byte[0];
    private byte @Nullable [] definitions;
    private long @Nullable [] validity;

    private final byte[] blockRepetitions;
    private final byte[] blockDefinitions;
    private int blockPosition;
    private int blockLimit;

    /**
     * Opens the chunk of a leaf.
     *
     * @param rowCount rows of the row group
     * @param limit where in the file its data ends and its footer starts
     * @param counters where pages are counted
     */
    public LeafReader(
            Storage.Input file,
            ColumnChunkMetaData chunk,
            ColumnNode.Leaf leaf,
            long rowCount,
            long limit,
            ChunkContext context,
            ScanCounters counters) {
        ColumnDescriptor column = leaf.descriptor();
        this.context = context;
        this.maxRepetition = column.getMaxRepetitionLevel();
        this.flat = maxRepetition == 0;
        this.maxDefinition = column.getMaxDefinitionLevel();
        this.slotDefinition = leaf.slotDefinition();
        this.chunkLeft = chunk.getValueCount();
        EncodingStats encodings = chunk.getEncodingStats();
        this.allCoded =
                encodings != null && encodings.hasDictionaryEncodedPages() && !encodings.hasNonDictionaryEncodedPages();
        this.blockRepetitions = new byte[flat ? 0 : BLOCK];
        this.blockDefinitions = new byte[BLOCK];
        try {
            this.pages = new PageReader(file, chunk, column, limit, counters);
            this.values = new LeafValues(leaf);
            if (flat && chunkLeft != rowCount) {
                throw new ParquetDecodingException(
                        "the column has another number of values than rows (" + chunkLeft + " and " + rowCount + ")");
            }
        } catch (ParquetDecodingException e) {
            throw context.damaged(e);
        }
    }

    /** A dictionary that holds every value of the chunk, if there is one; to be asked for before any row. */
    public @Nullable Vector dictionary() {
        if (!flat || !allCoded) {
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
                start((DataPage) first);
            }
            return values.dictionary();
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw context.damaged(e);
        }
    }

    /** Reads the next {@code rows} rows; the arrays of the result are good until the next call. */
    public LeafBatch read(int rows) {
        try {
            values.begin();
            validity = null;
            return flat ? readFlat(rows) : readNested(rows);
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw context.damaged(e);
        }
    }

    /** Passes over the next {@code rows} rows; pages that end before the last of them are not even decompressed. */
    public void skip(int rows) {
        try {
            if (flat) {
                skipFlat(rows);
            } else {
                skipNested(rows);
            }
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw context.damaged(e);
        }
    }

    private void skipFlat(int rows) {
        for (int left = rows; left > 0; ) {
            if (pageLeft == 0) {
                int passed = passPage(left);
                if (passed > 0) {
                    left -= passed;
                    continue;
                }
                if (pageLeft == 0) {
                    throw new ParquetDecodingException("the column ends before the last row");
                }
            }
            int step = Math.min(Math.min(left, pageLeft), BLOCK);
            values.skip(skippedLevels(step));
            pageLeft -= step;
            left -= step;
        }
    }

    /** Passes over levels and returns how many of them have a value. */
    private int skippedLevels(int count) {
        if (maxDefinition == 0 || definitionReader.skipAll(maxDefinition, count)) {
            return count;
        }
        definitionReader.read(blockDefinitions, 0, count);
        return countPresent(blockDefinitions, 0, count);
    }

    private void skipNested(int rows) {
        for (int left = rows; left > 0; ) {
            if (pageLeft == 0 && blockPosition == blockLimit) {
                int passed = passPage(left);
                if (passed > 0) {
                    left -= passed;
                    continue;
                }
            }
            // Within a page, and where pages say nothing of rows, only the levels tell where rows end.
            int step = Math.min(left, pageRowsLeft > 0 ? Math.min(pageRowsLeft, SKIPPED_ROWS) : SKIPPED_ROWS);
            values.begin();
            validity = null;
            readNested(step);
            left -= step;
        }
    }

    /**
     * Passes over the next page if it has no more than {@code rows} rows, else makes it the current one.
     *
     * @return rows passed over; 0 if there is a current page now, or none is left
     */
    private int passPage(int rows) {
        while (chunkLeft > 0) {
            Page page = pages.next(rows);
            if (page instanceof Page.Passed passed) {
                count(passed.values());
                return passed.rows();
            }
            if (page instanceof DataPage data) {
                start(data);
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
    public void expectEnd() {
        if (chunkLeft > 0 || pageLeft > 0 || blockPosition < blockLimit) {
            throw context.damaged(new ParquetDecodingException("the column goes on after the last row"));
        }
    }

    private LeafBatch readFlat(int rows) {
        definitions = null;
        for (int done = 0; done < rows; ) {
            if (pageLeft == 0 && !nextPage()) {
                throw new ParquetDecodingException("the column ends before the last row");
            }
            int step = Math.min(rows - done, pageLeft);
            int present = flatLevels(done, step, rows);
            values.append(done, step, present, validity);
            pageLeft -= step;
            done += step;
        }
        return new LeafBatch(rows, null, null, definitions, values.take(rows, validity));
    }

    /** Reads the levels of {@code count} rows from {@code start} on and returns how many have a value. */
    private int flatLevels(int start, int count, int rows) {
        byte[] levels = definitions;
        if (maxDefinition == 0 || definitionReader.skipAll(maxDefinition, count)) {
            if (levels != null) {
                Arrays.fill(levels, start, start + count, (byte) maxDefinition);
            }
            return count;
        }
        if (levels == null) {
            levels = new byte[rows];
            definitions = levels;
            Arrays.fill(levels, 0, start, (byte) maxDefinition);
        }
        definitionReader.read(levels, start, count);
        int present = countPresent(levels, start, start + count);
        if (present < count) {
            long[] bits = ensureValidity(rows);
            for (int i = start; i < start + count; i++) {
                bits[i >>> 6] &= ~((levels[i] == maxDefinition ? 0L : 1L) << i);
            }
        }
        return present;
    }

    private int countPresent(byte[] levels, int from, int to) {
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

    private LeafBatch readNested(int rows) {
        starts = new int[rows + 1];
        spelled = false;
        seen = 0;
        entries = 0;
        slots = 0;
        boolean more = true;
        while (more && (blockPosition < blockLimit || pageLeft > 0 || nextPage())) {
            more = pageIsWhole ? readWhole(rows) : readBlock(rows);
        }
        if (seen < rows) {
            throw new ParquetDecodingException("the column ends before the last row");
        }
        if (spelled) {
            return new LeafBatch(entries, null, repetitions, definitions, values.take(slots, validity));
        }
        starts[rows] = entries;
        return new LeafBatch(entries, starts, null, null, values.take(slots, validity));
    }

    /** Reads lists of a page without NULLs and empty lists: looks at where they start only; true if the page ends. */
    private boolean readWhole(int rows) {
        int first = seen;
        int taken = 0;
        while (taken < pageLeft) {
            taken += repetitionReader.passWhile(1, pageLeft - taken);
            if (taken == pageLeft || seen == rows) {
                break;
            }
            if (repetitionReader.passWhile(0, 1) == 0) {
                throw new ParquetDecodingException("a repetition level is out of range");
            }
            starts[seen++] = entries + taken++;
        }
        if (taken == 0) {
            return false;
        }
        if (seen == 0 || starts[0] != 0) {
            throw startsInside();
        }
        if (spelled) {
            spell(entries, first, entries + taken);
            ensureSlots(slots + taken);
        }
        values.append(slots, taken, taken, validity);
        slots += taken;
        entries += taken;
        pageLeft -= taken;
        pageRowsLeft -= seen - first;
        return pageLeft == 0 && !isDone(rows);
    }

    /** Whether the last row ends with the page, as pages that know their rows tell without a look at the next one. */
    private boolean isDone(int rows) {
        return seen == rows && pageLeft == 0 && pageRowsLeft == 0;
    }

    private static ParquetDecodingException startsInside() {
        return new ParquetDecodingException("a row starts in the middle of a list");
    }

    /** Writes down the levels of entries of whole lists, in which the rows from {@code first} on start. */
    private void spell(int from, int first, int end) {
        byte[] levels = ensureEntries(end);
        Arrays.fill(repetitions, from, end, (byte) 1);
        Arrays.fill(levels, from, end, (byte) maxDefinition);
        for (int row = first; row < seen; row++) {
            repetitions[starts[row]] = 0;
        }
    }

    /** Reads rows level by level; true if the block ends. */
    private boolean readBlock(int rows) {
        if (blockPosition == blockLimit) {
            nextBlock();
        }
        if (entries == 0 && blockRepetitions[blockPosition] != 0) {
            throw startsInside();
        }
        if (!spelled) {
            spelled = true;
            spell(0, 0, entries);
        }
        int before = seen;
        int end = blockPosition;
        for (; end < blockLimit; end++) {
            if (blockRepetitions[end] == 0 && ++seen > rows) {
                break;
            }
        }
        slots += appendBlock(end);
        entries += end - blockPosition;
        blockPosition = end;
        pageRowsLeft -= Math.min(seen, rows) - before;
        return end == blockLimit && !isDone(rows);
    }

    /** Appends the entries of the block up to {@code end} and returns how many slots they have. */
    private int appendBlock(int end) {
        int count = end - blockPosition;
        byte[] levels = ensureEntries(entries + count);
        System.arraycopy(blockRepetitions, blockPosition, repetitions, entries, count);
        System.arraycopy(blockDefinitions, blockPosition, levels, entries, count);
        int present = countPresent(blockDefinitions, blockPosition, end);
        if (present == count) {
            ensureSlots(slots + count);
            values.append(slots, count, count, validity);
            return count;
        }
        long[] bits = ensureValidity(slots + count);
        int slot = slots;
        for (int i = blockPosition; i < end; i++) {
            if (blockDefinitions[i] >= slotDefinition) {
                if (blockDefinitions[i] != maxDefinition) {
                    Validity.setNull(bits, slot);
                }
                slot++;
            }
        }
        values.append(slots, slot - slots, present, bits);
        return slot - slots;
    }

    private byte[] ensureEntries(int capacity) {
        byte[] levels = definitions;
        if (levels == null || levels.length < capacity) {
            if (capacity > MAX_ENTRIES) {
                throw new ParquetDecodingException(
                        "the lists of one batch have more than " + MAX_ENTRIES + " elements");
            }
            int grown = Math.max(capacity, 2 * repetitions.length);
            repetitions = Arrays.copyOf(repetitions, grown);
            levels = levels == null ? new byte[grown] : Arrays.copyOf(levels, grown);
            definitions = levels;
        }
        return levels;
    }

    private void ensureSlots(int capacity) {
        if (validity != null) {
            ensureValidity(capacity);
        }
    }

    private long[] ensureValidity(int capacity) {
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

    /** Decodes the next levels of the page. */
    private void nextBlock() {
        int count = Math.min(BLOCK, pageLeft);
        repetitionReader.read(blockRepetitions, 0, count);
        definitionReader.read(blockDefinitions, 0, count);
        pageLeft -= count;
        blockPosition = 0;
        blockLimit = count;
    }

    private boolean nextPage() {
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

    private void start(DataPage page) {
        count(page.values());
        pageLeft = page.values();
        pageRowsLeft = page.rows();
        repetitionReader = page.repetitions();
        definitionReader = page.definitions();
        values.page(page);
        pageIsWhole = maxRepetition == 1 && definitionReader.skipAll(maxDefinition, pageLeft);
    }
}
