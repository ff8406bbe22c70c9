// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.QuietLibraries;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An engine behind HTTP, JSON and protobuf on one port. Closing it lets requests finish that are being answered. */
public final class DatasetServer implements AutoCloseable {
    private static final long STOP_MILLIS = 10_000;
    /** When the server stops, connections on which nothing moves are closed after this; nobody is to wait for them. */
    private static final long IDLE_AT_STOP_MILLIS = 50;

    private final Server server;
    private final ServerConnector connector;
    private final Sessions sessions;
    private final ExecutorService statements;
    private final ScheduledExecutorService janitor;

    private DatasetServer(
            Server server,
            ServerConnector connector,
            Sessions sessions,
            ExecutorService statements,
            ScheduledExecutorService janitor) {
        this.server = server;
        this.connector = connector;
        this.sessions = sessions;
        this.statements = statements;
        this.janitor = janitor;
    }

    /** Starts serving an engine, which stays the caller's and is not closed with the server. */
    public static DatasetServer start(Engine engine, ServerConfig config) {
        QuietLibraries.hush();
        Sessions sessions = new Sessions(engine, config.limits(), config.authenticator());
        ExecutorService statements = Executors.newCachedThreadPool(daemons("datasetdb-statement-"));
        ScheduledExecutorService janitor = Executors.newSingleThreadScheduledExecutor(daemons("datasetdb-janitor-"));
        RequestHandler requests =
                new RequestHandler(sessions, statements, config.answerWithin().toNanos(), config.maxBody());

        QueuedThreadPool threads = new QueuedThreadPool(400, 4);
        threads.setName("datasetdb-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 << 10);
        ServerConnector connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(300_000);
        connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(new HttpFront(
                requests, sessions, config.authenticator(), config.maxBody(), isLoopback(config.host()))));
        server.setStopTimeout(STOP_MILLIS);
        DatasetServer result = new DatasetServer(server, connector, sessions, statements, janitor);
        result.listen(config);
        long period = Math.max(1, Math.min(30, config.limits().lease().toSeconds() / 2));
        janitor.scheduleWithFixedDelay(() -> sessions.expire(System.nanoTime()), period, period, TimeUnit.SECONDS);
        return result;
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Whether only this machine can reach a server that listens there. */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void listen(ServerConfig config) {
        try {
            server.start();
        } catch (Exception e) {
            close();
            boolean taken = e instanceof java.net.BindException || e.getCause() instanceof java.net.BindException;
            boolean unknown = e.getCause() instanceof UnresolvedAddressException;
            throw new DatasetDbException(
                    ServerError.CANNOT_LISTEN,
                    "Cannot listen on " + config.host() + ":" + config.port() + ": "
                            + (taken
                                    ? "the address is in use or not this machine's; stop what uses it or choose another"
                                            + " --port"
                                    : unknown ? "there is no host of this name" : String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Waits until it is stopped. */
    public void join() throws InterruptedException {
        server.join();
    }

    /** Closes connections that nobody used for the time that the limits say, as if it were {@code nanoTime}. */
    void expire(long nanoTime) {
        sessions.expire(nanoTime);
    }

    int connections() {
        return sessions.size();
    }

    @Override
    public void close() {
        janitor.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger(DatasetServer.class.getName())
                    .log(System.Logger.Level.WARNING, "the HTTP server did not stop cleanly", e);
        }
        sessions.close();
        statements.shutdownNow();
    }
}
