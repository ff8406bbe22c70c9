// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.concurrent.atomic.LongAdder;

/** What reading a scan has cost and saved so far; safe for all the threads that read it. */
public final class ScanCounters {
    /** What is counted. */
    public enum Figure {
        /** Bytes fetched from storage, footers left out. */
        BYTES_READ,
        /** Splits of which rows were read. */
        SPLITS_READ,
        /** Splits of which no row could match, so that nothing of them was decoded but perhaps a dictionary. */
        SPLITS_PRUNED,
        /** Pages decompressed and decoded. */
        PAGES_READ,
        /** Pages passed over without decompressing them. */
        PAGES_SKIPPED,
        /** Rows on pages of which no row could match. */
        ROWS_PRUNED,
        /** Rows that filters saw or that came back. */
        ROWS_READ,
        /** Rows that filters dropped. */
        ROWS_DROPPED,
        /** Column chunks that were decoded before and kept. */
        CHUNKS_CACHED,
        /** Column chunks that were opened in a file. */
        CHUNKS_READ
    }

    private final LongAdder[] figures = new LongAdder[Figure.values().length];

    /** All figures at 0. */
    public ScanCounters() {
        for (int i = 0; i < figures.length; i++) {
            figures[i] = new LongAdder();
        }
    }

    /** Adds {@code amount} to a figure. */
    public void add(Figure figure, long amount) {
        figures[figure.ordinal()].add(amount);
    }

    /** The figure now. */
    public long get(Figure figure) {
        return figures[figure.ordinal()].sum();
    }
}
