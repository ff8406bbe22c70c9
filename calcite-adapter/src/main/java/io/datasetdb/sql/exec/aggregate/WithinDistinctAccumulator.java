// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * WITHIN DISTINCT: passes on one of a group's rows with equal keys. The keys must determine the arguments; a second value
 * for the same keys is an error, since any choice between the two would be arbitrary.
 */
final class WithinDistinctAccumulator implements Accumulator {
    private final Accumulator inner;
    private final String function;
    /** How many arguments the function itself takes; columns of its order may follow them. */
    private final int own;
    /** Where the keys start among the arguments. */
    private final int keysFrom;

    private final GroupTable keys;
    private final GroupTable values;

    /**
     * @param types of the function's arguments, of its order and of the keys
     * @param own how many of them are the function's arguments
     * @param keyCount how many of them, at the end, are keys
     */
    WithinDistinctAccumulator(Accumulator inner, String function, List<DataType> types, int own, int keyCount) {
        this.inner = inner;
        this.function = function;
        this.own = own;
        this.keysFrom = types.size() - keyCount;
        List<DataType> keyTypes = new ArrayList<>();
        keyTypes.add(DataType.INTEGER);
        keyTypes.addAll(types.subList(keysFrom, types.size()));
        this.keys = GroupTable.of(keyTypes);
        List<DataType> valueTypes = new ArrayList<>(keyTypes);
        valueTypes.addAll(types.subList(0, own));
        this.values = GroupTable.of(valueTypes);
    }

    @Override
    public void resize(int groups) {
        inner.resize(groups);
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        int[] group = new int[1];
        int[] position = new int[1];
        int[] id = new int[1];
        Vector[] passed = Arrays.copyOf(arguments, keysFrom);
        for (int i = 0; i < count; i++) {
            group[0] = groups[i];
            position[0] = positions[i];
            Vector[] key = new Vector[1 + arguments.length - keysFrom];
            key[0] = DistinctAccumulator.groupNumbers(group, position, 1, arguments);
            System.arraycopy(arguments, keysFrom, key, 1, arguments.length - keysFrom);
            Vector[] value = Arrays.copyOf(key, key.length + own);
            System.arraycopy(arguments, 0, value, key.length, own);
            int before = keys.size();
            keys.put(key, position, 1, id);
            boolean isNew = keys.size() > before;
            int valuesBefore = values.size();
            values.put(value, position, 1, id);
            if (isNew) {
                inner.add(group, position, 1, passed);
            } else if (values.size() > valuesBefore) {
                throw new DatasetDbException(
                        KernelError.MORE_THAN_ONE_ROW,
                        "Cannot compute " + function + ": the keys of WITHIN DISTINCT have more than one value ("
                                + shown(arguments, positions[i]) + ")");
            }
        }
    }

    private String shown(Vector[] arguments, int position) {
        List<String> result = new ArrayList<>();
        for (int i = keysFrom; i < arguments.length; i++) {
            result.add(String.valueOf(arguments[i].getObject(position)));
        }
        return String.join(", ", result);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        throw new IllegalStateException("WITHIN DISTINCT is not merged");
    }

    @Override
    public Vector result(int from, int to) {
        return inner.result(from, to);
    }

    @Override
    public long heapBytes() {
        return keys.heapBytes() + values.heapBytes() + inner.heapBytes();
    }
}
