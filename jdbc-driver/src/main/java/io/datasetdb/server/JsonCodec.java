// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;

/** Avatica's messages as JSON, read within limits. */
final class JsonCodec implements WireCodec {
    private static final int MAX_DEPTH = 64;

    private final ObjectMapper mapper;

    JsonCodec(int maxBytes) {
        mapper = JsonService.MAPPER.copy();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(maxBytes)
                        .build());
        mapper.registerModule(
                new SimpleModule().addDeserializer(Meta.CursorFactory.class, new HarmlessCursorFactory()));
    }

    @Override
    public Service.Request decode(byte[] body) throws IOException {
        return mapper.readValue(body, Service.Request.class);
    }

    @Override
    public byte[] encode(Service.Response response) throws IOException {
        return mapper.writeValueAsBytes(response);
    }

    /** Ignores what a client says: it may name a class, which Avatica would load. */
    private static final class HarmlessCursorFactory extends JsonDeserializer<Meta.CursorFactory> {
        @Override
        public Meta.CursorFactory deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            parser.skipChildren();
            return Meta.CursorFactory.LIST;
        }
    }
}
