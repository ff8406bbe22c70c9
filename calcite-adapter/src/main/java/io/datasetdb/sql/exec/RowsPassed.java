// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.store.Scan;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** How far a scan is in one run, whoever reads it; may be asked by any thread. */
public final class RowsPassed {
    /** What the run keeps it by. */
    private record Key(ScanOperator.Factory scan) {}

    private final LongAdder passed = new LongAdder();
    private final long total;

    private RowsPassed(List<Scan.Split> splits) {
        long rows = 0;
        for (Scan.Split split : splits) {
            rows = rows < 0 || split.rowCount() < 0 ? -1 : rows + split.rowCount();
        }
        this.total = rows;
    }

    /** Of a scan that is about to be read, perhaps once more. */
    static RowsPassed of(Run run, ScanOperator.Factory scan, List<Scan.Split> splits) {
        return run.shared(new Key(scan), () -> new RowsPassed(splits));
    }

    /** Says that rows are done with, whether they were read or left out. */
    void add(long rows) {
        passed.add(rows);
    }

    /** Rows that are done with, each counted once however often it is read. */
    public long passed() {
        return total < 0 ? passed.sum() : Math.min(passed.sum(), total);
    }

    /** Rows that there are to be done with, or -1 if that is not known. */
    public long total() {
        return total;
    }
}
