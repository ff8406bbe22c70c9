// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.server.Authenticator;
import io.datasetdb.server.DatasetServer;
import io.datasetdb.server.ServerConfig;
import io.datasetdb.server.UserFile;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a warehouse to JDBC clients until it is told to stop. */
@Command(
        name = "server",
        description = "Serve a warehouse to JDBC clients, until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Option(
            names = {"-w", "--warehouse"},
            paramLabel = "DIR",
            description = "Folder or URI of the warehouse. Default: $" + Place.VARIABLE + ", else ./warehouse")
    private @Nullable String warehouse;

    @Option(names = "--port", paramLabel = "PORT", description = "Default: 8765; 0 takes a free one.")
    private int port = ServerConfig.DEFAULT_PORT;

    @Option(names = "--host", paramLabel = "HOST", description = "Interface to listen on. Default: 127.0.0.1")
    private String host = "127.0.0.1";

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Let in only these users: lines user:SHA-256 of \"user:password\".")
    private @Nullable Path users;

    ServerCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = terminal.out();
        Authenticator authenticator = users == null ? Authenticator.EVERYBODY : UserFile.read(users);
        if (authenticator.isOpen() && !DatasetServer.isLoopback(host)) {
            terminal.err()
                    .println("WARNING: anybody who reaches " + host
                            + " can read and change everything; use --users FILE");
        }
        String place = Place.warehouse(warehouse);
        Engine engine = Engine.open(new EngineConfig(place));
        DatasetServer server;
        try {
            server = DatasetServer.start(
                    engine, ServerConfig.local(port).withHost(host).with(authenticator));
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
        Thread warmUp = new Thread(engine::warmUp, "datasetdb-warm-up");
        warmUp.setDaemon(true);
        warmUp.setPriority(Thread.MIN_PRIORITY);
        warmUp.start();
        // Runs on SIGTERM and Ctrl-C, which is how a server ends.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, engine), "datasetdb-stop"));
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        out.println("DatasetDB " + Engine.version() + " serves " + place + " at jdbc:datasetdb://" + shown + ":"
                + server.port() + "/");
        out.flush();
        server.join();
        return 0;
    }

    private static void stop(DatasetServer server, Engine engine) {
        server.close();
        engine.close();
    }
}
