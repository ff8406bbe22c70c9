// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.NotDeterministic;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionLoaderTest {
    /** One method a shape. */
    public static final class Shapes {
        @ScalarFunction
        @Description("Adds.")
        public static int addInts(int a, int b) {
            return a + b;
        }

        @ScalarFunction
        public static long twice(long a) {
            return Math.multiplyExact(a, 2);
        }

        @ScalarFunction
        public static double half(double a) {
            return a / 2;
        }

        @ScalarFunction
        public static float asFloat(byte a, short b) {
            return a + b;
        }

        @ScalarFunction
        public static boolean not(boolean a) {
            return !a;
        }

        @ScalarFunction
        public static Long orZero(Long a) {
            return a == null ? 0L : a;
        }

        @ScalarFunction
        public static String describe(@Nullable String a, String b, Integer c) {
            return a + b + c;
        }

        @ScalarFunction
        public static String nullIfEmpty(String a) {
            return a.isEmpty() ? null : a;
        }

        @ScalarFunction
        public static byte[] reversed(byte[] a) {
            byte[] result = a.clone();
            for (int i = 0; i < a.length; i++) {
                result[i] = a[a.length - 1 - i];
            }
            return result;
        }

        @ScalarFunction
        @SqlType("DECIMAL(10, 2)")
        public static BigDecimal tax(@SqlType("DECIMAL(10, 2)") BigDecimal price) {
            return price.multiply(new BigDecimal("0.195"));
        }

        @ScalarFunction
        public static LocalDate nextDay(LocalDate day) {
            return day.plusDays(1);
        }

        @ScalarFunction
        public static LocalDateTime at(LocalDate day, LocalTime time) {
            return day.atTime(time);
        }

        @ScalarFunction
        public static Instant later(Instant instant, long seconds) {
            return instant.plusSeconds(seconds);
        }

        @ScalarFunction
        public static UUID same(UUID id) {
            return id;
        }

        @ScalarFunction
        public static List<String> keys(Map<String, Long> map) {
            return List.copyOf(map.keySet());
        }

        @ScalarFunction
        public static float[] scaled(float[] vector, double factor) {
            float[] result = vector.clone();
            for (int i = 0; i < result.length; i++) {
                result[i] *= (float) factor;
            }
            return result;
        }

        @ScalarFunction
        public static int sum4(int a, int b, int c, int d) {
            return a + b + c + d;
        }

        @ScalarFunction
        public static int answer() {
            return 42;
        }

        @ScalarFunction("micros_plus_one")
        @SqlType("TIMESTAMP")
        public static long microsPlusOne(@SqlType("TIMESTAMP") long micros) {
            return micros + 1;
        }
    }

    private static Object call(String name, Object... arguments) {
        return Rows.call(shape(name), arguments);
    }

    private static io.datasetdb.udf.ScalarFunction shape(String name) {
        return FunctionLoader.load(Shapes.class).stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rowMethodsOfAllShapesGetAndReturnTheirTypes() {
        assertThat(call("add_ints", 1, 2)).isEqualTo(3);
        assertThat(call("twice", 21L)).isEqualTo(42L);
        assertThat(call("half", 3.0)).isEqualTo(1.5);
        assertThat(call("as_float", (byte) -1, (short) 3)).isEqualTo(2f);
        assertThat(call("not", true)).isEqualTo(false);
        assertThat(call("reversed", (Object) new byte[] {1, 2, 3})).isEqualTo(new byte[] {3, 2, 1});
        assertThat(call("tax", new BigDecimal("10.10"))).isEqualTo(new BigDecimal("1.97"));
        assertThat(call("next_day", LocalDate.of(2024, 2, 28))).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(call("at", LocalDate.of(2024, 1, 1), LocalTime.of(10, 0)))
                .isEqualTo(LocalDateTime.of(2024, 1, 1, 10, 0));
        assertThat(call("later", Instant.EPOCH, 5L)).isEqualTo(Instant.ofEpochSecond(5));
        UUID id = new UUID(1, 2);
        assertThat(call("same", id)).isEqualTo(id);
        assertThat(call("keys", Map.of("a", 1L))).isEqualTo(List.of("a"));
        assertThat(call("scaled", List.of(1f, 2f), 2.0)).isEqualTo(List.of(2f, 4f));
        assertThat(call("sum4", 1, 2, 3, 4)).isEqualTo(10);
        assertThat(call("micros_plus_one", LocalDateTime.of(1970, 1, 1, 0, 0)))
                .isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1000));
        assertThat(shape("answer").body().apply(List.of(), Selection.all(3), 3).getObject(2))
                .isEqualTo(42);
    }

    @Test
    void strictParametersMakeNullAndNullableOnesSeeIt() {
        assertThat(call("twice", (Object) null)).isNull();
        assertThat(call("add_ints", 1, null)).isNull();
        assertThat(call("or_zero", (Object) null)).isEqualTo(0L);
        assertThat(call("describe", null, "b", null)).isEqualTo("nullbnull");
        assertThat(call("describe", "a", null, 1)).isNull();
        assertThat(call("null_if_empty", "")).isNull();
        assertThat(shape("describe").parameters().stream().map(field -> field.nullable()))
                .containsExactly(true, false, true);
        assertThat(shape("twice").returnsNull()).isFalse();
        assertThat(shape("null_if_empty").returnsNull()).isTrue();
        assertThat(shape("add_ints").description()).isEqualTo("Adds.");
        assertThat(shape("add_ints").className()).isEqualTo(Shapes.class.getName());
    }

    @Test
    void onlySelectedPositionsAreCalled() {
        Vector input = VectorBuilder.vector(DataType.BIGINT, 1L, Long.MAX_VALUE, 3L);
        Vector result = shape("twice").body().apply(List.of(input), Selection.of(new int[] {0, 2}, 2), 3);
        assertThat(result.size()).isEqualTo(3);
        assertThat(result.getObject(0)).isEqualTo(2L);
        assertThat(result.getObject(2)).isEqualTo(6L);
    }

    @Test
    void textResultsKeepTheirPlacesAmongPositionsLeftOut() {
        Vector input = VectorBuilder.vector(DataType.VARCHAR, "", "b", null, "d", "", "f");
        Vector result = shape("null_if_empty").body().apply(List.of(input), Selection.all(6), 6);
        assertThat(Rows.values(result)).isEqualTo(Arrays.asList(null, "b", null, "d", null, "f"));
        Vector some = shape("null_if_empty").body().apply(List.of(input), Selection.of(new int[] {1, 5}, 2), 6);
        assertThat(some.getObject(1)).isEqualTo("b");
        assertThat(some.getObject(5)).isEqualTo("f");
    }

    /** Counts its calls. */
    public static final class Counting {
        private final AtomicInteger calls = new AtomicInteger();

        @ScalarFunction
        public String shout(String text) {
            calls.incrementAndGet();
            return text.equals("none") ? null : text + "!";
        }

        @ScalarFunction
        @NotDeterministic
        public String numbered(String text) {
            return text + calls.incrementAndGet();
        }
    }

    @Test
    void deterministicFunctionIsCalledOncePerUsedEntryOfADictionary() {
        Counting counting = new Counting();
        var shout = FunctionLoader.loadInstance(counting).get(1);
        Vector entries = VectorBuilder.vector(DataType.VARCHAR, "a", "b", "unused");
        Vector input = new DictionaryVector(5, new int[] {0, 1, 0, 0, 1}, entries, new long[] {0b10111});
        Vector result = shout.body().apply(List.of(input), Selection.all(5), 5);
        assertThat(Rows.values(result)).isEqualTo(Arrays.asList("a!", "b!", "a!", null, "b!"));
        assertThat(counting.calls).hasValue(2);
        assertThat(result).isInstanceOf(DictionaryVector.class);
    }

    @Test
    void dictionaryWhoseResultsHaveNullsStaysRight() {
        var shout = FunctionLoader.loadInstance(new Counting()).get(1);
        Vector entries = VectorBuilder.vector(DataType.VARCHAR, "a", "none");
        Vector input = new DictionaryVector(4, new int[] {0, 1, 1, 0}, entries, null);
        Vector result = shout.body().apply(List.of(input), Selection.all(4), 4);
        assertThat(Rows.values(result)).isEqualTo(Arrays.asList("a!", null, null, "a!"));
    }

    @Test
    void deterministicFunctionOfConstantsIsCalledOnceAndOthersEachTime() {
        Counting counting = new Counting();
        Vector constant = ConstantVector.of(VectorBuilder.vector(DataType.VARCHAR, "a"), 3);
        var functions = FunctionLoader.loadInstance(counting);
        assertThat(functions.get(1).body().apply(List.of(constant), Selection.all(3), 3))
                .isInstanceOf(ConstantVector.class);
        assertThat(counting.calls).hasValue(1);
        assertThat(Rows.values(functions.get(0).body().apply(List.of(constant), Selection.all(3), 3)))
                .isEqualTo(List.of("a2", "a3", "a4"));
    }

    @Test
    void failingFunctionNamesItselfAndItsArguments() {
        assertThatThrownBy(() -> call("twice", Long.MAX_VALUE))
                .isInstanceOfSatisfying(DatasetDbException.class, e -> {
                    assertThat(e.code()).isEqualTo(UdfError.FUNCTION_FAILED);
                    assertThat(e.sqlState()).isEqualTo("38000");
                })
                .hasMessage("Cannot call twice(9223372036854775807): java.lang.ArithmeticException: long overflow");
        assertThatThrownBy(() ->
                        call("describe", "x".repeat(300), "b", null).toString().charAt(1000))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Has a method that cannot be a function. */
    public static final class Bad {
        @ScalarFunction
        public static BigDecimal undeclared(long a) {
            return BigDecimal.valueOf(a);
        }
    }

    /** Has none. */
    public static final class Empty {}

    @Test
    void whatCannotBeAFunctionIsRefused() {
        assertThatThrownBy(() -> FunctionLoader.load(Bad.class))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_FUNCTION))
                .hasMessageContaining("Bad.undeclared: its result needs @SqlType");
        assertThatThrownBy(() -> FunctionLoader.load(Empty.class)).hasMessageContaining("no public static method");
    }

    @Test
    void libraryFindsByNameWithoutCaseAndReplacesEqualSignatures() {
        FunctionLibrary library = FunctionLibrary.builtin().with(FunctionLoader.load(Shapes.class));
        assertThat(library.scalars("TWICE")).hasSize(1);
        assertThat(library.with(FunctionLoader.load(Shapes.class)).scalars("twice"))
                .hasSize(1);
        assertThat(library.scalars("no_such")).isEmpty();
        assertThat(library.table("Read_CSV")).isPresent();
        assertThat(library.allScalars())
                .extracting(io.datasetdb.udf.ScalarFunction::name)
                .isSorted();
    }
}
