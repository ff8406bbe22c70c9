// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ROW values, or the rows of a table, as records. A component finds its column by name without regard to case, or else to
 * underscores ({@code lastModified} reads {@code last_modified}); more columns are ignored, an Optional without a column is
 * empty.
 */
final class RowDecoder extends Decoder {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private final RecordShape shape;
    private final int[] ordinals;
    private final List<Decoder> decoders;

    private RowDecoder(RecordShape shape, int[] ordinals, List<Decoder> decoders) {
        this.shape = shape;
        this.ordinals = ordinals;
        this.decoders = decoders;
    }

    static RowDecoder ofFields(RecordShape shape, String name, List<Field> fields, Place place) {
        return of(shape, name, fields, place);
    }

    static RowDecoder ofTable(RecordShape shape, String name, Schema schema) {
        return of(shape, name, schema.fields(), null);
    }

    private static RowDecoder of(RecordShape shape, String name, List<Field> fields, @Nullable Place place) {
        Schema schema = new Schema(fields);
        int[] ordinals = new int[shape.components().size()];
        List<Decoder> decoders = new ArrayList<>();
        for (int i = 0; i < ordinals.length; i++) {
            RecordComponent component = shape.components().get(i);
            String target = "component " + component.getName() + " of " + name;
            ordinals[i] = find(schema, component.getName());
            if (ordinals[i] >= 0) {
                Field field = schema.field(ordinals[i]);
                Place inner =
                        place == null ? new Place("column " + field.name(), target) : place.field(field.name(), target);
                decoders.add(Decoders.of(component.getGenericType(), field.type(), inner));
            } else if (isOptional(component.getType())) {
                decoders.add(Decoders.of(component.getGenericType(), DataType.NULL, new Place("nothing", target)));
            } else {
                throw missing(component.getName(), name, schema, place);
            }
        }
        return new RowDecoder(shape, ordinals, decoders);
    }

    /** Whether a component may be without a column. */
    static boolean isOptional(Class<?> type) {
        return OPTIONALS.contains(type);
    }

    /** The column that a component means, or -1. */
    static int find(Schema schema, String component) {
        int found = schema.indexOf(component);
        for (int i = 0; found < 0 && i < schema.size(); i++) {
            if (plain(schema.field(i).name()).equals(plain(component))) {
                found = i;
            }
        }
        return found;
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static DatasetDbException missing(String component, String record, Schema schema, @Nullable Place place) {
        List<String> names = schema.fields().stream().map(Field::name).toList();
        String near = NearestName.of(component, names)
                .map(name -> "did you mean " + name + "?")
                .orElse("there are " + String.join(", ", names));
        String what = place == null ? "column" : "field of " + place.column();
        return new DatasetDbException(
                ProgramError.UNDEFINED_COLUMN,
                "Cannot read rows as " + record + ": there is no " + what + " for its component " + component + " ("
                        + near + ")");
    }

    /** The columns that the components read, in the order of the components; -1 for an Optional without one. */
    int[] ordinals() {
        return ordinals;
    }

    @Override
    Object decode(Object value) {
        List<?> row = (List<?>) value;
        @Nullable Object[] values = new @Nullable Object[ordinals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = decoders.get(i).decodeAny(ordinals[i] < 0 ? null : row.get(ordinals[i]));
        }
        return shape.create(values);
    }

    /** The record at a position of a batch. */
    Object read(List<Vector> columns, int position) {
        @Nullable Object[] values = new @Nullable Object[ordinals.length];
        for (int i = 0; i < values.length; i++) {
            Decoder decoder = decoders.get(i);
            values[i] = ordinals[i] < 0 ? decoder.ofNull() : decoder.read(columns.get(ordinals[i]), position);
        }
        return shape.create(values);
    }
}
