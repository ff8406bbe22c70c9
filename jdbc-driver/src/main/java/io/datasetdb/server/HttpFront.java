// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.jdbc.internal.CallOptions;
import io.datasetdb.jdbc.internal.HttpTransport;
import io.datasetdb.sql.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers over HTTP: {@code GET /health}, {@code POST /cancel/CONNECTION/STATEMENT}, and Avatica's requests in the
 * body of any other POST. Web pages are kept out: a request with an Origin is refused, and a server on the loopback interface
 * answers only to its own names, so that no page can reach it by making its name resolve there.
 */
final class HttpFront extends Handler.Abstract {
    /** Who has not logged in yet sends a login, with the text of a script at most. */
    private static final int STRANGERS_BODY = 4 << 20;

    private final RequestHandler requests;
    private final Sessions sessions;
    private final Authenticator authenticator;
    private final int maxBody;
    private final boolean loopbackOnly;

    HttpFront(
            RequestHandler requests,
            Sessions sessions,
            Authenticator authenticator,
            int maxBody,
            boolean loopbackOnly) {
        this.requests = requests;
        this.sessions = sessions;
        this.authenticator = authenticator;
        this.maxBody = maxBody;
        this.loopbackOnly = loopbackOnly;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (request.getHeaders().contains(HttpHeader.ORIGIN) || loopbackOnly && !isOwnName(request)) {
            plain(response, callback, HttpStatus.FORBIDDEN_403, "web pages may not call this server");
        } else if (HttpMethod.GET.is(request.getMethod()) && "/health".equals(path)) {
            String body = "{\"status\":\"ok\",\"version\":\"" + Engine.version() + "\",\"connections\":"
                    + sessions.size() + "}\n";
            write(response, callback, "application/json", body.getBytes(StandardCharsets.UTF_8));
        } else if (!HttpMethod.POST.is(request.getMethod())) {
            plain(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "use a JDBC client");
        } else {
            post(request, response, callback, path == null ? "/" : path);
        }
        return true;
    }

    /** Addresses only: a name that begins so is anybody's. */
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private static boolean isOwnName(Request request) {
        String host = Request.getServerName(request);
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || LOOPBACK.matcher(name).matches()
                || name.equals("[::1]")
                || name.equals("::1");
    }

    private void post(Request request, Response response, Callback callback, String path) throws IOException {
        Caller caller = caller(request);
        if (caller == null) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"DatasetDB\"");
            plain(response, callback, HttpStatus.UNAUTHORIZED_401, "user or password is wrong");
        } else if (path.startsWith(HttpTransport.CANCEL_PATH)) {
            cancel(caller, path.substring(HttpTransport.CANCEL_PATH.length()));
            write(response, callback, "text/plain", new byte[0]);
        } else {
            RequestHandler.Answer answer = answer(request, caller);
            response.setStatus(answer.failed() ? HttpStatus.INTERNAL_SERVER_ERROR_500 : HttpStatus.OK_200);
            write(response, callback, answer.json() ? "application/json" : "application/octet-stream", answer.body());
        }
    }

    private RequestHandler.Answer answer(Request request, Caller caller) throws IOException {
        InputStream in = Content.Source.asInputStream(request);
        int allowed = sessions.knows(caller) ? maxBody : Math.min(maxBody, STRANGERS_BODY);
        byte[] body = request.getLength() > allowed ? in.readNBytes(1) : in.readNBytes(allowed + 1);
        if (body.length > allowed || request.getLength() > allowed) {
            return requests.refusal(
                    body.length > 0 && body[0] == '{',
                    new DatasetDbException(
                            ServerError.REQUEST_TOO_LARGE,
                            "Cannot read the request: it is larger than the server allows (" + allowed + " bytes)"));
        }
        return requests.answer(body, caller, options(request));
    }

    private static CallOptions options(Request request) {
        return new CallOptions(
                number(request, HttpTransport.TIMEOUT_HEADER),
                (int) Math.min(Integer.MAX_VALUE, number(request, HttpTransport.FETCH_ROWS_HEADER)),
                number(request, HttpTransport.MAX_ROWS_HEADER));
    }

    private static long number(Request request, String header) {
        String value = request.getHeaders().get(header);
        return value != null && value.matches("[0-9]{1,15}") ? Long.parseLong(value) : 0;
    }

    private void cancel(Caller caller, String ids) {
        int slash = ids.lastIndexOf('/');
        if (slash > 0 && ids.substring(slash + 1).matches("[0-9]{1,9}")) {
            try {
                sessions.cancel(caller, ids.substring(0, slash), Integer.parseInt(ids.substring(slash + 1)));
            } catch (org.apache.calcite.avatica.NoSuchConnectionException e) {
                // Nothing runs there any more, or nothing of this caller's.
            }
        }
    }

    /** Who calls, or {@code null} if somebody claims to be a user and is not. */
    private @Nullable Caller caller(Request request) {
        String secret = request.getHeaders().get(HttpTransport.SESSION_HEADER);
        String login = "";
        HttpField authorization = request.getHeaders().getField(HttpHeader.AUTHORIZATION);
        if (authorization != null && authorization.getValue().regionMatches(true, 0, "Basic ", 0, 6)) {
            String[] pair = credentials(authorization.getValue().substring(6).trim());
            if (pair.length != 2 || !authenticator.accepts(pair[0], pair[1])) {
                return null;
            }
            login = pair[0];
        }
        return new Caller(Request.getRemoteAddr(request), login, secret == null ? "" : secret);
    }

    private static String[] credentials(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException e) {
            return new String[0];
        }
    }

    private static void plain(Response response, Callback callback, int status, String sentence) {
        response.setStatus(status);
        write(response, callback, "text/plain", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Response response, Callback callback, String type, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
