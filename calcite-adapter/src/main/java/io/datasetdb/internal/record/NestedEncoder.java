// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collections and arrays as ARRAY, maps as MAP. */
final class NestedEncoder {
    private NestedEncoder() {}

    static Encoder ofCollection(Encoder element) {
        return new Elements(element) {
            @Override
            List<@Nullable Object> elements(Object value) {
                return new ArrayList<>((Collection<?>) value);
            }
        };
    }

    static Encoder ofArray(Encoder element) {
        return new Elements(element) {
            @Override
            List<@Nullable Object> elements(Object value) {
                int length = Array.getLength(value);
                List<@Nullable Object> result = new ArrayList<>(length);
                for (int i = 0; i < length; i++) {
                    result.add(Array.get(value, i));
                }
                return result;
            }
        };
    }

    static Encoder ofMap(Encoder key, Encoder value, String where) {
        return new Entries(key, value, where);
    }

    private abstract static class Elements extends Encoder {
        private final Encoder element;

        Elements(Encoder element) {
            this.element = element;
        }

        /** A list that may be changed. */
        abstract List<@Nullable Object> elements(Object value);

        @Override
        public DataType type() {
            return DataType.array(element.type());
        }

        @Override
        void observe(@Nullable Object value) {
            if (value != null) {
                elements(value).forEach(element::observe);
            }
        }

        @Override
        public @Nullable Object encode(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            List<@Nullable Object> result = elements(value);
            result.replaceAll(element::encode);
            return result;
        }
    }

    private static final class Entries extends Encoder {
        private final Encoder key;
        private final Encoder value;
        private final String where;

        Entries(Encoder key, Encoder value, String where) {
            this.key = key;
            this.value = value;
            this.where = where;
        }

        @Override
        public DataType type() {
            return DataType.map(key.type(), value.type());
        }

        @Override
        void observe(@Nullable Object map) {
            if (map != null) {
                ((Map<?, ?>) map).forEach((k, v) -> {
                    key.observe(k);
                    value.observe(v);
                });
            }
        }

        @Override
        public @Nullable Object encode(@Nullable Object map) {
            if (map == null) {
                return null;
            }
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                Object encoded = key.encode(entry.getKey());
                if (encoded == null) {
                    throw new DatasetDbException(
                            ProgramError.NULL_VALUE, "Cannot store " + where + ": a key of the map is null");
                }
                result.put(encoded, value.encode(entry.getValue()));
            }
            return result;
        }
    }
}
