// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program that is running, as deposits record it: the source text of one that was started from source ({@code java
 * Script.java}), else its main class, the hash of its jar and the commit of the Git repository that it was started in.
 *
 * @param name path of the source, or the main class
 * @param text the source, or a line for each thing known
 */
public record ProgramSource(String name, String text) {
    /** What is known about this process; empty if it is nobody's program, such as the Java shell. */
    public static Optional<ProgramSource> ofProcess() {
        return of(System.getProperty("sun.java.command", ""), Path.of("").toAbsolutePath());
    }

    /**
     * @param command how the process was started: main class, jar or the launcher of source files, then the arguments
     * @param folder in which it was started
     */
    static Optional<ProgramSource> of(String command, Path folder) {
        if (command.isBlank() || command.startsWith("jdk.jshell/") || command.startsWith("jdk.jshell.")) {
            return Optional.empty();
        }
        int space = command.indexOf(' ');
        String main = space < 0 ? command : command.substring(0, space);
        if (main.startsWith("jdk.compiler/com.sun.tools.javac.launcher.")) {
            return source(command.substring(space + 1), folder);
        }
        return Optional.of(compiled(main, command, folder));
    }

    /** The file comes first, and may have spaces in its name. */
    private static Optional<ProgramSource> source(String arguments, Path folder) {
        for (int end = arguments.indexOf(' '); ; end = arguments.indexOf(' ', end + 1)) {
            String name = end < 0 ? arguments : arguments.substring(0, end);
            try {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(new ProgramSource(file.toString(), Files.readString(file)));
                }
            } catch (IOException | InvalidPathException e) {
                System.getLogger(ProgramSource.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
            }
            if (end < 0) {
                return Optional.empty();
            }
        }
    }

    private static ProgramSource compiled(String main, String command, Path folder) {
        StringBuilder text = new StringBuilder("main ").append(main).append('\n');
        Path jar = main.endsWith(".jar") && command.startsWith(main) ? folder.resolve(main) : jarOf(main);
        if (jar != null && Files.isRegularFile(jar)) {
            text.append("jar ")
                    .append(jar.getFileName())
                    .append(" sha256 ")
                    .append(sha256(jar))
                    .append('\n');
        }
        String commit = commit(folder);
        if (commit != null) {
            text.append("git commit ").append(commit).append('\n');
        }
        return new ProgramSource(main, text.toString());
    }

    private static @Nullable Path jarOf(String main) {
        try {
            String name = main.substring(main.indexOf('/') + 1);
            CodeSource source = Class.forName(name, false, ClassLoader.getSystemClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (ReflectiveOperationException | LinkageError | URISyntaxException | RuntimeException e) {
            return null;
        }
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ClassHash.sha256(in);
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** What HEAD means, followed by hand: starting git would take longer than a deposit. */
    private static @Nullable String commit(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return commitIn(git);
            }
        }
        return null;
    }

    private static @Nullable String commitIn(Path git) {
        try {
            String head = Files.readString(git.resolve("HEAD")).strip();
            if (!head.startsWith("ref: ")) {
                return head;
            }
            String ref = head.substring("ref: ".length());
            if (Files.isRegularFile(git.resolve(ref))) {
                return Files.readString(git.resolve(ref)).strip();
            }
            for (String line : Files.readAllLines(git.resolve("packed-refs"))) {
                if (line.endsWith(" " + ref)) {
                    return line.substring(0, line.indexOf(' '));
                }
            }
            return null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
