// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.internal.record.Encoder;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** What functions that yield many things may answer: a collection, stream, iterator or array, or the one thing itself. */
final class Results {
    private Results() {}

    /**
     * Each thing as a ROW.
     *
     * @param alone whether a thing is the only field of its ROW; else it is the ROW
     */
    static List<@Nullable Object> each(Object result, Encoder encoder, boolean alone) {
        List<@Nullable Object> rows = new ArrayList<>();
        if (result.getClass().isArray() && !(result instanceof byte[])) {
            for (int i = 0; i < Array.getLength(result); i++) {
                rows.add(row(encoder.encode(Array.get(result, i)), alone));
            }
            return rows;
        }
        if (result instanceof BaseStream<?, ?> stream) {
            try (stream) {
                addAll(stream.iterator(), encoder, alone, rows);
            }
        } else if (result instanceof Iterable<?> iterable) {
            addAll(iterable.iterator(), encoder, alone, rows);
        } else if (result instanceof Iterator<?> iterator) {
            addAll(iterator, encoder, alone, rows);
        } else {
            rows.add(row(encoder.encode(result), alone));
        }
        return rows;
    }

    private static void addAll(Iterator<?> items, Encoder encoder, boolean alone, List<@Nullable Object> rows) {
        while (items.hasNext()) {
            rows.add(row(encoder.encode(items.next()), alone));
        }
    }

    private static @Nullable Object row(@Nullable Object value, boolean alone) {
        return alone ? Collections.singletonList(value) : value;
    }
}
