// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.LocalFiles;
import io.datasetdb.udf.Rows;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltinFunctionsTest {
    private static final FunctionLibrary LIBRARY = FunctionLibrary.builtin();

    static Stream<ScalarFunction> scalars() {
        // Overloads of one method for many types share an example, which has the literals of only some of them.
        return LIBRARY.allScalars().stream().filter(BuiltinFunctionsTest::isForLiterals);
    }

    private static boolean isForLiterals(ScalarFunction function) {
        if (!function.deterministic()) {
            return false;
        }
        Literals.Example example = new Literals(function.example()).example();
        for (int i = 0; i < example.arguments().size(); i++) {
            if (!fits(example.arguments().get(i), function.parameters().get(i).type())) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Object literal, DataType type) {
        return switch (type.kind()) {
            case ARRAY -> ((List<?>) literal).stream().allMatch(e -> fits(e, ((DataType.Array) type).element()));
            case VARCHAR -> literal instanceof String;
            case VARBINARY -> literal instanceof byte[];
            case INTEGER, BIGINT, TINYINT, SMALLINT -> literal instanceof Long;
            case REAL, DOUBLE -> literal instanceof Double;
            case BOOLEAN -> literal instanceof Boolean;
            case DATE -> literal instanceof LocalDate;
            case TIMESTAMP, TIMESTAMP_LTZ -> literal instanceof LocalDateTime;
            default -> false;
        };
    }

    @Test
    void everyFunctionHasADescriptionAndAnExampleThatSomeOverloadTakes() {
        FunctionLibrary all = FunctionLibrary.builtin(new LocalFiles());
        for (ScalarFunction function : all.allScalars()) {
            assertThat(function.description()).as(function.name()).endsWith(".");
            assertThat(function.example()).as(function.name()).startsWith(function.name() + "(");
        }
        for (TableFunction function : all.allTables()) {
            assertThat(function.description()).as(function.name()).endsWith(".");
            assertThat(function.example()).as(function.name()).contains(function.name() + "(");
            assertThat(function.parameters())
                    .allMatch(parameter -> parameter.description().endsWith("."));
        }
        for (ScalarFunction function : LIBRARY.allScalars()) {
            assertThat(LIBRARY.scalars(function.name()))
                    .as(function.name())
                    .anyMatch(other -> isForLiterals(other) || !other.deterministic());
        }
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void exampleHolds(ScalarFunction function) {
        Literals.Example example = new Literals(function.example()).example();
        Object result = Rows.call(function, example.arguments().toArray());
        assertThat(normal(result)).as(function.example()).isEqualTo(normal(example.result()));
    }

    private static Object normal(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(BuiltinFunctionsTest::normal).toList();
        }
        if (value instanceof Instant time) {
            return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        }
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return value instanceof Double || value instanceof Float
                ? (Object) ((Number) value).doubleValue()
                : value instanceof Number number ? (Object) number.longValue() : value;
    }

    /** The first eight bytes of SHA-256 of "abc" are those of FIPS 180-2, appendix B.1. */
    @Test
    void hashesAreThePublishedOnes() {
        assertThat(HashFunctions.stringHash("abc")).isEqualTo(0xba7816bf8f01cfeaL);
        assertThat(Rows.call(Rows.function(LIBRARY, "string_hash", DataType.VARCHAR), new Object[] {null}))
                .isNull();
    }

    static Stream<List<String>> paths() {
        // path, parent, name, stem, extension
        return Stream.of(
                List.of("a/b/c.txt", "a/b", "c.txt", "c", "txt"),
                List.of("c.txt", "", "c.txt", "c", "txt"),
                List.of("/c.txt", "", "c.txt", "c", "txt"),
                List.of("a/.bashrc", "a", ".bashrc", "", "bashrc"),
                List.of("a.tar.gz", "", "a.tar.gz", "a.tar", "gz"),
                List.of("a..gz", "", "a..gz", "a", "gz"),
                List.of("a.", "", "a.", "a", ""),
                List.of("a...", "", "a...", "a", ""),
                List.of("...", "", "...", "", ""),
                List.of("dir.d/file", "dir.d", "file", "file", ""),
                List.of("dir/", "dir", "", "", ""),
                List.of("a//b.c", "a", "b.c", "b", "c"),
                List.of("", "", "", "", ""),
                List.of("/", "", "", "", ""),
                List.of("ü/ö.ä", "ü", "ö.ä", "ö", "ä"),
                List.of("x/日本.語.日本語日本語", "x", "日本.語.日本語日本語", "日本.語", "日本語日本語"),
                List.of("A.JPG", "", "A.JPG", "A", "JPG"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void pathsArePartedByPosixRules(List<String> parts) {
        String path = parts.get(0);
        assertThat(path(path, "file_parent")).isEqualTo(parts.get(1));
        assertThat(path(path, "file_name")).isEqualTo(parts.get(2));
        assertThat(path(path, "file_stem")).isEqualTo(parts.get(3));
        assertThat(path(path, "file_ext")).isEqualTo(parts.get(4));
    }

    private static Object path(String path, String function) {
        return Rows.call(Rows.function(LIBRARY, function, DataType.VARCHAR), path);
    }

    @Test
    void pathFunctionsOfManyRowsAgreeWithThoseOfSingleOnes() {
        long seed = 42;
        Random random = new Random(seed);
        for (int distinct : new int[] {3, 5000}) {
            Object[] paths = new Object[2048];
            for (int i = 0; i < paths.length; i++) {
                paths[i] = random.nextInt(10) == 0
                        ? null
                        : "d" + random.nextInt(distinct) + "/f" + i + "." + "x".repeat(random.nextInt(12))
                                + random.nextInt(distinct);
            }
            Vector vector = VectorBuilder.vector(DataType.VARCHAR, paths);
            int[] odd =
                    random.ints(0, paths.length).distinct().limit(700).sorted().toArray();
            for (String name : List.of("file_ext", "file_stem", "file_name", "file_parent")) {
                ScalarFunction function = Rows.function(LIBRARY, name, DataType.VARCHAR);
                Vector all = function.body().apply(List.of(vector), Selection.all(paths.length), paths.length);
                Vector some = function.body().apply(List.of(vector), Selection.of(odd, odd.length), paths.length);
                for (int i = 0; i < paths.length; i++) {
                    assertThat(all.getObject(i))
                            .as("%s(%s), seed %d", name, paths[i], seed)
                            .isEqualTo(Rows.call(function, paths[i]));
                }
                for (int i : odd) {
                    assertThat(some.getObject(i))
                            .as("%s(%s), seed %d", name, paths[i], seed)
                            .isEqualTo(all.getObject(i));
                }
            }
        }
    }

    @Test
    void distancesAgreeWithTheirDefinitions() {
        long seed = 7;
        Random random = new Random(seed);
        for (int length : new int[] {0, 1, 7, 8, 9, 128}) {
            List<Float> a = new ArrayList<>();
            List<Float> b = new ArrayList<>();
            double product = 0;
            double squareA = 0;
            double squareB = 0;
            double squareD = 0;
            for (int i = 0; i < length; i++) {
                a.add(random.nextFloat() - 0.5f);
                b.add(random.nextFloat() - 0.5f);
                product += (double) a.get(i) * b.get(i);
                squareA += (double) a.get(i) * a.get(i);
                squareB += (double) b.get(i) * b.get(i);
                squareD += Math.pow((double) a.get(i) - b.get(i), 2);
            }
            DataType type = DataType.array(DataType.REAL);
            Object inner = Rows.call(Rows.function(LIBRARY, "inner_product", type, type), a, b);
            assertThat((Double) inner).as("seed %d", seed).isCloseTo(product, within(1e-4));
            Object l2 = Rows.call(Rows.function(LIBRARY, "l2_distance", type, type), a, b);
            assertThat((Double) l2).as("seed %d", seed).isCloseTo(Math.sqrt(squareD), within(1e-4));
            Object cosine = Rows.call(Rows.function(LIBRARY, "cosine_distance", type, type), a, b);
            double expected = 1 - product / Math.sqrt(squareA * squareB);
            if (Double.isNaN(expected)) {
                assertThat((Double) cosine).isNaN();
            } else {
                assertThat((Double) cosine).as("seed %d", seed).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void distancesOfFloatsGoBeyondTheRangeOfAFloat() {
        DataType type = DataType.array(DataType.REAL);
        List<Float> large = Collections.nCopies(9, 1e30f);
        List<Float> opposite = Collections.nCopies(9, -1e30f);
        List<Float> small = Collections.nCopies(9, 1e-30f);
        ScalarFunction cosine = Rows.function(LIBRARY, "cosine_distance", type, type);
        assertThat((Double) Rows.call(cosine, large, large)).isCloseTo(0, within(1e-12));
        assertThat((Double) Rows.call(cosine, large, opposite)).isCloseTo(2, within(1e-12));
        assertThat((Double) Rows.call(cosine, small, small)).isCloseTo(0, within(1e-12));
        assertThat((Double) Rows.call(cosine, small, large)).isCloseTo(0, within(1e-12));
        assertThat((Double) Rows.call(cosine, Collections.nCopies(9, 0f), large))
                .isNaN();
        ScalarFunction inner = Rows.function(LIBRARY, "inner_product", type, type);
        assertThat((Double) Rows.call(inner, large, large)).isCloseTo(9e60, within(1e54));
        ScalarFunction distance = Rows.function(LIBRARY, "euclidean_distance", type, type);
        assertThat((Double) Rows.call(distance, large, opposite)).isCloseTo(6e30, within(1e24));
        assertThat((Double) Rows.call(distance, List.of(Float.NaN), List.of(1f)))
                .isNaN();
    }

    @Test
    void distanceTakesAConstantAndGivesNullForNullElements() {
        DataType type = DataType.array(DataType.DOUBLE);
        Vector rows = VectorBuilder.vector(type, List.of(), null, List.of(1.0, 2.0), Arrays.asList(1.0, null));
        Vector query = ConstantVector.of(VectorBuilder.vector(type, List.of(1.0, 0.0)), 4);
        ScalarFunction function = Rows.function(LIBRARY, "euclidean_distance", type, type);
        Vector result = function.body().apply(List.of(rows, query), Selection.of(new int[] {1, 2, 3}, 3), 4);
        assertThat(Rows.values(result).subList(1, 4)).isEqualTo(Arrays.asList(null, 2.0, null));
        assertThatThrownBy(() -> function.body().apply(List.of(rows, query), Selection.all(4), 4))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ARGUMENT))
                .hasMessage("Cannot call euclidean_distance: the arrays have different lengths (0 and 2)");
    }

    @Test
    void arraysAreReadFromBothEnds() {
        DataType type = DataType.array(DataType.VARCHAR);
        List<String> abc = List.of("a", "b", "c");
        ScalarFunction get = Rows.function(LIBRARY, "array_get", type, DataType.BIGINT);
        assertThat(Rows.call(get, abc, 0L)).isEqualTo("a");
        assertThat(Rows.call(get, abc, -3L)).isEqualTo("a");
        assertThat(Rows.call(get, abc, 3L)).isNull();
        assertThat(Rows.call(get, abc, -4L)).isNull();
        assertThat(Rows.call(get, null, 0L)).isNull();
        ScalarFunction slice = Rows.function(LIBRARY, "array_slice", type, DataType.BIGINT, DataType.BIGINT);
        assertThat(Rows.call(slice, abc, 1L, 10L)).isEqualTo(List.of("b", "c"));
        assertThat(Rows.call(slice, abc, -2L, 1L)).isEqualTo(List.of("b"));
        assertThat(Rows.call(slice, abc, 5L, 1L)).isEqualTo(List.of());
        assertThat(Rows.call(slice, abc, 0L, -1L)).isEqualTo(List.of());
        ScalarFunction contains = Rows.function(LIBRARY, "array_contains", type, DataType.VARCHAR);
        assertThat(Rows.call(contains, abc, "b")).isEqualTo(true);
        assertThat(Rows.call(contains, Arrays.asList("a", null), "x")).isEqualTo(false);
        assertThat(Rows.call(contains, abc, null)).isNull();
        ScalarFunction join = Rows.function(LIBRARY, "array_join", type, DataType.VARCHAR);
        assertThat(Rows.call(join, Arrays.asList("a", null, "c"), "-")).isEqualTo("a-c");
    }

    @Test
    void splitTakesAnySeparator() {
        ScalarFunction split = Rows.function(LIBRARY, "string_split", DataType.VARCHAR, DataType.VARCHAR);
        assertThat(Rows.call(split, "a--b--", "--")).isEqualTo(List.of("a", "b", ""));
        assertThat(Rows.call(split, "a😀b", "")).isEqualTo(List.of("a", "😀", "b"));
        assertThat(Rows.call(split, "", ",")).isEqualTo(List.of(""));
        assertThat(Rows.call(split, "", "")).isEqualTo(List.of(""));
    }

    @Test
    void filesAreReadByRowAndByLocation(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("ä b.txt");
        Files.writeString(file, "héllo");
        LocalFiles store = new LocalFiles();
        FunctionLibrary library = FunctionLibrary.builtin(store);
        List<Object> row =
                List.of("file://", file.toString().substring(1), 6L, "", "", true, LocalDateTime.of(2024, 1, 1, 0, 0));
        assertThat(Rows.call(Rows.function(library, "file_text", FileRow.TYPE), row))
                .isEqualTo("héllo");
        assertThat(Rows.call(Rows.function(library, "file_text", DataType.VARCHAR), file.toString()))
                .isEqualTo("héllo");
        assertThat(Rows.call(Rows.function(library, "file_bytes", FileRow.TYPE), row))
                .isEqualTo("héllo".getBytes(StandardCharsets.UTF_8));
        Files.write(file, new byte[] {'a', (byte) 0xFF});
        assertThatThrownBy(() -> Rows.call(Rows.function(library, "file_text", DataType.VARCHAR), file.toString()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ENCODING))
                .hasMessageContaining("it is not UTF-8");
        assertThat(store.open()).isZero();
    }
}
