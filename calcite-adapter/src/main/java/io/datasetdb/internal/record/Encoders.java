// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.Decimal;
import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds the encoder of a Java type. */
public final class Encoders {
    private final Set<Class<?>> open = new HashSet<>();

    private Encoders() {}

    /**
     * The encoder of a type.
     *
     * @param where whose type it is, for errors: {@code component tags of Photo}
     */
    public static Encoder of(Type type, String where) {
        return new Encoders().find(type, null, where);
    }

    /** The encoder of a record's rows. */
    static RowEncoder ofRecord(Class<?> type) {
        return new Encoders().row(type, "record " + type.getSimpleName());
    }

    Encoder find(Type type, @Nullable AnnotatedElement annotated, String where) {
        Class<?> raw = JavaTypes.raw(type, where);
        Encoder simple = simple(raw);
        if (simple != null) {
            return simple;
        }
        if (raw == BigDecimal.class) {
            return decimal(annotated, where);
        }
        if (raw == Optional.class) {
            return new Unwrapped(
                    find(JavaTypes.argument(type, 0, where), annotated, where),
                    value -> ((Optional<?>) value).orElse(null));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return NestedEncoder.ofCollection(find(JavaTypes.argument(type, 0, where), null, "elements of " + where));
        }
        if (raw.isArray()) {
            return NestedEncoder.ofArray(find(JavaTypes.component(type, raw), null, "elements of " + where));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return NestedEncoder.ofMap(
                    find(JavaTypes.argument(type, 0, where), null, "keys of " + where),
                    find(JavaTypes.argument(type, 1, where), null, "values of " + where),
                    where);
        }
        if (raw.isRecord()) {
            return row(raw, where);
        }
        throw JavaTypes.unsupported(type, where);
    }

    private RowEncoder row(Class<?> type, String where) {
        if (!open.add(type)) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE,
                    "Cannot use " + where + ": the record contains itself (" + type.getTypeName() + ")");
        }
        RowEncoder result = RowEncoder.of(RecordShape.of(type), type.getSimpleName(), this);
        open.remove(type);
        return result;
    }

    private static Encoder decimal(@Nullable AnnotatedElement annotated, String where) {
        Decimal declared = annotated == null ? null : annotated.getAnnotation(Decimal.class);
        if (declared == null) {
            return new DecimalEncoder(where);
        }
        if (declared.precision() < 1
                || declared.precision() > DataType.MAX_DECIMAL_PRECISION
                || declared.scale() < 0
                || declared.scale() > declared.precision()) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE,
                    "Cannot use " + where + ": there is no such DECIMAL (" + declared.precision() + ", "
                            + declared.scale() + ")");
        }
        return new DecimalEncoder(where, declared.precision(), declared.scale());
    }

    private static @Nullable Encoder simple(Class<?> raw) {
        if (raw.isEnum()) {
            return new Plain(DataType.VARCHAR, true, value -> ((Enum<?>) value).name());
        }
        Class<?> type = JavaTypes.boxed(raw);
        boolean nullable = !raw.isPrimitive();
        if (type == Character.class) {
            return new Plain(DataType.VARCHAR, nullable, Object::toString);
        }
        DataType same = SAME.get(type);
        if (same != null) {
            return new Plain(same, nullable, UnaryOperator.identity());
        }
        return CONVERTED.get(type);
    }

    private static final Map<Class<?>, DataType> SAME = Map.ofEntries(
            Map.entry(Boolean.class, DataType.BOOLEAN),
            Map.entry(Byte.class, DataType.TINYINT),
            Map.entry(Short.class, DataType.SMALLINT),
            Map.entry(Integer.class, DataType.INTEGER),
            Map.entry(Long.class, DataType.BIGINT),
            Map.entry(Float.class, DataType.REAL),
            Map.entry(Double.class, DataType.DOUBLE),
            Map.entry(String.class, DataType.VARCHAR),
            Map.entry(byte[].class, DataType.VARBINARY),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(LocalTime.class, DataType.TIME),
            Map.entry(LocalDateTime.class, DataType.TIMESTAMP),
            Map.entry(Instant.class, DataType.TIMESTAMP_LTZ),
            Map.entry(UUID.class, DataType.UUID));

    private static final Map<Class<?>, Encoder> CONVERTED = Map.of(
            BigInteger.class,
            new Plain(
                    DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0),
                    true,
                    value -> new BigDecimal((BigInteger) value)),
            OffsetDateTime.class,
            new Plain(DataType.TIMESTAMP_LTZ, true, value -> ((OffsetDateTime) value).toInstant()),
            ZonedDateTime.class,
            new Plain(DataType.TIMESTAMP_LTZ, true, value -> ((ZonedDateTime) value).toInstant()),
            OptionalInt.class,
            new Unwrapped(new Plain(DataType.INTEGER, true, UnaryOperator.identity()), value -> {
                OptionalInt number = (OptionalInt) value;
                return number.isPresent() ? number.getAsInt() : null;
            }),
            OptionalLong.class,
            new Unwrapped(new Plain(DataType.BIGINT, true, UnaryOperator.identity()), value -> {
                OptionalLong number = (OptionalLong) value;
                return number.isPresent() ? number.getAsLong() : null;
            }),
            OptionalDouble.class,
            new Unwrapped(new Plain(DataType.DOUBLE, true, UnaryOperator.identity()), value -> {
                OptionalDouble number = (OptionalDouble) value;
                return number.isPresent() ? number.getAsDouble() : null;
            }));

    /** A value that is one object. */
    private static final class Plain extends Encoder {
        private final DataType type;
        private final boolean nullable;
        private final UnaryOperator<Object> conversion;

        Plain(DataType type, boolean nullable, UnaryOperator<Object> conversion) {
            this.type = type;
            this.nullable = nullable;
            this.conversion = conversion;
        }

        @Override
        public DataType type() {
            return type;
        }

        @Override
        public boolean nullable() {
            return nullable;
        }

        @Override
        public @Nullable Object encode(@Nullable Object value) {
            return value == null ? null : conversion.apply(value);
        }
    }

    /** What takes a value out of what holds it; a function that may answer {@code null}. */
    private interface Content {
        @Nullable
        Object of(Object holder);
    }

    /** A value that is inside an Optional. */
    private static final class Unwrapped extends Encoder {
        private final Encoder inner;
        private final Content content;

        Unwrapped(Encoder inner, Content content) {
            this.inner = inner;
            this.content = content;
        }

        private @Nullable Object content(@Nullable Object value) {
            return value == null ? null : content.of(value);
        }

        @Override
        public DataType type() {
            return inner.type();
        }

        @Override
        void observe(@Nullable Object value) {
            inner.observe(content(value));
        }

        @Override
        public @Nullable Object encode(@Nullable Object value) {
            return inner.encode(content(value));
        }
    }
}
