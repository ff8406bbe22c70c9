// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by hashing and computes aggregate functions. The columns of the result are the group keys, NULL where a
 * key is
 * not part of the row's grouping set, then the calls. Groups come out set by set, in the order in which they were first
 * seen if one thread sees them and they fit in memory. An empty grouping set yields one row even without input.
 */
public final class AggregateOperator extends InputOperator {
    /** From how many groups on several threads merge them. */
    private static final int WORTH_DIVIDING = 1 << 14;

    /**
     * @param groupKeys ordinals of input columns
     * @param groupingSets each a subset of {@code groupKeys}, by the same ordinals; {@code List.of(groupKeys)} for a
     * plain
     *     GROUP BY
     * @param calls may be none (DISTINCT)
     * @param fast see {@link Optimization#FAST_GROUPS}
     */
    public record Factory(
            OperatorFactory input, int[] groupKeys, List<int[]> groupingSets, List<AggregateCall> calls, boolean fast)
            implements OperatorFactory {
        public Factory {
            groupingSets = List.copyOf(groupingSets);
            calls = List.copyOf(calls);
        }

        /** All optimizations. */
        public Factory(OperatorFactory input, int[] groupKeys, List<int[]> groupingSets, List<AggregateCall> calls) {
            this(input, groupKeys, groupingSets, calls, true);
        }

        /** A plain GROUP BY. */
        public Factory(OperatorFactory input, int[] groupKeys, List<AggregateCall> calls) {
            this(input, groupKeys, List.of(groupKeys), calls);
        }

        @Override
        public List<DataType> types() {
            List<DataType> inputs = input.types();
            List<DataType> types = new ArrayList<>();
            for (int key : groupKeys) {
                types.add(inputs.get(key));
            }
            calls.forEach(call -> types.add(call.type()));
            return List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            boolean divisible = calls.stream().allMatch(AggregateCall::isDivisible);
            List<Operator> inputs = divisible ? Operators.divided(run, input) : List.of(input.create(run));
            return new AggregateOperator(run, this, inputs);
        }
    }

    private final Factory factory;
    private final List<AggregatePart> parts = new ArrayList<>();
    /** Groups that are complete and come out next, in this order. */
    private final Deque<GroupingSet> complete = new ArrayDeque<>();
    /** What is still to be aggregated from files, the innermost first. */
    private final Deque<SpilledGroups> spilled = new ArrayDeque<>();

    private boolean aggregated;
    private int nextGroup;

    private AggregateOperator(Run run, Factory factory, List<Operator> inputs) {
        super(run, "the groups of an aggregation", inputs);
        this.factory = factory;
    }

    @Override
    @Nullable
    Batch produce() {
        if (!aggregated) {
            aggregate();
        }
        while (true) {
            GroupingSet set = complete.peek();
            if (set == null && spilled.isEmpty()) {
                return null;
            }
            if (set == null) {
                readSpilled();
                continue;
            }
            int to = Math.min(set.groups(), nextGroup + Batch.SIZE);
            if (to > nextGroup) {
                Batch batch = Batch.of(set.result(nextGroup, to), to - nextGroup);
                nextGroup = to;
                return batch;
            }
            complete.remove();
            nextGroup = 0;
        }
    }

    private void aggregate() {
        aggregated = true;
        int[] sets = new int[factory.groupingSets.size()];
        Arrays.setAll(sets, i -> i);
        for (int i = 0; i < inputCount(); i++) {
            parts.add(new AggregatePart(run, factory, 0, sets));
        }
        drain(0, parts);
        if (parts.stream().anyMatch(AggregatePart::spilled)) {
            parts.forEach(AggregatePart::end);
            spilled.push(new SpilledGroups(run, factory, List.copyOf(parts)));
            return;
        }
        for (int set : sets) {
            complete.addAll(
                    merged(set, parts.stream().map(part -> part.groups(set)).toList()));
        }
    }

    /** Aggregates the next partition; what does not fit again is partitioned once more. */
    private void readSpilled() {
        SpilledGroups innermost = spilled.element();
        AggregatePart part = innermost.next();
        if (part == null) {
            spilled.remove().close();
        } else if (part.spilled()) {
            spilled.push(new SpilledGroups(run, factory, List.of(part)));
        } else {
            complete.add(part.groups(0));
        }
    }

    /** The groups of all parts, each once: in one piece if they are few, else in pieces by the hash of their keys. */
    private List<GroupingSet> merged(int number, List<GroupingSet> sources) {
        GroupingSet first = sources.get(0);
        int groups = sources.stream().mapToInt(GroupingSet::groups).sum();
        if (groups < WORTH_DIVIDING) {
            sources.subList(1, sources.size()).forEach(first::absorb);
            return List.of(first);
        }
        if (sources.size() == 1) {
            return sources;
        }
        GroupingSet.Members[] members = members(sources);
        List<Scheduler.Task> tasks = new ArrayList<>();
        List<GroupingSet> pieces = new ArrayList<>();
        for (int i = 0; i < GroupingSet.PARTITIONS; i++) {
            int piece = i;
            GroupingSet target = new GroupingSet(factory, number);
            pieces.add(target);
            tasks.add(() -> {
                for (int source = 0; source < members.length; source++) {
                    target.absorb(sources.get(source), members[source], piece, run);
                }
                return false;
            });
        }
        run.inParallel(tasks);
        return pieces;
    }

    /** The groups of each source, which gets no more rows, by piece: of the range of keys if all have one, else by hash. */
    private GroupingSet.Members[] members(List<GroupingSet> sources) {
        GroupTable.Bounds whole = sources.get(0).bounds();
        for (GroupingSet source : sources) {
            GroupTable.Bounds bounds = source.bounds();
            whole = whole == null || bounds == null ? null : whole.and(bounds);
        }
        GroupTable.Bounds range = whole;
        GroupingSet.Members[] members = new GroupingSet.Members[sources.size()];
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < members.length; i++) {
            int place = i;
            GroupingSet source = sources.get(i);
            tasks.add(() -> {
                source.seal();
                members[place] = range == null ? source.members(0) : source.members(range);
                return false;
            });
        }
        run.inParallel(tasks);
        return members;
    }

    @Override
    void closeOwn() {
        List<AutoCloseable> all = new ArrayList<>(spilled);
        all.addAll(parts);
        Operators.close(all);
    }
}
