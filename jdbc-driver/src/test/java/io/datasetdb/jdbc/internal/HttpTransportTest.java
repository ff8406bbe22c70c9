// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpTransportTest {
    /** A pool that checks a connection must not hang with the server. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpTransport transport = new HttpTransport(
                        HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"))) {
            Service service = transport.service(Duration.ofMillis(50));
            assertThatThrownBy(() -> service.apply(new Service.CloseConnectionRequest("x")))
                    .isInstanceOf(LinkFailure.class)
                    .hasMessage("Cannot reach 127.0.0.1:" + silent.getLocalPort() + ": it did not answer in time");
        }
    }
}
