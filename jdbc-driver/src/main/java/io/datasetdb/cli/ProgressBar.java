// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.Progress;
import io.datasetdb.sql.ByteSize;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line of a terminal that says how far long work is, and disappears when it ends. Short work never shows it. Not for
 * several threads.
 */
final class ProgressBar implements Progress, AutoCloseable {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long NEXT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CELLS = 30;

    /** What is counted. */
    enum Unit {
        BYTES,
        ROWS,
        THINGS;

        private String text(long amount) {
            return switch (this) {
                case BYTES -> ByteSize.text(amount);
                case ROWS -> amount + " rows";
                case THINGS -> String.valueOf(amount);
            };
        }
    }

    private final PrintStream out;
    private final String title;
    private final Unit unit;
    private final LongSupplier clock;
    private final long started;
    private long due;
    private int width;

    /** {@code clock} counts nanoseconds. */
    ProgressBar(PrintStream out, String title, Unit unit, LongSupplier clock) {
        this.out = out;
        this.title = title;
        this.unit = unit;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.due = started + FIRST_NANOS;
    }

    /** {@code total} may be 0 if it is not known. */
    @Override
    public void at(long done, long total) {
        long now = clock.getAsLong();
        if (now - due < 0) {
            return;
        }
        due = now + NEXT_NANOS;
        String line = total <= 0 ? title + "  " + unit.text(done) : bar(done, total, now - started);
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }

    private String bar(long done, long total, long nanos) {
        double part = Math.min(1, (double) done / total);
        int full = (int) (part * CELLS);
        String line = title + "  [" + "#".repeat(full) + ".".repeat(CELLS - full) + "] " + (int) (part * 100) + " %  "
                + unit.text(done) + " of " + unit.text(total);
        long left = done <= 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds((long) (nanos / part - nanos));
        return left > 0 ? line + "  " + left + " s left" : line;
    }

    @Override
    public void close() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }
}
