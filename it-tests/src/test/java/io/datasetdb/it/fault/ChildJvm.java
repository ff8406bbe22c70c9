// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts programs of this class path in JVMs of their own. Folders of classes are put into one jar first, because a
 * class-data archive, which makes a child start in a fraction of the time, only takes jars.
 */
final class ChildJvm {
    private final Path archive;
    private final String classPath;

    private ChildJvm(Path archive, String classPath) {
        this.archive = archive;
        this.classPath = classPath;
    }

    /** Children whose jar and archive are kept in {@code folder}. */
    static ChildJvm in(Path folder) throws IOException {
        Path jar = folder.resolve("classes.jar");
        List<String> entries = new ArrayList<>();
        entries.add(jar.toString());
        Set<String> seen = new LinkedHashSet<>();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream output = new JarOutputStream(file)) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (Files.isDirectory(Path.of(entry))) {
                    add(Path.of(entry), output, seen);
                } else {
                    entries.add(entry);
                }
            }
        }
        return new ChildJvm(folder.resolve("classes.jsa"), String.join(File.pathSeparator, entries));
    }

    private static void add(Path folder, JarOutputStream output, Set<String> seen) throws IOException {
        List<Path> paths;
        try (Stream<Path> below = Files.walk(folder)) {
            paths = below.filter(path -> !path.equals(folder)).toList();
        }
        for (Path path : paths) {
            // Folders have entries of their own, as in every jar: resources are looked for by folder.
            boolean isFolder = Files.isDirectory(path);
            String name = folder.relativize(path).toString().replace(File.separatorChar, '/') + (isFolder ? "/" : "");
            if (seen.add(name)) {
                output.putNextEntry(new JarEntry(name));
                if (!isFolder) {
                    Files.copy(path, output);
                }
                output.closeEntry();
            }
        }
    }

    /** Starts a program; its errors go to a file, its output is the caller's to read. */
    Process start(Class<?> main, Path errors, String... arguments) throws IOException {
        String option = Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-Xshare:auto";
        return start(List.of(), option, main, errors, arguments);
    }

    /** Starts a program as the last words of another one's command, such as a tracer's. */
    Process startUnder(List<String> tracer, Class<?> main, Path errors, String... arguments) throws IOException {
        return start(tracer, "-Xshare:auto", main, errors, arguments);
    }

    /** Starts a program that leaves an archive of the classes it used when it ends by itself. */
    Process startRecording(Class<?> main, Path errors, String... arguments) throws IOException {
        return start(List.of(), "-XX:ArchiveClassesAtExit=" + archive, main, errors, arguments);
    }

    /** Starts a program with little memory and a folder of its own for temporary files. */
    Process startSmall(int megabytes, Path temporary, Class<?> main, Path errors, String... arguments)
            throws IOException {
        return start(List.of(), "-Djava.io.tmpdir=" + temporary, megabytes, main, errors, arguments);
    }

    private Process start(List<String> tracer, String option, Class<?> main, Path errors, String... arguments)
            throws IOException {
        return start(tracer, option, 512, main, errors, arguments);
    }

    private Process start(
            List<String> tracer, String option, int megabytes, Class<?> main, Path errors, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(tracer);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + megabytes + "m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }
}
