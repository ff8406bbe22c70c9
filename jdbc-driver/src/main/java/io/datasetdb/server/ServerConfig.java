// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import java.time.Duration;

/**
 * How a server is started.
 *
 * @param host name or address of the interface to listen on
 * @param port 0 for any free one
 * @param authenticator who may connect
 * @param limits what clients may keep open
 * @param maxBody how many bytes a request may have
 * @param answerWithin after how long a client gets an empty frame if there are no rows yet
 */
public record ServerConfig(
        String host, int port, Authenticator authenticator, SessionLimits limits, int maxBody, Duration answerWithin) {
    /** The port unless told otherwise. */
    public static final int DEFAULT_PORT = 8765;

    /** This machine only, everybody may connect. */
    public static ServerConfig local(int port) {
        return new ServerConfig(
                "127.0.0.1", port, Authenticator.EVERYBODY, SessionLimits.SERVER, 64 << 20, Duration.ofSeconds(5));
    }

    /** The same with another authenticator. */
    public ServerConfig with(Authenticator other) {
        return new ServerConfig(host, port, other, limits, maxBody, answerWithin);
    }

    /** The same with another interface. */
    public ServerConfig withHost(String other) {
        return new ServerConfig(other, port, authenticator, limits, maxBody, answerWithin);
    }

    /** The same with other limits. */
    public ServerConfig with(SessionLimits other) {
        return new ServerConfig(host, port, authenticator, other, maxBody, answerWithin);
    }

    /** The same with another limit on requests. */
    public ServerConfig withMaxBody(int bytes) {
        return new ServerConfig(host, port, authenticator, limits, bytes, answerWithin);
    }

    /** The same with another time to answer in. */
    public ServerConfig withAnswerWithin(Duration time) {
        return new ServerConfig(host, port, authenticator, limits, maxBody, time);
    }
}
