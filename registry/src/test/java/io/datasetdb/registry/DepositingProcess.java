// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import com.zaxxer.hikari.HikariConfig;
import io.datasetdb.vector.Schema;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * A process that deposits versions of one dataset as fast as it can. Arguments: warehouse, dataset, number of versions. Says
 * {@code ready}, waits for a line, then says each version once it is committed, as {@code version uuid}.
 */
public final class DepositingProcess {
    private DepositingProcess() {}

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[2]);
        try (Registry registry = Registry.open(Path.of(arguments[0]))) {
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            for (int i = 0; i < count; i++) {
                DatasetVersion version = Deposits.deposit(registry, arguments[1]);
                System.out.println(version.version() + " " + version.uuid());
            }
        }
    }

    /** Starts one. */
    static Process start(Path warehouse, String dataset, int count) throws IOException {
        return start(DepositingProcess.class, warehouse.toString(), dataset, String.valueOf(count));
    }

    /** Starts a process of this room's tests. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + testClasses(),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Where these classes and those they use were loaded from, in case that a launcher did not use the class path. */
    private static String testClasses() {
        return Stream.of(
                        DepositingProcess.class,
                        Registry.class,
                        Schema.class,
                        Nullable.class,
                        JDBC.class,
                        Flyway.class,
                        HikariConfig.class,
                        loaded("org.slf4j.Logger"))
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
