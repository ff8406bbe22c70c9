// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's protobuf messages. Frames are written here: Avatica writes each value twice, for clients before 1.6, and bytes a
 * third time as text.
 */
final class ProtobufCodec implements WireCodec {
    private final ProtobufTranslation translation = new ProtobufTranslationImpl();

    @Override
    public Service.Request decode(byte[] body) throws IOException {
        return translation.parseRequest(harmless(body));
    }

    /** Takes out the class names that a signature may hold: Avatica would load these classes. */
    private static byte[] harmless(byte[] body) throws IOException {
        Common.WireMessage wire = Common.WireMessage.parseFrom(body);
        if (!wire.getName().equals(Requests.ExecuteRequest.class.getName())) {
            return body;
        }
        Requests.ExecuteRequest request = Requests.ExecuteRequest.parseFrom(wire.getWrappedMessage());
        if (!request.getStatementHandle().getSignature().hasCursorFactory()) {
            return body;
        }
        Requests.ExecuteRequest.Builder cleaned = request.toBuilder();
        cleaned.getStatementHandleBuilder().getSignatureBuilder().clearCursorFactory();
        return wire.toBuilder()
                .setWrappedMessage(cleaned.build().toByteString())
                .build()
                .toByteArray();
    }

    @Override
    public byte[] encode(Service.Response response) throws IOException {
        if (response instanceof Service.FetchResponse fetch && fetch.frame != null) {
            return wire(Responses.FetchResponse.newBuilder()
                    .setFrame(frame(fetch.frame))
                    .setMissingStatement(fetch.missingStatement)
                    .setMissingResults(fetch.missingResults)
                    .build());
        }
        if (response instanceof Service.ExecuteResponse execute && !execute.missingStatement) {
            Responses.ExecuteResponse.Builder builder = Responses.ExecuteResponse.newBuilder();
            execute.results.forEach(result -> builder.addResults(resultSet(result)));
            return wire(builder.build());
        }
        if (response instanceof Service.ResultSetResponse result) {
            return wire(resultSet(result));
        }
        return translation.serializeResponse(response);
    }

    private static byte[] wire(Message message) {
        return Common.WireMessage.newBuilder()
                .setName(message.getClass().getName())
                .setWrappedMessage(UnsafeByteOperations.unsafeWrap(message.toByteArray()))
                .build()
                .toByteArray();
    }

    private static Responses.ResultSetResponse resultSet(Service.ResultSetResponse result) {
        Responses.ResultSetResponse.Builder builder = Responses.ResultSetResponse.newBuilder()
                .setConnectionId(result.connectionId)
                .setStatementId(result.statementId)
                .setOwnStatement(result.ownStatement)
                .setUpdateCount(result.updateCount);
        if (result.signature != null) {
            builder.setSignature(result.signature.toProto());
        }
        if (result.firstFrame != null) {
            builder.setFirstFrame(frame(result.firstFrame));
        }
        return builder.build();
    }

    private static Common.Frame frame(Meta.Frame frame) {
        Common.Frame.Builder builder =
                Common.Frame.newBuilder().setOffset(frame.offset).setDone(frame.done);
        for (Object row : frame.rows) {
            Common.Row.Builder cells = Common.Row.newBuilder();
            for (Object cell : (Object[]) row) {
                cells.addValue(cell(cell));
            }
            builder.addRows(cells);
        }
        return builder.build();
    }

    private static Common.ColumnValue cell(@Nullable Object value) {
        Common.ColumnValue.Builder builder = Common.ColumnValue.newBuilder();
        if (value instanceof List<?> list) {
            builder.setHasArrayValue(true);
            for (Object element : list) {
                builder.addArrayValue(typed(element));
            }
        } else {
            builder.setScalarValue(typed(value));
        }
        return builder.build();
    }

    private static Common.TypedValue typed(@Nullable Object value) {
        Common.TypedValue.Builder builder = Common.TypedValue.newBuilder();
        if (value instanceof byte[] bytes) {
            ByteString wrapped = UnsafeByteOperations.unsafeWrap(bytes);
            return builder.setType(Common.Rep.BYTE_STRING)
                    .setBytesValue(wrapped)
                    .build();
        }
        TypedValue.toProto(builder, value);
        return builder.build();
    }
}
