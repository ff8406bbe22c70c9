// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns behind {@link JsonColumn}, one per form. */
final class JsonColumns {
    private JsonColumns() {}

    /** Values without elements. A VARCHAR column takes any value: scalars as their text, others as JSON. */
    static final class Scalars extends JsonColumn {
        private final String path;
        private final DataType type;
        private final JsonContext context;
        private final TextColumn column;
        private byte[] scratch = new byte[256];

        Scalars(String path, DataType type, JsonContext context) {
            this.path = path;
            this.type = type;
            this.context = context;
            this.column = TextColumn.of(type, context.trust());
        }

        @Override
        void add(JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            boolean added = switch (token) {
                case VALUE_NULL -> {
                    column.appendNull();
                    yield true;
                }
                case VALUE_STRING -> addText(parser);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> addNumber(parser);
                case VALUE_TRUE, VALUE_FALSE -> column.append(token == JsonToken.VALUE_TRUE) || addText(parser);
                case START_OBJECT, START_ARRAY -> addStructure(parser);
                case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> false;
            };
            if (!added) {
                throw context.misfit(parser, path, type);
            }
        }

        private boolean addNumber(JsonParser parser) throws IOException {
            boolean integer = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            return switch (type.kind()) {
                case TINYINT, SMALLINT, INTEGER, BIGINT -> integer && column.append(parser.getLongValue());
                case REAL, DOUBLE -> column.append(parser.getDoubleValue());
                case DECIMAL, VARCHAR, VARBINARY -> addText(parser);
                case BOOLEAN,
                        DATE,
                        TIME,
                        TIMESTAMP,
                        TIMESTAMP_LTZ,
                        UUID,
                        INTERVAL_MONTH,
                        INTERVAL_DAY,
                        ARRAY,
                        MAP,
                        ROW,
                        NULL -> false;
            };
        }

        private boolean addText(JsonParser parser) throws IOException {
            char[] chars = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int length = parser.getTextLength();
            if (length > scratch.length) {
                scratch = new byte[Math.max(length, scratch.length * 2)];
            }
            for (int i = 0; i < length; i++) {
                char c = chars[from + i];
                if (c >= 0x80) {
                    byte[] bytes = context.utf8(parser, path, new String(chars, from, length));
                    return column.append(bytes, 0, bytes.length);
                }
                scratch[i] = (byte) c;
            }
            return column.append(scratch, 0, length);
        }

        private boolean addStructure(JsonParser parser) throws IOException {
            if (type.kind() != DataType.Kind.VARCHAR) {
                return false;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator generator = context.factory().createGenerator(bytes)) {
                generator.copyCurrentStructure(parser);
            }
            return column.append(bytes.toByteArray(), 0, bytes.size());
        }

        @Override
        void addNull() {
            column.appendNull();
        }

        @Override
        int size() {
            return column.size();
        }

        @Override
        Vector build() {
            return column.build();
        }
    }

    /** Values with elements: keeps validity and the number of values. */
    abstract static class Nested extends JsonColumn {
        private int size;
        private long @Nullable [] validity;

        @Override
        final int size() {
            return size;
        }

        final void advance(boolean isNull) {
            if (isNull && validity == null) {
                validity = Validity.allValid(Math.max(size + 1, 2048));
            }
            if (validity != null) {
                if (Validity.words(size + 1) > validity.length) {
                    int old = validity.length;
                    validity = Arrays.copyOf(validity, old * 2);
                    Arrays.fill(validity, old, validity.length, -1L);
                }
                if (isNull) {
                    Validity.setNull(validity, size);
                }
            }
            size++;
        }

        @Override
        final Vector build() {
            Vector result = take(size, validity);
            size = 0;
            validity = null;
            return result;
        }

        abstract Vector take(int count, long @Nullable [] bits);
    }

    /** ARRAY values. */
    static final class Lists extends Nested {
        private final String path;
        private final DataType.Array type;
        private final JsonContext context;
        private final JsonColumn elements;
        private int[] offsets = new int[65];

        Lists(String path, DataType.Array type, JsonContext context) {
            this.path = path;
            this.type = type;
            this.context = context;
            this.elements = JsonColumn.of(path + "[]", type.element(), type.element(), context);
        }

        @Override
        void add(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                addNull();
                return;
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw context.misfit(parser, path, type);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(parser);
            }
            end(false);
        }

        @Override
        void addNull() {
            end(true);
        }

        private void end(boolean isNull) {
            if (size() + 2 > offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[size() + 1] = elements.size();
            advance(isNull);
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            ListVector result = new ListVector(type, count, offsets, elements.build(), bits);
            offsets = new int[Math.max(count, 64) + 1];
            return result;
        }
    }

    /** MAP values; keys are read as texts. */
    static final class Maps extends Nested {
        private final String path;
        private final DataType.Map type;
        private final JsonContext context;
        private final TextColumn keys;
        private final JsonColumn values;
        private int[] offsets = new int[65];

        Maps(String path, DataType.Map type, JsonContext context) {
            this.path = path;
            this.type = type;
            this.context = context;
            this.keys = TextColumn.of(type.key(), context.trust());
            this.values = JsonColumn.of(path + ".*", type.value(), type.value(), context);
        }

        @Override
        void add(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                addNull();
                return;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw context.misfit(parser, path, type);
            }
            Set<String> seen = new HashSet<>();
            String key = parser.nextFieldName();
            while (key != null) {
                if (!seen.add(key)) {
                    throw context.duplicateKey(parser, path + "." + key);
                }
                byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
                if (!keys.append(bytes, 0, bytes.length)) {
                    throw context.misfit(parser, path, type.key());
                }
                parser.nextToken();
                values.add(parser);
                key = parser.nextFieldName();
            }
            end(false);
        }

        @Override
        void addNull() {
            end(true);
        }

        private void end(boolean isNull) {
            if (size() + 2 > offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[size() + 1] = keys.size();
            advance(isNull);
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            MapVector result = new MapVector(type, count, offsets, keys.build(), values.build(), bits);
            offsets = new int[Math.max(count, 64) + 1];
            return result;
        }
    }

    /** ROW values, and whole records. */
    static final class Rows extends Nested {
        private static final Integer SKIPPED = -1;

        private final String path;
        private final DataType.Row type;
        private final JsonContext context;
        private final JsonColumn[] fields;
        private final String[] names;
        /** Fields by their keys; {@link #SKIPPED} for one that is not read. */
        private final Map<String, Integer> byKey = new HashMap<>();

        Rows(String path, DataType.Row full, DataType.Row read, JsonContext context) {
            this.path = path;
            this.type = read;
            this.context = context;
            List<Field> all = full.fields();
            fields = new JsonColumn[read.fields().size()];
            names = new String[fields.length];
            int next = 0;
            for (Field field : all) {
                boolean wanted =
                        next < fields.length && read.fields().get(next).name().equals(field.name());
                byKey.put(field.name(), wanted ? (Integer) next : SKIPPED);
                if (wanted) {
                    names[next] = field.name();
                    fields[next] = JsonColumn.of(
                            child(field.name()),
                            field.type(),
                            read.fields().get(next).type(),
                            context);
                    next++;
                }
            }
            if (!context.isGuessed()) {
                // Declared names match keys without regard to case, unless a key matches exactly.
                Map.copyOf(byKey).forEach((name, index) -> byKey.putIfAbsent(name.toLowerCase(Locale.ROOT), index));
            }
        }

        private String child(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        @Override
        void add(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                addNull();
                return;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw context.misfit(parser, path.isEmpty() ? "a record" : path, type);
            }
            int row = size();
            int expected = 0;
            String key = parser.nextFieldName();
            while (key != null) {
                // Keys mostly come in the same order in every record.
                int index = expected < names.length && names[expected].equals(key) ? expected : find(parser, key);
                parser.nextToken();
                if (index < 0) {
                    parser.skipChildren();
                } else {
                    if (fields[index].size() > row) {
                        throw context.duplicateKey(parser, child(key));
                    }
                    fields[index].add(parser);
                    expected = index + 1;
                }
                key = parser.nextFieldName();
            }
            for (JsonColumn field : fields) {
                if (field.size() == row) {
                    field.addNull();
                }
            }
            advance(false);
        }

        /** Adds a record that is itself the value of the only column. */
        void addOnly(JsonParser parser) throws IOException {
            if (fields.length == 0) {
                parser.skipChildren();
            } else {
                fields[0].add(parser);
            }
            advance(false);
        }

        private int find(JsonParser parser, String key) {
            Integer index = byKey.get(key);
            if (index == null && !context.isGuessed()) {
                index = byKey.get(key.toLowerCase(Locale.ROOT));
            }
            if (index == null && context.isGuessed()) {
                throw context.unknownKey(parser, child(key));
            }
            return index == null ? SKIPPED : index;
        }

        @Override
        void addNull() {
            for (JsonColumn field : fields) {
                field.addNull();
            }
            advance(true);
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            return new RowVector(
                    type, count, Arrays.stream(fields).map(JsonColumn::build).toList(), bits);
        }
    }
}
