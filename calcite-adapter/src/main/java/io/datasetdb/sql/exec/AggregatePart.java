// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.spill.SpillPartitions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread aggregates, for some grouping sets. Once memory gets scarce it takes no new groups: their rows go to files,
 * partitioned by the hash of the keys, to be aggregated partition by partition later. Groups that it has go on to take their
 * rows (hybrid hashing), unless calls keep something for each row, in which case all further rows go to files.
 */
final class AggregatePart implements Consumer<Batch>, AutoCloseable {
    /** Beyond so many levels of partitions equal hashes are the reason, which no further level helps. */
    private static final int MAX_LEVEL = 8;

    /** So many groups of which no row is kept take so little that to divide them saves nothing. */
    private static final int FEW_GROUPS = 64;

    private final Run run;
    private final AggregateOperator.Factory factory;
    private final int level;
    private final boolean keepsRows;
    /** Not with WITHIN DISTINCT, whose states cannot be merged. */
    private final boolean mayDivide;

    private final MemoryBudget.Account account;
    private final List<Share> shares = new ArrayList<>();
    private boolean spills;

    /** One grouping set. */
    private static final class Share {
        private final int number;
        private final GroupingSet groups;
        /** Made once no more rows come. */
        private GroupingSet.@Nullable Members members;

        private @Nullable SpillPartitions rows;
        private SpillPartitions.@Nullable Writer writer;

        Share(int number, GroupingSet groups) {
            this.number = number;
            this.groups = groups;
        }
    }

    /**
     * @param level how often the rows have been partitioned before
     * @param sets numbers of grouping sets
     */
    AggregatePart(Run run, AggregateOperator.Factory factory, int level, int... sets) {
        this.run = run;
        this.factory = factory;
        this.level = level;
        this.keepsRows = factory.calls().stream().anyMatch(AggregateCall::keepsRows);
        this.mayDivide = factory.calls().stream().allMatch(call -> call.distinctKeys() == null);
        this.account = run.memory().account("the groups of an aggregation");
        for (int set : sets) {
            shares.add(new Share(set, new GroupingSet(factory, set)));
        }
    }

    @Override
    public void accept(Batch batch) {
        if (spills) {
            shares.forEach(share -> spill(share, batch));
            holdAll();
            return;
        }
        int[] positions = batch.selection().positions();
        for (Share share : shares) {
            share.groups.add(batch, positions);
        }
        checkMemory();
    }

    /** Spills from now on if there is too little memory for twice the groups: to merge them makes a second copy. */
    private void checkMemory() {
        long bytes = heapBytes();
        if (account.tryHold(2 * bytes)) {
            return;
        }
        int few = keepsRows ? 1 : FEW_GROUPS;
        boolean divisible =
                mayDivide && level < MAX_LEVEL && shares.stream().anyMatch(share -> share.groups.groups() > few);
        if (divisible) {
            spills = true;
        }
        account.hold(bytes);
    }

    private void spill(Share share, Batch batch) {
        Batch rest = keepsRows ? batch : share.groups.addKnown(batch);
        if (rest.size() == 0) {
            return;
        }
        SpillPartitions.Writer writer = share.writer;
        if (writer == null) {
            SpillPartitions rows = run.spill().partitions(factory.input().types(), GroupingSet.PARTITIONS);
            share.rows = rows;
            writer = rows.writer();
            share.writer = writer;
        }
        writer.append(rest, share.groups.partitions(rest, level));
    }

    private void holdAll() {
        if (!account.tryHold(heapBytes())) {
            flush();
            account.hold(heapBytes());
        }
    }

    private void flush() {
        for (Share share : shares) {
            if (share.writer != null) {
                share.writer.flush();
            }
        }
    }

    /** Says that no more rows come and that partition by partition is merged, which needs no copy of everything. */
    void end() {
        flush();
        account.hold(heapBytes());
    }

    private long heapBytes() {
        long bytes = 0;
        for (Share share : shares) {
            bytes += share.groups.heapBytes() + (share.writer == null ? 0 : share.writer.heapBytes());
        }
        return bytes;
    }

    /** Whether rows have gone to files, so that the groups are not complete. */
    boolean spilled() {
        return spills;
    }

    /** The groups of one set, by its place among those of this part. */
    GroupingSet groups(int place) {
        return shares.get(place).groups;
    }

    /** Takes the groups and then the rows of another part that are in a partition, which both are of one level above. */
    void takePartition(AggregatePart other, int place, int partition) {
        Share own = shares.get(0);
        Share source = other.shares.get(place);
        GroupingSet.Members members = source.members;
        if (members == null) {
            members = source.groups.members(other.level);
            source.members = members;
        }
        own.groups.absorb(source.groups, members, partition, run);
        checkMemory();
        if (source.rows == null) {
            return;
        }
        try (BatchSource rows = source.rows.read(partition)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                run.checkCancelled();
                accept(batch);
            }
        }
    }

    /** The level at which its rows are partitioned. */
    int level() {
        return level;
    }

    int sets() {
        return shares.size();
    }

    /** The number of the grouping set at a place. */
    int set(int place) {
        return shares.get(place).number;
    }

    @Override
    public void close() {
        account.close();
        for (Share share : shares) {
            if (share.rows != null) {
                share.rows.close();
            }
        }
    }
}
