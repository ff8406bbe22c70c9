// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real S3 endpoint. */
class S3StorageTest extends StorageContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static final int PART = 5 << 20;

    @TempDir
    static Path folder;

    private static S3Endpoint endpoint;
    private static Path bucket;

    private final String place = "place-" + PLACES.incrementAndGet();

    @BeforeAll
    static void startEndpoint() throws IOException {
        endpoint = S3Endpoint.start(folder);
        bucket = endpoint.bucket("bucket");
    }

    @AfterAll
    static void stopEndpoint() {
        endpoint.close();
    }

    @Override
    Storage open() {
        Configuration configuration = endpoint.configuration();
        configuration.set("fs.s3a.multipart.size", "5M");
        configuration.set("fs.s3a.multipart.threshold", "5M");
        configuration.set("fs.s3a.paging.maximum", "1000");
        return new HadoopStorage(configuration);
    }

    @Override
    String at(String name) {
        return "s3://bucket/" + place + "/" + name;
    }

    @Override
    boolean createsExclusively() {
        return true;
    }

    @Test
    void keysAreTakenLiterally() {
        List<String> names = List.of(
                "two words.txt",
                "a+b.txt",
                "100%.txt",
                "100%25.txt",
                "a%2Fb.txt",
                "x#y?z.txt",
                "year=2026/month=01/part.txt",
                "Grüße-日本-😀.txt",
                "colon:semi;comma,at@&$!'()[]{}~.txt",
                "__magic/name.txt",
                ".hidden");
        for (String name : names) {
            write("keys/" + name, name);
        }
        List<StorageEntry> entries = list("keys");
        assertThat(entries)
                .extracting(StorageEntry::path)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> place + "/keys/" + name).toList());
        try (Storage storage = open()) {
            for (StorageEntry entry : entries) {
                String location = entry.source() + "/" + entry.path();
                try (Storage.Input input = storage.open(location)) {
                    assertThat(input.size()).as(location).isEqualTo(entry.size());
                }
                storage.delete(location);
                assertFails(StoreError.FILE_NOT_FOUND, location, () -> storage.open(location));
            }
        }
    }

    @Test
    void entryHasTheObjectsTag() {
        write("tagged", "12345");
        StorageEntry entry = list("tagged").get(0);
        assertThat(entry.source()).isEqualTo("s3://bucket");
        assertThat(entry.path()).isEqualTo(place + "/tagged");
        assertThat(entry.etag()).as("MD5 of 12345").isEqualTo("827ccb0eea8a706c4c34a16891f84e7b");
        try (Storage storage = open()) {
            List<StorageEntry> byOtherName = new ArrayList<>();
            storage.list("s3a://bucket/" + place, byOtherName::add);
            assertThat(byOtherName).extracting(StorageEntry::source).containsExactly("s3a://bucket");
        }
    }

    @Test
    void listingGoesOnOverPages() throws IOException {
        int files = 2_500;
        for (int i = 0; i < files; i++) {
            Path parent = Files.createDirectories(bucket.resolve(place).resolve("many/" + i % 7));
            Files.write(parent.resolve("file " + i), new byte[] {1});
        }
        assertThat(list("many"))
                .extracting(StorageEntry::path)
                .doesNotHaveDuplicates()
                .hasSize(files);
    }

    @Test
    void largeFileGoesInParts() {
        byte[] content = new byte[2 * PART + 12_345];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + (i >> 16));
        }
        try (Storage storage = open()) {
            try (Storage.Output output = storage.create(at("large"))) {
                output.write(ByteBuffer.wrap(content));
                output.commit();
            }
            byte[] read = new byte[content.length];
            try (Storage.Input input = storage.open(at("large"))) {
                assertThat(input.size()).isEqualTo(content.length);
                input.readFully(0, ByteBuffer.wrap(read));
            }
            assertThat(read).isEqualTo(content);
            assertFails(StoreError.FILE_EXISTS, "large", () -> storage.create(at("large")));
        }
    }

    @Test
    void largeFileThatIsNotCommittedLeavesNothing() {
        try (Storage storage = open()) {
            try (Storage.Output output = storage.create(at("large"))) {
                output.write(ByteBuffer.wrap(new byte[2 * PART]));
            }
            assertFails(StoreError.FILE_NOT_FOUND, "large", () -> storage.open(at("large")));
        }
    }

    @Test
    void laterOfTwoLargeWritersLoses() {
        try (Storage storage = open()) {
            Storage.Output slow = storage.create(at("large"));
            slow.write(ByteBuffer.wrap(new byte[2 * PART]));
            slow.commit();
            write("large", "fast");
            assertFails(StoreError.FILE_EXISTS, "large", slow::close);
            assertThat(read("large")).isEqualTo("fast");
        }
    }

    @Test
    void missingBucketIsNamed() {
        try (Storage storage = open()) {
            String reason = "there is no such bucket";
            assertFails(StoreError.FILE_NOT_FOUND, reason, () -> storage.open("s3://no-such-bucket/key"));
            assertFails(StoreError.FILE_NOT_FOUND, reason, () -> storage.list("s3://no-such-bucket/", entry -> {}));
            assertFails(
                    StoreError.FILE_NOT_FOUND,
                    reason,
                    () -> storage.create("s3://no-such-bucket/key").close());
        }
    }

    @Test
    void bucketNameThatCannotBeIsRefused() {
        try (Storage storage = open()) {
            assertFails(StoreError.BAD_LOCATION, "s3:///key", () -> storage.open("s3:///key"));
            assertFails(StoreError.BAD_LOCATION, "no_host", () -> storage.open("s3://no_host/key"));
            assertFails(StoreError.BAD_LOCATION, "a b", () -> storage.open("s3://a b/key"));
        }
    }

    @Test
    void wrongKeyIsRefused() {
        for (String name : List.of("fs.s3a.access.key", "fs.s3a.secret.key")) {
            Configuration configuration = endpoint.configuration();
            configuration.set(name, "wrong");
            try (Storage storage = new HadoopStorage(configuration)) {
                assertFails(StoreError.ACCESS_DENIED, at("file"), () -> storage.open(at("file")));
                assertFails(StoreError.ACCESS_DENIED, at(""), () -> storage.list(at(""), entry -> {}));
                assertFails(StoreError.ACCESS_DENIED, at("new"), () -> write(storage, "new"));
            }
        }
    }

    @Test
    void withoutCredentialsOnlyPublicBucketsAreRead() throws IOException {
        Configuration configuration = endpoint.configuration();
        configuration.set(
                "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
        Path hidden = endpoint.bucket("hidden");
        Path secret = Files.writeString(hidden.resolve("file"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
        Path open =
                Files.writeString(Files.createDirectories(bucket.resolve(place)).resolve("file"), "known to all");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        try (Storage storage = new HadoopStorage(configuration)) {
            assertFails(StoreError.ACCESS_DENIED, "s3://hidden/file", () -> storage.open("s3://hidden/file"));
            assertFails(StoreError.ACCESS_DENIED, "s3://hidden", () -> storage.list("s3://hidden", entry -> {}));
            try (Storage.Input input = storage.open(at("file"))) {
                assertThat(input.size()).isEqualTo("known to all".length());
            }
        }
    }

    @Test
    void endpointThatIsDownIsGivenUpSoon() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Instant start = Instant.now();
        try (Storage storage = new HadoopStorage(S3Endpoint.configuration(port))) {
            assertFails(StoreError.READ_FAILED, "does not answer", () -> storage.open(at("file")));
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(120));
    }

    private void write(Storage storage, String name) {
        try (Storage.Output output = storage.create(at(name))) {
            output.write(ByteBuffer.wrap(new byte[] {1}));
            output.commit();
        }
    }
}
