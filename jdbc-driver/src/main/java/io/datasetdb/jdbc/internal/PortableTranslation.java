// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/**
 * Avatica's translation, made independent of where its classes live: on the wire a message names the Java class of its
 * content, and in the thin driver these classes have been moved to another package so that they cannot clash with a
 * tool's own.
 */
final class PortableTranslation implements ProtobufTranslation {
    // Put together at run time, or moving the classes would move this text as well.
    private static final String WIRE_PACKAGE = String.join(".", "org", "apache", "calcite", "avatica", "proto") + ".";

    private static final String OWN_PACKAGE = Responses.class.getPackageName() + ".";

    private final ProtobufTranslation translation = new ProtobufTranslationImpl();

    private static byte[] renamed(byte[] message, String from, String to) throws InvalidProtocolBufferException {
        if (from.equals(to)) {
            return message;
        }
        Common.WireMessage wire = Common.WireMessage.parseFrom(message);
        String name = wire.getName();
        return name.startsWith(from)
                ? wire.toBuilder()
                        .setName(to + name.substring(from.length()))
                        .build()
                        .toByteArray()
                : message;
    }

    @Override
    public byte[] serializeRequest(Service.Request request) throws IOException {
        return renamed(translation.serializeRequest(request), OWN_PACKAGE, WIRE_PACKAGE);
    }

    @Override
    public Service.Response parseResponse(byte[] bytes) throws IOException {
        return translation.parseResponse(renamed(bytes, WIRE_PACKAGE, OWN_PACKAGE));
    }

    @Override
    public byte[] serializeResponse(Service.Response response) throws IOException {
        return renamed(translation.serializeResponse(response), OWN_PACKAGE, WIRE_PACKAGE);
    }

    @Override
    public Service.Request parseRequest(byte[] bytes) throws IOException {
        return translation.parseRequest(renamed(bytes, WIRE_PACKAGE, OWN_PACKAGE));
    }
}
