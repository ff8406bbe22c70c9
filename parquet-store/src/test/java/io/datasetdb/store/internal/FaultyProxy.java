// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire to a port of the loopback that can be cut, jammed or answer by itself. */
final class FaultyProxy implements AutoCloseable {
    private static final byte[] BUSY =
            ("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: 58\r\n"
                            + "Connection: close\r\n\r\n<Error><Code>SlowDown</Code><Message>Wait</Message></Error>")
                    .getBytes(StandardCharsets.US_ASCII);

    /** What happens to the answers. */
    enum Fault {
        /** They come through. */
        NONE,
        /** The connection is closed after {@link #CUT_AFTER} bytes of them. */
        CUT,
        /** They never come. */
        SILENT,
        /** Instead of them, the request to come back later. */
        BUSY
    }

    static final int CUT_AFTER = 1 << 20;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private final CountDownLatch jammed = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;
    private volatile int remaining;

    FaultyProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections from now on suffer the fault, until it has struck so often. */
    void strike(Fault next, int times) throws IOException {
        fault = next;
        remaining = times;
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** How often a fault struck. */
    int faults() {
        return faults.get();
    }

    /** Waits until somebody waits for an answer that never comes. */
    void awaitJam() throws InterruptedException {
        jammed.await();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(server);
            InputStream fromClient = client.getInputStream();
            OutputStream toServer = server.getOutputStream();
            start(() -> {
                byte[] buffer = new byte[1 << 16];
                for (int count = fromClient.read(buffer); count >= 0; count = fromClient.read(buffer)) {
                    if (answersBusy()) {
                        client.getOutputStream().write(BUSY);
                        client.close();
                        return;
                    }
                    toServer.write(buffer, 0, count);
                }
                server.close();
            });
            answer(server.getInputStream(), client.getOutputStream());
        } finally {
            sockets.remove(client);
        }
    }

    private void answer(InputStream fromServer, OutputStream toClient) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long passed = 0;
        for (int count = fromServer.read(buffer); count >= 0; count = fromServer.read(buffer)) {
            if (fault == Fault.SILENT) {
                jammed.countDown();
                faults.incrementAndGet();
                continue;
            }
            toClient.write(buffer, 0, count);
            passed += count;
            if (fault == Fault.CUT && passed >= CUT_AFTER && strikes()) {
                return;
            }
        }
    }

    private boolean answersBusy() {
        return fault == Fault.BUSY && strikes();
    }

    private synchronized boolean strikes() {
        if (remaining <= 0) {
            return false;
        }
        remaining--;
        faults.incrementAndGet();
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Wire {
        void run() throws IOException;
    }

    private static void start(Wire wire) {
        Thread thread = new Thread(() -> {
            try {
                wire.run();
            } catch (IOException e) {
                // One end has closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
