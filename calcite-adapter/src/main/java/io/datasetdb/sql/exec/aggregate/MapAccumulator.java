// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MAP_AGG and HISTOGRAM: a map a group in the order in which its keys come; NULL without a key. */
final class MapAccumulator implements Accumulator {
    private static final long BYTES_AN_ENTRY = 96;

    private final boolean counts;
    private final DataType type;
    private final List<Map<Object, @Nullable Object>> maps = new ArrayList<>();
    private long entries;

    /** @param counts whether the values are how often a key came, and not a second argument */
    MapAccumulator(boolean counts, DataType type) {
        this.counts = counts;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        while (maps.size() < groups) {
            maps.add(new LinkedHashMap<>());
        }
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        for (int i = 0; i < count; i++) {
            Object key = arguments[0].getObject(positions[i]);
            if (key != null) {
                put(groups[i], key, counts ? (Object) 1L : arguments[1].getObject(positions[i]));
            }
        }
    }

    private void put(int group, Object key, @Nullable Object value) {
        Map<Object, @Nullable Object> map = maps.get(group);
        int before = map.size();
        if (counts && value != null) {
            map.merge(key, value, (a, b) -> (Long) a + (Long) b);
        } else if (!map.containsKey(key)) {
            map.put(key, value);
        }
        entries += map.size() - before;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            int group = to[i];
            Map<Object, @Nullable Object> source = ((MapAccumulator) other).maps.get(from[i]);
            List.copyOf(source.keySet()).forEach(key -> put(group, key, source.get(key)));
        }
    }

    @Override
    public Vector result(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(type, to - from);
        for (int group = from; group < to; group++) {
            builder.append(maps.get(group).isEmpty() ? null : maps.get(group));
        }
        return builder.build();
    }

    @Override
    public long heapBytes() {
        return 64L * maps.size() + BYTES_AN_ENTRY * entries;
    }
}
