// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.internal.CallOptions;
import io.datasetdb.jdbc.internal.WireForm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.Service;

/** Answers Avatica requests, JSON or protobuf by the first byte. Whatever is thrown becomes an answer of one line. */
final class RequestHandler {
    private final Sessions sessions;
    private final Executor executor;
    private final long waitNanos;
    private final WireCodec json;
    private final WireCodec protobuf = new ProtobufCodec();

    /** An answer; {@code failed} decides the HTTP status. */
    record Answer(byte[] body, boolean json, boolean failed) {}

    RequestHandler(Sessions sessions, Executor executor, long waitNanos, int maxBytes) {
        this.sessions = sessions;
        this.executor = executor;
        this.waitNanos = waitNanos;
        this.json = new JsonCodec(maxBytes);
    }

    Answer answer(byte[] body, Caller caller, CallOptions options) throws IOException {
        boolean isJson = body.length > 0 && (body[0] == '{' || Character.isWhitespace(body[0]) && body[0] != '\n');
        WireCodec codec = isJson ? json : protobuf;
        Service.Response response;
        try {
            Service.Request request = decode(codec, body);
            EngineMeta.Request context = new EngineMeta.Request(
                    caller, isJson ? WireForm.JSON : WireForm.PROTOBUF, false, options, waitNanos);
            response = Dispatch.apply(new LocalService(new EngineMeta(sessions, executor, context)), request);
            return new Answer(codec.encode(response), isJson, false);
        } catch (Throwable t) {
            // Errors too: a request must never end without an answer that the client can read.
            return new Answer(codec.encode(failure(t)), isJson, true);
        }
    }

    /** The answer to a request that was refused before it was read. */
    Answer refusal(boolean isJson, Throwable reason) throws IOException {
        return new Answer((isJson ? json : protobuf).encode(failure(reason)), isJson, true);
    }

    private static Service.Request decode(WireCodec codec, byte[] body) {
        try {
            return java.util.Objects.requireNonNull(codec.decode(body));
        } catch (IOException | RuntimeException e) {
            throw new io.datasetdb.error.DatasetDbException(
                    ServerError.BAD_REQUEST,
                    "Cannot read the request: it is neither Avatica's JSON nor its protobuf",
                    e);
        }
    }

    private static Service.ErrorResponse failure(Throwable thrown) {
        if (thrown instanceof NoSuchConnectionException) {
            return failure(
                    "Cannot use the connection: the server does not know it, it was closed or has expired",
                    Service.ErrorResponse.MISSING_CONNECTION_ERROR_CODE,
                    ServerError.UNKNOWN_CONNECTION.sqlState());
        }
        OneLine line = OneLine.of(thrown);
        return failure(line.message(), Service.ErrorResponse.UNKNOWN_ERROR_CODE, line.sqlState());
    }

    /** In the place of stack traces stands the sentence again: stock clients drop the message when preparing fails. */
    private static Service.ErrorResponse failure(String message, int code, String sqlState) {
        return new Service.ErrorResponse(List.of(message), message, code, sqlState, AvaticaSeverity.ERROR, null);
    }
}
