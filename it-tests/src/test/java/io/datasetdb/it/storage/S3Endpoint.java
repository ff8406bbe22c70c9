// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An S3 endpoint (s3proxy) on a free port of the loopback, in a process of its own, over a folder with a folder a bucket. */
final class S3Endpoint implements AutoCloseable {
    static final String ACCESS_KEY = "local-identity";
    static final String SECRET_KEY = "local-credential";

    private static final Path JAR = Path.of("target", "s3", "s3proxy.jar");
    private static final Pattern STARTED = Pattern.compile("ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final Path buckets;
    private final int port;

    private S3Endpoint(Process process, Path buckets, int port) {
        this.process = process;
        this.buckets = buckets;
        this.port = port;
    }

    /** Starts an endpoint and waits until it listens. */
    static S3Endpoint start(Path folder) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("there is no " + JAR.toAbsolutePath()
                    + "; mvn process-test-classes puts it there, in a build that does not skip the tests");
        }
        Path buckets = Files.createDirectories(folder.resolve("buckets"));
        Path settings = Files.write(
                folder.resolve("s3proxy.properties"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:0",
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + buckets));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        JAR.toAbsolutePath().toString(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new S3Endpoint(process, buckets, awaitPort(process));
    }

    private static int awaitPort(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                drain(output);
                return Integer.parseInt(started.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("the S3 endpoint did not start:\n" + said);
    }

    /** A process whose output nobody reads stands still once the pipe is full. */
    private static void drain(BufferedReader output) {
        Thread drain = new Thread(() -> {
            try {
                output.transferTo(java.io.Writer.nullWriter());
            } catch (IOException e) {
                // The process has ended.
            }
        });
        drain.setDaemon(true);
        drain.start();
    }

    int port() {
        return port;
    }

    /** Makes a bucket; the folder that holds its objects. */
    Path bucket(String name) {
        try {
            return Files.createDirectories(buckets.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the endpoint takes connections and answers none. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** The endpoint answers again. */
    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill " + name + " failed with " + code);
        }
    }

    /** Makes this process's S3 lead to a port of the loopback, as {@code java -Dfs.s3a.…} does. */
    static void use(int port) {
        System.setProperty("fs.s3a.endpoint", "http://127.0.0.1:" + port);
        System.setProperty("fs.s3a.access.key", ACCESS_KEY);
        System.setProperty("fs.s3a.secret.key", SECRET_KEY);
    }

    /** Takes {@link #use} back. */
    static void forget() {
        for (String name : List.of("fs.s3a.endpoint", "fs.s3a.access.key", "fs.s3a.secret.key")) {
            System.clearProperty(name);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
