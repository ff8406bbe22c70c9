// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Vector;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ARRAY and MAP as Java's arrays, collections and maps. */
final class NestedDecoder {
    private NestedDecoder() {}

    static final class OfArray extends Decoder {
        private final Class<?> component;
        private final Decoder element;

        OfArray(Class<?> component, Decoder element) {
            this.component = component;
            this.element = element;
        }

        @Override
        Object decode(Object value) {
            List<?> list = (List<?>) value;
            Object result = Array.newInstance(component, list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(result, i, element.decodeAny(list.get(i)));
            }
            return result;
        }

        /** Embeddings are copied as they are. */
        @Override
        @Nullable
        Object read(Vector vector, int position) {
            if (component == float.class
                    && vector instanceof ListVector lists
                    && !lists.isNull(position)
                    && lists.elements() instanceof FloatVector floats
                    && !floats.mayHaveNulls()) {
                return Arrays.copyOfRange(floats.values(), lists.offsets()[position], lists.offsets()[position + 1]);
            }
            return super.read(vector, position);
        }
    }

    /** Lists and sets; what is not a class of its own cannot be changed. */
    static final class OfCollection extends Decoder {
        private final Decoder element;
        private final Containers.OfElements container;
        private final Place place;

        OfCollection(Decoder element, Containers.OfElements container, Place place) {
            this.element = element;
            this.container = container;
            this.place = place;
        }

        @Override
        Object decode(Object value) {
            Collection<@Nullable Object> result = container.create();
            for (Object item : (List<?>) value) {
                Object decoded = element.decodeAny(item);
                if (decoded == null && container.isSorted()) {
                    throw place.elements()
                            .badValue("element of a sorted set", "NULL", new IllegalArgumentException("NULL"));
                }
                result.add(decoded);
            }
            return container.finished(result);
        }
    }

    static final class OfMap extends Decoder {
        private final Decoder key;
        private final Decoder value;
        private final Containers.OfEntries container;

        OfMap(Decoder key, Decoder value, Containers.OfEntries container) {
            this.key = key;
            this.value = value;
            this.container = container;
        }

        @Override
        Object decode(Object map) {
            Map<Object, @Nullable Object> result = container.create();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                result.put(key.decode(entry.getKey()), value.decodeAny(entry.getValue()));
            }
            return container.finished(result);
        }
    }
}
