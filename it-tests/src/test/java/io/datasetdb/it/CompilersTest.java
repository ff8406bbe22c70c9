// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher builds with the newest JDK it finds, the tests run on one: the sources must compile on both. Compiles
 * hand-written main sources only, against the classes that are there.
 */
class CompilersTest {
    private static final List<String> ROOMS =
            List.of("parquet-store", "registry", "udf", "calcite-adapter", "jdbc-driver");

    @TempDir
    private Path folder;

    /** A JDK other than the one that runs this. */
    private record Jdk(Path home, int version) {}

    private static Optional<Jdk> newest() throws IOException {
        Jdk best = null;
        for (Path place : List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/opt/java"),
                Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"))) {
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(place)) {
                for (Path home : homes) {
                    int version = version(home);
                    if (version > Runtime.version().feature() && (best == null || version > best.version())) {
                        best = new Jdk(home, version);
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static int version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[^0-9]")[0]);
    }

    /** The class path of the tests, wherever their runner keeps it. */
    private static String classPath() throws URISyntaxException {
        List<String> paths = new ArrayList<>();
        for (ClassLoader loader = Thread.currentThread().getContextClassLoader();
                loader instanceof URLClassLoader urls;
                loader = loader.getParent()) {
            for (URL url : urls.getURLs()) {
                paths.add(Path.of(url.toURI()).toString());
            }
        }
        paths.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return String.join(File.pathSeparator, paths);
    }

    @Test
    void theNewestJdkHereCompilesTheSourcesToo() throws Exception {
        Optional<Jdk> found = newest();
        assumeTrue(found.isPresent(), "there is no JDK newer than " + Runtime.version() + " on this machine");
        Jdk jdk = found.orElseThrow();
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-encoding",
                "UTF-8",
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-implicit:none",
                "-cp",
                classPath(),
                "-d",
                folder.resolve("classes").toString()));
        for (String room : ROOMS) {
            try (Stream<Path> sources = Files.walk(Path.of("..", room, "src", "main", "java"))) {
                sources.map(Path::toString)
                        .filter(name -> name.endsWith(".java") && !name.endsWith("package-info.java"))
                        .forEach(arguments::add);
            }
        }
        Path file = Files.write(
                folder.resolve("arguments"),
                arguments.stream().map(argument -> '"' + argument + '"').toList());
        Path log = folder.resolve("log");
        Process javac = new ProcessBuilder(jdk.home().resolve("bin/javac").toString(), "@" + file)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(javac.waitFor(20, TimeUnit.MINUTES)).as("it ends").isTrue();
        assertThat(javac.exitValue())
                .as("javac %d: %s", jdk.version(), Files.readString(log))
                .isZero();
    }
}
