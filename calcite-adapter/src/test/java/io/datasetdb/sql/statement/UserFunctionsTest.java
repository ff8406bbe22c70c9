// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions from jars, which are kept with the warehouse. */
class UserFunctionsTest {
    @TempDir
    private Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** A jar of one class with methods {@code twice} (of a long and of a text) and {@code other}. */
    private Path jar(String factor) throws IOException {
        Path source = folder.resolve("src/com/acme/Functions.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                "package com.acme; public class Functions {"
                        + " public static long twice(long n) { return n * " + factor + "; }"
                        + " public static String twice(String s) { return s + s; }"
                        + " public static double other(double x) { return x / 2; } }");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Path jar = folder.resolve("functions.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("com/acme/Functions.class"));
            out.write(Files.readAllBytes(classes.resolve("com/acme/Functions.class")));
            out.closeEntry();
        }
        return jar;
    }

    @Test
    void functionOfAJarIsCalledByAllSessionsAndOutlivesTheJar() throws IOException {
        Path jar = jar("2");
        db.rows("CREATE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + jar + "'");
        Files.delete(jar);
        assertThat(db.rows("SELECT twice(21), twice('ab')")).containsExactly("42 | abab");
        try (Session other = db.engine().openSession(SessionOptions.of("other"))) {
            assertThat(Db.rows(other, "SELECT twice(1)")).containsExactly("2");
        }
        assertThat(db.rows("SELECT signature, class_name, char_length(jar_sha256) FROM registry.functions ORDER BY 1"))
                .containsExactly(
                        "(BIGINT) BIGINT | com.acme.Functions | 64", "(VARCHAR) VARCHAR | com.acme.Functions | 64");
        db.close();
        db = Db.open(folder.resolve("warehouse"));
        assertThat(db.rows("SELECT twice(21)")).containsExactly("42");
    }

    @Test
    void replacedFunctionIsUsedByStatementsThatRanBefore() throws IOException {
        db.rows("CREATE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + jar("2") + "'");
        assertThat(db.rows("SELECT twice(21)")).containsExactly("42");
        db.rows("CREATE DATASET a AS SELECT twice(1) AS n");
        db.rows("CREATE OR REPLACE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + jar("3") + "'");
        assertThat(db.rows("SELECT twice(21)")).containsExactly("63");
        db.rows("CREATE DATASET b AS SELECT twice(1) AS n");
        assertThat(db.rows("SELECT count(DISTINCT function_hash) FROM registry.function_uses WHERE function_name"
                        + " = 'twice'"))
                .containsExactly("2");
    }

    @Test
    void methodCanBeNamedAndWhatIsMissingIsSaid() throws IOException {
        Path jar = jar("2");
        db.rows("CREATE FUNCTION halved AS 'com.acme.Functions#other' USING JAR '" + jar + "'");
        assertThat(db.rows("SELECT halved(5e0)")).containsExactly("2.5");
        assertThat(db.failure("CREATE FUNCTION twicee AS 'com.acme.Functions' USING JAR '" + jar + "'"))
                .startsWith("42P13")
                .contains("did you mean twice?");
        assertThat(db.failure("CREATE FUNCTION x AS 'com.acme.Nothing' USING JAR '" + jar + "'"))
                .startsWith("42P13")
                .contains("com.acme.Nothing");
        assertThat(db.rows("SELECT function_name FROM registry.functions")).containsExactly("halved");
    }

    @Test
    void whatRunsGoesOnWithTheFunctionThatItBeganWith() throws IOException {
        db.rows("CREATE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + jar("2") + "'");
        db.rows("CREATE DATASET many AS SELECT i FROM TABLE(generate_series(1, 400000)) AS s(i)");
        try (Session other = db.engine().openSession(SessionOptions.of("other"))) {
            PreparedStatement prepared = other.prepare("SELECT twice(21) AS n");
            assertThat(Db.rows(other, "SELECT twice(21)")).containsExactly("42");
            long sum = 0;
            try (StatementResult running = other.execute("SELECT twice(i) AS n FROM many")) {
                Batch batch = running.next();
                db.rows("CREATE OR REPLACE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + jar("3") + "'");
                for (; batch != null; batch = running.next()) {
                    for (int i = 0; i < batch.size(); i++) {
                        sum += (Long)
                                batch.column(0).getObject(batch.selection().position(i));
                    }
                }
            }
            assertThat(sum).isEqualTo(400_000L * 400_001);
            assertThat(Db.rows(other, "SELECT twice(21)")).containsExactly("63");
            try (StatementResult again = prepared.execute(List.of(), 0)) {
                Batch batch = Objects.requireNonNull(again.next());
                assertThat(batch.column(0).getObject(batch.selection().position(0)))
                        .as("what was prepared stays what it was")
                        .isEqualTo(42L);
            }
            db.rows("DROP FUNCTION twice");
            assertThat(db.failure("SELECT twice(1)")).startsWith("42883");
        }
    }

    @Test
    void aDroppedFunctionStaysInWhatVersionsRecorded() throws IOException {
        Path first = Files.copy(jar("2"), folder.resolve("first.jar"));
        db.rows("CREATE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + first + "'");
        db.rows("CREATE DATASET a AS SELECT twice(1) AS n");
        db.rows("DROP FUNCTION twice");
        assertThat(db.rows("SELECT function_name, char_length(function_hash) FROM registry.function_uses"))
                .containsExactly("twice | 64");
        assertThat(db.rows("SELECT n FROM a")).containsExactly("2");
        assertThat(db.failure("REPRODUCE DATASET a"))
                .startsWith("42883 Cannot reproduce dataset main.public.a@1.0.0: cannot call twice(");
        db.rows("CREATE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + jar("3") + "'");
        assertThat(db.failure("REPRODUCE DATASET a")).contains("the function twice, which it calls, was changed since");
        db.rows("CREATE OR REPLACE FUNCTION twice AS 'com.acme.Functions' USING JAR '" + first + "'");
        assertThat(db.rows("REPRODUCE DATASET a").get(0)).contains("true");
    }
}
