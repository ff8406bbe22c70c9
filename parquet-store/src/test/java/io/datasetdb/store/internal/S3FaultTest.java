// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static io.datasetdb.store.internal.StorageContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An S3 endpoint behind a bad wire. */
class S3FaultTest {
    private static final String LOCATION = "s3://bucket/large";
    private static final int ALWAYS = Integer.MAX_VALUE;

    @TempDir
    static Path folder;

    private static S3Endpoint endpoint;
    private static byte[] content;

    private FaultyProxy wire;
    private Storage storage;

    @BeforeAll
    static void startEndpoint() throws IOException {
        endpoint = S3Endpoint.start(folder);
        content = new byte[6 << 20];
        new Random(20_26).nextBytes(content);
        Files.write(endpoint.bucket("bucket").resolve("large"), content);
    }

    @AfterAll
    static void stopEndpoint() {
        endpoint.close();
    }

    @BeforeEach
    void connect() throws IOException {
        wire = new FaultyProxy(endpoint.port());
        storage = new HadoopStorage(configuration());
    }

    @AfterEach
    void disconnect() throws IOException {
        wire.close();
        storage.close();
    }

    private Configuration configuration() {
        return S3Endpoint.configuration(wire.port());
    }

    private byte[] read() {
        try (Storage.Input input = storage.open(LOCATION)) {
            byte[] result = new byte[(int) input.size()];
            input.readFully(0, ByteBuffer.wrap(result));
            return result;
        }
    }

    @Test
    @Timeout(300)
    void connectionLostHalfWayIsTakenUpAgain() throws IOException {
        wire.strike(FaultyProxy.Fault.CUT, 2);
        assertThat(read()).isEqualTo(content);
        assertThat(wire.faults()).isEqualTo(2);
    }

    @Test
    @Timeout(300)
    void connectionThatIsLostEveryTimeIsGivenUp() throws IOException {
        try (Storage.Input input = storage.open(LOCATION)) {
            wire.close();
            assertFails(
                    StoreError.READ_FAILED,
                    LOCATION,
                    () -> input.readFully(0, ByteBuffer.wrap(new byte[content.length])));
        }
    }

    @Test
    @Timeout(300)
    void busyEndpointIsAskedAgain() throws IOException {
        wire.strike(FaultyProxy.Fault.BUSY, 3);
        assertThat(read()).isEqualTo(content);
        assertThat(wire.faults()).isEqualTo(3);
    }

    @Test
    @Timeout(300)
    void endpointThatStaysBusyIsGivenUp() throws IOException {
        wire.strike(FaultyProxy.Fault.BUSY, ALWAYS);
        assertFails(StoreError.READ_FAILED, "the storage is too busy", () -> storage.open(LOCATION));
    }

    @Test
    @Timeout(300)
    void silentEndpointIsGivenUp() throws IOException {
        storage.close();
        Configuration configuration = configuration();
        configuration.set("fs.s3a.connection.timeout", "500ms");
        AWSClientConfig.setMinimumOperationDuration(Duration.ofMillis(500));
        try {
            storage = new HadoopStorage(configuration);
            // Connecting reads the settings.
            storage.open(LOCATION).close();
        } finally {
            AWSClientConfig.resetMinimumOperationDuration();
        }
        wire.strike(FaultyProxy.Fault.SILENT, ALWAYS);
        assertFails(StoreError.READ_FAILED, "the storage does not answer", () -> storage.open(LOCATION));
    }

    @Test
    @Timeout(300)
    void interruptEndsTheWaitForASilentEndpoint() throws Exception {
        wire.strike(FaultyProxy.Fault.SILENT, ALWAYS);
        Thread reader = new Thread(() -> assertFails(StoreError.READ_FAILED, LOCATION, this::read));
        reader.start();
        wire.awaitJam();
        reader.interrupt();
        reader.join(Duration.ofSeconds(60).toMillis());
        assertThat(reader.isAlive()).isFalse();
    }
}
