// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What one thread has aggregated, several threads take their share of at the same time. */
class ConcurrentMergeTest {
    private static final int GROUPS = 1_500;
    private static final int THREADS = 4;
    private static final int ROUNDS = 300;

    private static final List<DataType> INPUTS = List.of(DataType.VARCHAR, DataType.decimal(30, 2), DataType.BIGINT);

    private static final List<AggregateCall> CALLS = List.of(
            AggregateCall.of(StandardAggregate.MIN, DataType.VARCHAR, 0),
            AggregateCall.of(StandardAggregate.MAX, DataType.decimal(30, 2), 1),
            AggregateCall.of(StandardAggregate.ANY_VALUE, DataType.VARCHAR, 0),
            AggregateCall.of(StandardAggregate.ARG_MIN, DataType.VARCHAR, 0, 2),
            AggregateCall.of(StandardAggregate.MODE, DataType.VARCHAR, 0),
            AggregateCall.of(StandardAggregate.APPROX_COUNT_DISTINCT, DataType.BIGINT, 0));

    private static BoundCalls empty() {
        BoundCalls calls = new BoundCalls(CALLS, INPUTS, true);
        calls.resize(GROUPS);
        return calls;
    }

    private static BoundCalls source() {
        VectorBuilder texts = VectorBuilder.of(DataType.VARCHAR, GROUPS);
        VectorBuilder amounts = VectorBuilder.of(DataType.decimal(30, 2), GROUPS);
        VectorBuilder numbers = VectorBuilder.of(DataType.BIGINT, GROUPS);
        for (int i = 0; i < GROUPS; i++) {
            texts.append(i % 7 == 0 ? null : "the text of group " + i);
            amounts.append(i % 5 == 0 ? null : java.math.BigDecimal.valueOf(i, 2));
            numbers.append((long) i);
        }
        Vector[] columns = {texts.build(), amounts.build(), numbers.build()};
        int[] all = all();
        GroupedBatch rows = new GroupedBatch(true);
        rows.set(all, all, GROUPS, GROUPS);
        BoundCalls calls = empty();
        calls.add(rows, ordinal -> columns[ordinal]);
        return calls;
    }

    private static int[] all() {
        int[] all = new int[GROUPS];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static List<List<Object>> results(BoundCalls calls) {
        List<List<Object>> results = new ArrayList<>();
        for (int call = 0; call < CALLS.size(); call++) {
            Vector result = calls.result(call, 0, GROUPS);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < GROUPS; i++) {
                values.add(result.getObject(i));
            }
            results.add(values);
        }
        return results;
    }

    @Test
    void everyThreadSeesTheWholeState() throws Exception {
        List<List<Object>> expected = results(source());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                BoundCalls source = source();
                source.seal();
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Future<BoundCalls>> merged = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Callable<BoundCalls> merging = () -> {
                        BoundCalls target = empty();
                        start.await();
                        target.merge(source, all(), all(), GROUPS);
                        return target;
                    };
                    merged.add(threads.submit(merging));
                }
                for (Future<BoundCalls> target : merged) {
                    assertThat(results(target.get())).as("round %d", round).isEqualTo(expected);
                }
            }
        } finally {
            threads.shutdown();
        }
    }
}
