// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.text.TextKind;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the values at one place of the sampled records look like. Objects become ROWs, with very many different keys MAPs;
 * integers widen to DOUBLE; texts that all are dates, times or UUIDs become such; all other mixtures are VARCHAR.
 */
final class JsonShape {
    /** Objects below the top with more different keys than this are maps. */
    private static final int MOST_FIELDS = 200;

    /** Longer texts are neither dates nor numbers. */
    private static final int LONGEST_TYPED_TEXT = 40;

    /** The families of values. */
    private enum Family {
        BOOLEAN,
        INTEGER,
        HUGE,
        DOUBLE,
        TEXT,
        ARRAY,
        OBJECT
    }

    private final TextKind.Classifier classifier;
    private final EnumSet<Family> families = EnumSet.noneOf(Family.class);
    private final EnumSet<TextKind> textKinds = EnumSet.noneOf(TextKind.class);
    private final Map<String, JsonShape> fields = new LinkedHashMap<>();
    private @Nullable JsonShape element;

    JsonShape() {
        this(new TextKind.Classifier());
    }

    private JsonShape(TextKind.Classifier classifier) {
        this.classifier = classifier;
    }

    /** Adds the value that begins at the parser's current token; the parser is then at its last token. */
    void add(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                families.add(Family.OBJECT);
                String key = parser.nextFieldName();
                while (key != null) {
                    parser.nextToken();
                    fields.computeIfAbsent(key, name -> new JsonShape(classifier))
                            .add(parser);
                    key = parser.nextFieldName();
                }
            }
            case START_ARRAY -> {
                families.add(Family.ARRAY);
                JsonShape shape = element();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    shape.add(parser);
                }
            }
            case VALUE_STRING -> addText(parser.getText());
            case VALUE_NUMBER_INT -> addInteger(parser);
            case VALUE_NUMBER_FLOAT -> families.add(Family.DOUBLE);
            case VALUE_TRUE, VALUE_FALSE -> families.add(Family.BOOLEAN);
            case VALUE_NULL -> {}
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins here: " + parser.currentToken());
        }
    }

    private JsonShape element() {
        JsonShape shape = element;
        if (shape == null) {
            shape = new JsonShape(classifier);
            element = shape;
        }
        return shape;
    }

    private void addInteger(JsonParser parser) throws IOException {
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        boolean decimal = fits || parser.getTextLength() <= DataType.MAX_DECIMAL_PRECISION;
        families.add(fits ? Family.INTEGER : decimal ? Family.HUGE : Family.DOUBLE);
    }

    private void addText(String text) {
        families.add(Family.TEXT);
        if (textKinds.contains(TextKind.OTHER)) {
            return;
        }
        byte[] bytes = text.length() > LONGEST_TYPED_TEXT ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        TextKind kind = classifier.classify(bytes, 0, bytes.length);
        textKinds.add(
                switch (kind) {
                    case TIME, DATE, TIMESTAMP, ZONED, UUID -> kind;
                    // A number in quotes is a text on purpose.
                    case BOOLEAN, INTEGER, HUGE, DOUBLE, OTHER -> TextKind.OTHER;
                });
    }

    /** The columns of records of this shape; records that are no objects have one column {@code json}. */
    List<Field> columns(String location) {
        if (families.equals(EnumSet.of(Family.OBJECT)) && !fields.isEmpty()) {
            return rowFields(location);
        }
        return List.of(Field.of("json", type(location)));
    }

    /** Whether records are objects with a column a key. */
    boolean isTable() {
        return families.equals(EnumSet.of(Family.OBJECT)) && !fields.isEmpty();
    }

    private DataType type(String location) {
        if (families.isEmpty()) {
            return DataType.VARCHAR;
        }
        if (families.size() == 1) {
            return switch (families.iterator().next()) {
                case BOOLEAN -> DataType.BOOLEAN;
                case INTEGER -> DataType.BIGINT;
                case HUGE -> DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
                case DOUBLE -> DataType.DOUBLE;
                case TEXT -> textType();
                case ARRAY -> DataType.array(element().type(location));
                case OBJECT -> objectType(location);
            };
        }
        if (EnumSet.of(Family.INTEGER, Family.HUGE).containsAll(families)) {
            return DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
        }
        boolean numbers = EnumSet.of(Family.INTEGER, Family.HUGE, Family.DOUBLE).containsAll(families);
        return numbers ? DataType.DOUBLE : DataType.VARCHAR;
    }

    private DataType textType() {
        if (textKinds.size() != 1) {
            return DataType.VARCHAR;
        }
        return switch (textKinds.iterator().next()) {
            case TIME -> DataType.TIME;
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case ZONED -> DataType.TIMESTAMP_LTZ;
            case UUID -> DataType.UUID;
            case BOOLEAN, INTEGER, HUGE, DOUBLE, OTHER -> DataType.VARCHAR;
        };
    }

    private DataType objectType(String location) {
        if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
            JsonShape value = new JsonShape(classifier);
            fields.values().forEach(value::merge);
            return DataType.map(DataType.VARCHAR, value.type(location));
        }
        return DataType.row(rowFields(location));
    }

    private List<Field> rowFields(String location) {
        List<Field> result = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        fields.forEach((name, shape) -> {
            if (name.isEmpty()) {
                throw new DatasetDbException(
                        UdfError.BAD_FILE,
                        "Cannot read " + location + ": a key is empty, declare columns to leave it out (\"\")");
            }
            String other = names.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new DatasetDbException(
                        UdfError.BAD_FILE,
                        "Cannot read " + location + ": keys differ only in case, declare columns to choose one ("
                                + other + ", " + name + ")");
            }
            result.add(Field.of(name, shape.type(location)));
        });
        return result;
    }

    private void merge(JsonShape other) {
        families.addAll(other.families);
        textKinds.addAll(other.textKinds);
        other.fields.forEach((name, shape) ->
                fields.computeIfAbsent(name, key -> new JsonShape(classifier)).merge(shape));
        if (other.element != null) {
            element().merge(other.element);
        }
    }
}
