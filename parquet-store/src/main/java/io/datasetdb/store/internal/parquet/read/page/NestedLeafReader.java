// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.vector.Validity;
import java.util.Arrays;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * A column inside of lists: repetition levels tell where rows start. Where all entries of a page are elements that are there,
 * as in columns of embeddings, levels are not spelled out.
 */
final class NestedLeafReader extends LeafReader {
    /** Rows that are passed over at a time, so that little is held. */
    private static final int SKIPPED_ROWS = 256;

    /** A batch with more list elements than this is refused; far above what batches are cut for. */
    private static final int MAX_ENTRIES = 1 << 28;

    private final int slotDefinition;
    /** Rows on the current page but not yet read, where pages say how many they have. */
    private int pageRowsLeft;

    /** Whether all entries of the page are elements of lists, none NULL. */
    private boolean pageIsWhole;

    /** Of the batch: rows that have begun, level pairs, slots of the leaf. */
    private int seen;

    private int entries;
    private int slots;

    /** Where rows begin, as long as all pages were whole; from then on levels are spelled out. */
    private int[] starts = new int[0];

    private boolean spelled;

    private LevelReader repetitionReader = LevelReader.none();

    private byte[] repetitions = new byte[0];
    private byte @Nullable [] definitions;

    private final byte[] blockRepetitions = new byte[BLOCK];
    private int blockPosition;
    private int blockLimit;

    NestedLeafReader(
            Storage.Input file,
            ColumnChunkMetaData chunk,
            ColumnNode.Leaf leaf,
            long limit,
            ChunkContext context,
            ScanCounters counters) {
        super(file, chunk, leaf, limit, context, counters);
        this.slotDefinition = leaf.slotDefinition();
    }

    @Override
    void skipRows(int rows) {
        for (int left = rows; left > 0; ) {
            if (pageLeft == 0 && !isInsideBlock()) {
                int passed = passPage(left);
                if (passed > 0) {
                    left -= passed;
                    continue;
                }
            }
            // Within a page, and where pages say nothing of rows, only the levels tell where rows end.
            int step = Math.min(left, pageRowsLeft > 0 ? Math.min(pageRowsLeft, SKIPPED_ROWS) : SKIPPED_ROWS);
            begin();
            readRows(step);
            left -= step;
        }
    }

    @Override
    LeafBatch readRows(int rows) {
        starts = new int[rows + 1];
        spelled = false;
        seen = 0;
        entries = 0;
        slots = 0;
        boolean more = true;
        while (more && (isInsideBlock() || pageLeft > 0 || nextPage())) {
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

    /** Decodes the next levels of the page. */
    private void nextBlock() {
        int count = Math.min(BLOCK, pageLeft);
        repetitionReader.read(blockRepetitions, 0, count);
        definitionReader.read(blockDefinitions, 0, count);
        pageLeft -= count;
        blockPosition = 0;
        blockLimit = count;
    }

    @Override
    boolean isInsideBlock() {
        return blockPosition < blockLimit;
    }

    @Override
    void start(DataPage page) {
        pageRowsLeft = page.rows();
        repetitionReader = page.repetitions();
        pageIsWhole = maxRepetition == 1 && definitionReader.skipAll(maxDefinition, pageLeft);
    }
}
