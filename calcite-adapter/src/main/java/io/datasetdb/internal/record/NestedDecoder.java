// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Vector;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    static final class OfCollection extends Decoder {
        private final Decoder element;
        private final boolean set;

        OfCollection(Decoder element, boolean set) {
            this.element = element;
            this.set = set;
        }

        @Override
        Object decode(Object value) {
            Collection<@Nullable Object> result = set ? new LinkedHashSet<>() : new ArrayList<>();
            ((List<?>) value).forEach(item -> result.add(element.decodeAny(item)));
            return set
                    ? Collections.unmodifiableSet((LinkedHashSet<@Nullable Object>) result)
                    : Collections.unmodifiableList((ArrayList<@Nullable Object>) result);
        }
    }

    static final class OfMap extends Decoder {
        private final Decoder key;
        private final Decoder value;

        OfMap(Decoder key, Decoder value) {
            this.key = key;
            this.value = value;
        }

        @Override
        Object decode(Object map) {
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                result.put(key.decode(entry.getKey()), value.decodeAny(entry.getValue()));
            }
            return Collections.unmodifiableMap(result);
        }
    }
}
