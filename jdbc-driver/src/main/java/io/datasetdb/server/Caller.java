// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

/**
 * Whom a request comes from. A session belongs to the caller that opened it; nobody else can use it, even knowing its id.
 *
 * @param address where the request came from
 * @param login who logged in by HTTP basic authentication; empty if nobody did
 * @param secret the session's secret, which our own driver sends; empty for others
 */
record Caller(String address, String login, String secret) {
    /** Whoever calls in process. */
    static final Caller IN_PROCESS = new Caller("", "", "");
}
