// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Failures;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL leads to.
 *
 * @param url as given
 * @param warehouse folder or URI of an embedded warehouse; empty for a server
 * @param server address of a server, or {@code null}
 * @param properties from the URL's query part
 */
record Target(String url, String warehouse, @Nullable URI server, Map<String, String> properties) {
    static final String PREFIX = "jdbc:datasetdb:";
    static final int DEFAULT_PORT = 8765;

    static Target parse(String url) throws SQLException {
        String rest = url.substring(PREFIX.length());
        int query = rest.indexOf('?');
        Map<String, String> properties = query < 0 ? Map.of() : properties(url, rest.substring(query + 1));
        String place = query < 0 ? rest : rest.substring(0, query);
        if (place.isEmpty()) {
            throw malformed(url, "it names no warehouse", null);
        }
        if (!place.startsWith("//")) {
            return new Target(url, place, null, properties);
        }
        return new Target(url, "", server(url, place), properties);
    }

    private static URI server(String url, String place) throws SQLException {
        try {
            URI parsed = new URI("http:" + place);
            String path = parsed.getPath();
            if (parsed.getHost() == null || path != null && !path.isEmpty() && !path.equals("/")) {
                throw malformed(
                        url, "after // it needs host:port and nothing else; a folder is written without //", null);
            }
            int port = parsed.getPort() < 0 ? DEFAULT_PORT : parsed.getPort();
            return new URI("http", null, parsed.getHost(), port, "/", null, null);
        } catch (URISyntaxException e) {
            throw malformed(url, "after // it needs host:port", e);
        }
    }

    private static Map<String, String> properties(String url, String query) throws SQLException {
        Map<String, String> result = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw malformed(url, "a property is written key=value (" + part + ")", null);
            }
            result.put(
                    URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return result;
    }

    private static SQLException malformed(String url, String reason, @Nullable Throwable cause) {
        return Failures.of("Cannot understand the URL " + url + ": " + reason, "08001", cause);
    }
}
