// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramSourceTest {
    private static final String LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.Main ";

    @TempDir
    private Path folder;

    @Test
    void aProgramStartedFromSourceIsItsText() throws IOException {
        Path script = Files.writeString(folder.resolve("My Script.java"), "class Script {}");

        assertThat(ProgramSource.of(LAUNCHER + "My Script.java a b", folder))
                .contains(new ProgramSource(script.toString(), "class Script {}"));
        assertThat(ProgramSource.of(LAUNCHER + script, Path.of("/")))
                .contains(new ProgramSource(script.toString(), "class Script {}"));
        assertThat(ProgramSource.of(LAUNCHER + "Gone.java", folder)).isEmpty();
    }

    @Test
    void aCompiledProgramIsItsMainClassJarAndCommit() throws IOException {
        Files.write(folder.resolve("app.jar"), new byte[] {1});
        Files.createDirectories(folder.resolve(".git/refs/heads"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(folder.resolve(".git/refs/heads/main"), "0123456789abcdef\n");
        Files.createDirectories(folder.resolve("below"));

        assertThat(ProgramSource.of("app.jar --fast", folder)).contains(new ProgramSource("app.jar", """
                                main app.jar
                                jar app.jar sha256 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a
                                git commit 0123456789abcdef
                                """));
        assertThat(ProgramSource.of("com.acme.Main", folder.resolve("below"))
                        .orElseThrow()
                        .text())
                .isEqualTo("main com.acme.Main\ngit commit 0123456789abcdef\n");
        assertThat(ProgramSource.of("jdk.jshell.execution.RemoteExecutionControl 1234", folder))
                .isEmpty();
    }
}
