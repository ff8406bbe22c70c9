// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates one after the other the partitions of parts whose rows have gone to files. */
final class SpilledGroups implements AutoCloseable {
    private final Run run;
    private final AggregateOperator.Factory factory;
    private final List<AggregatePart> parts;
    private int place;
    private int partition;
    private @Nullable AggregatePart current;

    /**
     * @param parts of the same grouping sets; closed with this
     */
    SpilledGroups(Run run, AggregateOperator.Factory factory, List<AggregatePart> parts) {
        this.run = run;
        this.factory = factory;
        this.parts = parts;
    }

    /** The next partition, which lasts until the next call; {@code null} after the last. */
    @Nullable
    AggregatePart next() {
        closeCurrent();
        AggregatePart first = parts.get(0);
        if (place == first.sets()) {
            return null;
        }
        AggregatePart target = new AggregatePart(run, factory, first.level() + 1, first.set(place));
        current = target;
        for (AggregatePart part : parts) {
            target.takePartition(part, place, partition);
        }
        target.end();
        partition++;
        if (partition == GroupingSet.PARTITIONS || first.groups(place).hasNoKeys()) {
            partition = 0;
            place++;
        }
        return target;
    }

    private void closeCurrent() {
        AggregatePart last = current;
        current = null;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>(parts);
        all.add(this::closeCurrent);
        Operators.close(all);
    }
}
