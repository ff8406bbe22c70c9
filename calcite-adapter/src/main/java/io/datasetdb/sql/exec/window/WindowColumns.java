// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.vector.DataType;
import java.util.List;

/** From calls to columns. */
public final class WindowColumns {
    private WindowColumns() {}

    /**
     * Computes a call.
     *
     * @param types of the buffered columns
     * @param orderKeys of the window
     * @param poll called now and then, throws to end the run
     */
    public static WindowColumn of(
            WindowCall call,
            SortedRows rows,
            List<DataType> types,
            List<SortKey> orderKeys,
            Bindings bindings,
            Runnable poll) {
        if (call instanceof WindowCall.Aggregate aggregate) {
            Frames frames = new Frames(rows, aggregate.frame(), orderKeys, bindings);
            return new FramedAggregate(rows, aggregate.call(), types, frames, poll).compute();
        }
        WindowCall.Ranking ranking = (WindowCall.Ranking) call;
        return switch (ranking.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE -> new RankColumn(rows, ranking);
            case LAG, LEAD -> new ValueColumn(rows, ranking, null);
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                new ValueColumn(rows, ranking, new Frames(rows, ranking.frame(), orderKeys, bindings));
        };
    }
}
