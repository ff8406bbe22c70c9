// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregate and table functions of jars, functions of records, and jars that are no longer what they were. */
class FunctionKindsTest {
    private static final String SOURCE = """
        package com.acme;
        import io.datasetdb.udf.annotation.*;
        import java.util.*;
        import java.util.stream.*;
        public final class Kinds {
            public record Point(double x, double y) {}
            public record Word(int number, String word) {}

            @AggregateFunction("geo_mean")
            @Description("The geometric mean.")
            public static final class GeometricMean {
                private double logs;
                private long count;
                public void add(double x) {
                    if (x < 0) throw new IllegalArgumentException("negative");
                    logs += Math.log(x); count++;
                }
                public void merge(GeometricMean other) { logs += other.logs; count += other.count; }
                public Double result() { return count == 0 ? null : Math.exp(logs / count); }
            }

            @AggregateFunction
            public static final class NoMerge {
                public void add(double x) {}
                public Double result() { return 1.0; }
            }

            @AggregateFunction
            public static double weighted(List<Double> values, double[] weights) {
                double sum = 0, all = 0;
                for (int i = 0; i < weights.length; i++) { sum += values.get(i) * weights[i]; all += weights[i]; }
                return sum / all;
            }

            @AggregateFunction
            public static Point middle(List<Point> points) {
                return new Point(points.stream().mapToDouble(Point::x).average().orElse(0),
                        points.stream().mapToDouble(Point::y).average().orElse(0));
            }

            @TableFunction
            public static Stream<Word> words(String text, Integer limit) {
                String[] all = text.split(" ");
                return IntStream.range(0, limit == null ? all.length : limit).mapToObj(i -> new Word(i, all[i]));
            }

            @TableFunction
            public static long[] squares(int n) { return LongStream.range(0, n).map(i -> i * i).toArray(); }

            @TableFunction
            public static String nothing(int n) { return ""; }

            public static Point turned(Point p) { return new Point(-p.y(), p.x()); }
            public static List<Point> pair(Point p, Point q) { return List.of(p, q); }
            public static String joined(String... parts) { return String.join("-", parts); }
            public static long orZero(Long n) { return n == null ? 0 : n; }
            public static int seven() { return 7; }
        }
        """;

    @TempDir
    private Path folder;

    private Db db;
    private Path jar;

    @BeforeEach
    void open() throws IOException {
        db = Db.open(folder.resolve("warehouse"));
        jar = jar();
        db.rows("CREATE DATASET t AS SELECT * FROM (VALUES (1, 'a', 2.0e0), (2, 'a', 8.0e0), (3, 'b', NULL),"
                + " (4, 'b', 5.0e0)) v(id, k, x)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Path jar() throws IOException {
        Path source = folder.resolve("Kinds.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String classPath = Path.of(io.datasetdb.udf.FunctionLoader.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        StringWriter problems = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            problems,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", classPath, "-parameters"),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
        Path result = folder.resolve("kinds.jar");
        try (OutputStream file = Files.newOutputStream(result);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> below = Files.walk(classes)) {
            for (Path each : below.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                out.write(Files.readAllBytes(each));
                out.closeEntry();
            }
        }
        return result;
    }

    private void create(String name) {
        db.rows("CREATE FUNCTION " + name + " AS 'com.acme.Kinds' USING JAR '" + jar + "'");
    }

    @Test
    void aClassIsTheStateOfAGroup() {
        create("geo_mean");
        assertThat(db.rows("SELECT k, round(geo_mean(x), 6) FROM t GROUP BY k ORDER BY k"))
                .containsExactly("a | 4.0", "b | 5.0");
        assertThat(db.rows("SELECT geo_mean(x) FROM t WHERE id > 9")).containsExactly("null");
        assertThat(db.rows("SELECT geo_mean(id) FILTER (WHERE id = 3) FROM t")).containsExactly("3.0000000000000004");
        assertThat(db.rows("SELECT id, round(geo_mean(x) OVER (PARTITION BY k ORDER BY id), 6) FROM t ORDER BY id"))
                .containsExactly("1 | 2.0", "2 | 4.0", "3 | null", "4 | 5.0");
        db.rows("CREATE DATASET g AS SELECT geo_mean(x) AS g FROM t");
        assertThat(db.rows("SELECT function_name, char_length(function_hash) FROM registry.function_uses WHERE"
                        + " name = 'g'"))
                .containsExactly("geo_mean | 64");
        assertThat(db.rows("SELECT function_name, signature, kind FROM registry.functions"))
                .containsExactly("geo_mean | (DOUBLE) DOUBLE | AGGREGATE");
        assertThat(db.failure("SELECT geo_mean(-id) FROM t"))
                .startsWith("38000")
                .contains("Cannot call geo_mean(-")
                .contains("negative");
    }

    @Test
    void statesOfPartsAreMerged() {
        create("geo_mean");
        db.rows("CREATE DATASET many AS SELECT i % 1000 AS k, CAST(1 + i % 7 AS DOUBLE) AS x"
                + " FROM TABLE(generate_series(0, 199999)) AS s(i)");
        assertThat(db.rows(
                        "SELECT count(*) FROM (SELECT k, geo_mean(x) AS g, exp(avg(ln(x))) AS e FROM many GROUP BY k)"
                                + " WHERE abs(g - e) > 1e-9"))
                .containsExactly("0");
    }

    @Test
    void aMethodIsGivenAllValuesOfAGroup() {
        create("weighted");
        create("middle");
        assertThat(db.rows("SELECT k, weighted(x, id) FROM t GROUP BY k ORDER BY k"))
                .containsExactly("a | 6.0", "b | 5.0");
        assertThat(db.rows("SELECT weighted(x, id) FROM t WHERE id = 3")).containsExactly("null");
        assertThat(db.rows("SELECT middle(ROW(x, CAST(id AS DOUBLE))) FROM t WHERE k = 'a'"))
                .containsExactly("[5.0, 1.5]");
    }

    @Test
    void aMethodIsATable() {
        create("words");
        create("squares");
        assertThat(db.rows("SELECT * FROM TABLE(words('to be or', 2))")).containsExactly("0 | to", "1 | be");
        assertThat(db.rows("SELECT word FROM words('to be') ORDER BY number DESC"))
                .containsExactly("be", "to");
        assertThat(db.rows("SELECT squares FROM TABLE(squares(4))")).containsExactly("0", "1", "4", "9");
        assertThat(db.rows("SELECT t.id, w.word FROM t, LATERAL TABLE(words('x y z')) AS w WHERE w.number = t.id"))
                .containsExactlyInAnyOrder("1 | y", "2 | z");
        db.rows("CREATE DATASET w AS SELECT word FROM TABLE(words('a b'))");
        assertThat(db.rows("SELECT function_name FROM registry.function_uses WHERE name = 'w'"))
                .containsExactly("words");
        assertThat(db.failure("SELECT * FROM TABLE(words('a', 2))"))
                .startsWith("38000 Cannot call words(a, 2): java.lang.ArrayIndexOutOfBoundsException");
        assertThat(db.rows("SELECT count(*) FROM TABLE(squares(5000))")).containsExactly("5000");
    }

    @Test
    void recordsAndListsGoInAndComeOut() {
        create("turned");
        create("pair");
        create("joined");
        create("orZero");
        create("seven");
        assertThat(db.rows("SELECT turned(ROW(1, 2))")).containsExactly("[-2.0, 1.0]");
        assertThat(db.rows("SELECT p.x, p.y FROM UNNEST(pair(ROW(1, 2), ROW(3, 4))) AS p"))
                .containsExactly("1.0 | 2.0", "3.0 | 4.0");
        assertThat(db.rows("SELECT joined(ARRAY['a', 'b'])")).containsExactly("a-b");
        assertThat(db.rows(
                        "SELECT orZero(CAST(NULL AS BIGINT)), turned(CAST(NULL AS ROW(x DOUBLE, y DOUBLE))), seven()"))
                .containsExactly("0 | null | 7");
    }

    @Test
    void whatIsNoFunctionIsSaid() {
        assertThat(db.failure("CREATE FUNCTION noMerge AS 'com.acme.Kinds' USING JAR '" + jar + "'"))
                .startsWith("42P13")
                .contains("com.acme.Kinds$NoMerge: it has no public method merge");
        assertThat(db.failure("CREATE FUNCTION nothing AS 'com.acme.Kinds' USING JAR '" + jar + "'"))
                .startsWith("42P13")
                .contains("it answers no Stream, Iterable, Iterator or array of rows (java.lang.String)");
    }

    private Path kept() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("warehouse/functions"))) {
            return jars.findFirst().orElseThrow();
        }
    }

    @Test
    void aJarThatIsDamagedOrGoneIsNamedWithTheFunction() throws IOException {
        create("seven");
        create("squares");
        db.close();
        byte[] whole = Files.readAllBytes(kept());
        Files.write(kept(), new byte[] {1, 2, 3});
        db = Db.open(folder.resolve("warehouse"));
        assertThat(db.failure("SELECT seven()"))
                .startsWith("42P13 Cannot load function seven: its jar is damaged (")
                .contains(kept().getFileName().toString());
        assertThat(db.failure("SELECT * FROM TABLE(squares(2))"))
                .startsWith("42P13 Cannot load function squares: its jar is damaged (");
        assertThat(db.rows("SELECT count(*) FROM t")).containsExactly("4");
        Path jarFile = kept();
        Files.delete(jarFile);
        assertThat(db.failure("SELECT seven()")).startsWith("42P13 Cannot load function seven: its jar is missing (");
        assertThat(db.rows("SHOW FUNCTIONS LIKE 'seven'")).isEmpty();
        Files.write(jarFile, whole);
        assertThat(db.rows("SELECT seven()")).as("mended").containsExactly("7");
        Files.write(jarFile, new byte[0]);
        db.rows("CREATE OR REPLACE FUNCTION seven AS 'com.acme.Kinds' USING JAR '" + jar + "'");
        assertThat(Files.size(jarFile)).as("put right by its original").isEqualTo(whole.length);
    }
}
