// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.UUID;
import org.apache.calcite.avatica.remote.RemoteProtobufService;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server over HTTP, protobuf in and out. What Avatica's messages cannot say goes into headers. Every connection has
 * a secret of its own that the server ties the session to: who only knows the connection's id cannot use it. No request is
 * sent twice.
 */
public final class HttpTransport implements Transport {
    /** Names the session's secret. */
    public static final String SESSION_HEADER = "X-DatasetDB-Session";

    /** How many milliseconds a statement may run. */
    public static final String TIMEOUT_HEADER = "X-DatasetDB-Timeout-Millis";

    /** How many rows a result may have. */
    public static final String MAX_ROWS_HEADER = "X-DatasetDB-Max-Rows";

    /** How many rows a frame should have at least. */
    public static final String FETCH_ROWS_HEADER = "X-DatasetDB-Fetch-Rows";

    /** Path of the request that cancels; the connection's and the statement's id follow. */
    public static final String CANCEL_PATH = "/cancel/";

    // The server answers within seconds, with an empty frame if there is nothing yet; only planning has no such limit.
    private static final int DEFAULT_TIMEOUT_MILLIS = 600_000;

    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI server;
    private final String secret = UUID.randomUUID().toString();
    private volatile int networkTimeoutMillis;

    public HttpTransport(HttpClient client, URI server) {
        this.client = client;
        this.server = server;
    }

    @Override
    public Service service(CallOptions options) {
        int timeout = networkTimeoutMillis > 0 ? networkTimeoutMillis : DEFAULT_TIMEOUT_MILLIS;
        return new RemoteProtobufService(
                body -> send(body, options, Duration.ofMillis(timeout)), new PortableTranslation());
    }

    @Override
    public Service service(Duration patience) {
        return new RemoteProtobufService(body -> send(body, CallOptions.NONE, patience), new PortableTranslation());
    }

    private byte[] send(byte[] body, CallOptions options, Duration timeout) {
        HttpRequest.Builder request = request("/", timeout).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (options.timeoutMillis() > 0) {
            request.header(TIMEOUT_HEADER, Long.toString(options.timeoutMillis()));
        }
        if (options.maxRows() > 0) {
            request.header(MAX_ROWS_HEADER, Long.toString(options.maxRows()));
        }
        if (options.fetchRows() > 0) {
            request.header(FETCH_ROWS_HEADER, Integer.toString(options.fetchRows()));
        }
        HttpResponse<byte[]> response = exchange(request.build());
        int status = response.statusCode();
        if (status != 200 && status != 500) {
            throw lost(
                    "Cannot talk to " + server.getAuthority() + ": it answered HTTP status " + status
                            + ", is it a DatasetDB server?",
                    null);
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(timeout)
                .header("Content-Type", "application/octet-stream")
                .header(SESSION_HEADER, secret);
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        String place = server.getAuthority();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost("Cannot wait for " + place + ": the thread was interrupted", e);
        } catch (ConnectException e) {
            boolean unknown = e.getCause() instanceof UnresolvedAddressException
                    || e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException;
            String reason = unknown ? "there is no host of this name" : "nobody answers there";
            throw new LinkFailure("Cannot connect to " + place + ": " + reason, "08001", e);
        } catch (HttpTimeoutException e) {
            throw lost("Cannot reach " + place + ": it did not answer in time", e);
        } catch (IOException e) {
            throw lost("Cannot reach " + place + ": the connection was lost", e);
        }
    }

    private static LinkFailure lost(String message, @Nullable Throwable cause) {
        return new LinkFailure(message, "08S01", cause);
    }

    @Override
    public void cancel(String connectionId, int statementId) {
        exchange(request(CANCEL_PATH + connectionId + "/" + statementId, CANCEL_PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    @Override
    public void networkTimeout(int millis) {
        networkTimeoutMillis = millis;
    }

    @Override
    public void close() {
        // The client belongs to the driver.
    }
}
