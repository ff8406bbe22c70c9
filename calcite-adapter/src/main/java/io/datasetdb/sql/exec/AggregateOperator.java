// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by hashing and computes aggregate functions. The columns of the result are the group keys, NULL where a
 * key is
 * not part of the row's grouping set, then the calls. Groups come out set by set, in the order in which they were first
 * seen if one thread sees them. An empty grouping set yields one row even without input.
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
     */
    public record Factory(OperatorFactory input, int[] groupKeys, List<int[]> groupingSets, List<AggregateCall> calls)
            implements OperatorFactory {
        public Factory {
            groupingSets = List.copyOf(groupingSets);
            calls = List.copyOf(calls);
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
    private final List<MemoryBudget.Account> accounts = new ArrayList<>();
    private List<GroupingSet> sets = List.of();
    private boolean aggregated;
    private int currentSet;
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
        while (currentSet < sets.size()) {
            GroupingSet set = sets.get(currentSet);
            int to = Math.min(set.groups(), nextGroup + Batch.SIZE);
            if (to > nextGroup) {
                Batch batch = Batch.of(set.result(nextGroup, to), to - nextGroup);
                nextGroup = to;
                return batch;
            }
            currentSet++;
            nextGroup = 0;
        }
        return null;
    }

    private void aggregate() {
        aggregated = true;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < inputCount(); i++) {
            MemoryBudget.Account account = run.memory().account("the groups of an aggregation");
            accounts.add(account);
            parts.add(new Part(factory, account));
        }
        drain(0, parts);
        List<GroupingSet> result = new ArrayList<>();
        for (int set = 0; set < factory.groupingSets.size(); set++) {
            int number = set;
            result.addAll(merged(
                    number, parts.stream().map(part -> part.sets.get(number)).toList()));
        }
        sets = result;
    }

    /** The groups of all parts, each once: in one piece if they are few, else in pieces by the hash of their keys. */
    private List<GroupingSet> merged(int number, List<GroupingSet> parts) {
        GroupingSet first = parts.get(0);
        int groups = parts.stream().mapToInt(GroupingSet::groups).sum();
        if (groups < WORTH_DIVIDING) {
            parts.subList(1, parts.size()).forEach(first::absorb);
            return List.of(first);
        }
        if (parts.size() == 1) {
            return parts;
        }
        List<GroupingSet> pieces = new ArrayList<>();
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int piece = i;
            GroupingSet target = new GroupingSet(factory, number);
            pieces.add(target);
            tasks.add(() -> {
                parts.forEach(part -> target.absorb(part, piece, parts.size(), run));
                return false;
            });
        }
        run.inParallel(tasks);
        return pieces;
    }

    @Override
    void closeOwn() {
        accounts.forEach(MemoryBudget.Account::close);
    }

    /** What one thread aggregates. */
    private static final class Part implements Consumer<Batch> {
        private final List<GroupingSet> sets = new ArrayList<>();
        private final MemoryBudget.Account account;

        Part(Factory factory, MemoryBudget.Account account) {
            this.account = account;
            for (int i = 0; i < factory.groupingSets.size(); i++) {
                sets.add(new GroupingSet(factory, i));
            }
        }

        @Override
        public void accept(Batch batch) {
            int[] positions = batch.selection().positions();
            long bytes = 0;
            for (GroupingSet set : sets) {
                set.add(batch, positions);
                bytes += set.heapBytes();
            }
            account.hold(bytes);
        }
    }
}
