// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in an S3 bucket: listed, read, deposited, remembered. */
class ObjectStorageTest {
    @TempDir
    static Path shared;

    private static S3Endpoint endpoint;
    private static Path bucket;

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeAll
    static void startEndpoint() throws IOException {
        endpoint = S3Endpoint.start(shared);
        bucket = endpoint.bucket("bucket");
        S3Endpoint.use(endpoint.port());
    }

    @AfterAll
    static void stopEndpoint() {
        S3Endpoint.forget();
        endpoint.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:datasetdb:" + folder.resolve("warehouse"));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private static void put(String key, String content) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(rows.getString(i));
                }
                result.add(String.join(" | ", cells));
            }
        }
        return result;
    }

    private void deposit(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertFails(String sqlState, String message, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("Cannot ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n")
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo(sqlState);
    }

    @Test
    void globsListObjects() throws Exception {
        put("photos/a.jpg", "12345");
        put("photos/two words+100%.jpg", "1");
        put("photos/sub/year=2026/ü#.jpg", "22");
        put("photos/sub/readme.txt", "not a photo");
        assertThat(rows("SELECT t.file.source, t.file.path, t.file.size, t.file.version, t.file.is_latest "
                        + "FROM TABLE(list_storage('s3://bucket/photos/**/*.jpg')) AS t ORDER BY 2"))
                .containsExactly(
                        "s3://bucket | photos/a.jpg | 5 |  | true",
                        "s3://bucket | photos/sub/year=2026/ü#.jpg | 2 |  | true",
                        "s3://bucket | photos/two words+100%.jpg | 1 |  | true");
        assertThat(rows("SELECT file_name(t.file.path) FROM TABLE(list_storage('s3://bucket/photos/*.{jpg,png}')) AS t "
                        + "ORDER BY 1"))
                .containsExactly("a.jpg", "two words+100%.jpg");
        assertThat(rows("SELECT count(*) FROM TABLE(list_storage('s3a://bucket/photos')) AS t"))
                .containsExactly("4");
        assertThat(rows("SELECT count(*) FROM TABLE(list_storage('s3://bucket/photos/*.gif')) AS t"))
                .containsExactly("0");
    }

    @Test
    void rowsAreCopiedToObjectsAndBack() throws Exception {
        String sales = "(SELECT * FROM (VALUES (1, 'de'), (2, 'at'), (3, 'de')) AS t(id, country))";
        deposit("COPY " + sales + " TO 's3://bucket/copies/sales.csv'");
        assertThat(rows("SELECT id, country FROM read_csv('s3://bucket/copies/sales.csv') ORDER BY id"))
                .containsExactly("1 | de", "2 | at", "3 | de");
        assertFails(
                "58P02", "there is one already", () -> deposit("COPY " + sales + " TO 's3://bucket/copies/sales.csv'"));
        deposit("COPY (SELECT 7 AS id) TO 's3://bucket/copies/sales.csv' (OVERWRITE)");
        assertThat(rows("SELECT id FROM read_csv('s3://bucket/copies/sales.csv')"))
                .containsExactly("7");
        deposit("COPY " + sales + " TO 's3://bucket/copies/by' (PARTITION_BY (country))");
        assertThat(rows("SELECT id, country FROM read_parquet('s3://bucket/copies/by/**/*.parquet') ORDER BY id"))
                .containsExactly("1 | de", "2 | at", "3 | de");
        deposit("COPY (SELECT 9 AS id, 'ch' AS country) TO 's3://bucket/copies/by' (PARTITION_BY (country),"
                + " OVERWRITE)");
        assertThat(rows("SELECT id, country FROM read_parquet('s3://bucket/copies/by/**/*.parquet')"))
                .containsExactly("9 | ch");
        assertFails(
                "22012",
                "division by zero",
                () -> deposit("COPY (SELECT 1 / (id - 9) AS x FROM read_parquet('s3://bucket/copies/by/**/*.parquet'))"
                        + " TO 's3://bucket/copies/none.json'"));
        assertThat(rows("SELECT count(*) FROM TABLE(list_storage('s3://bucket/copies/none.json*')) AS t"))
                .containsExactly("0");
    }

    @Test
    void listedRowTellsTagAndTime() throws Exception {
        put("tagged/one.txt", "12345");
        LocalDateTime before = LocalDateTime.now(ZoneOffset.UTC).minusMinutes(5);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT t.file.etag, t.file.last_modified FROM "
                        + "TABLE(list_storage('s3://bucket/tagged/one.txt')) AS t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isNotEmpty().doesNotContain("\"");
            assertThat(rows.getTimestamp(2).toLocalDateTime()).isAfter(before);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void textOfObjectsIsRead() throws Exception {
        put("text/a b.txt", "first");
        put("text/ü+.txt", "zweite");
        assertThat(rows("SELECT file_text(t.file), octet_length(file_bytes(t.file)) "
                        + "FROM TABLE(list_storage('s3://bucket/text/*.txt')) AS t ORDER BY 1"))
                .containsExactly("first | 5", "zweite | 6");
    }

    @Test
    void tablesOfEveryFormatAreRead() throws Exception {
        put("tables/part=1/x.csv", "id,name\n1,one\n2,\"two, too\"\n");
        put("tables/x.jsonl", "{\"id\":3,\"name\":\"three\"}\n{\"id\":4,\"name\":null}\n");
        Files.write(bucket.resolve("tables/y.csv.gz"), gzip("id,name\n5,five\n"));
        deposit("CREATE DATASET numbers AS SELECT * FROM (VALUES (6, 'six'), (7, 'seven')) AS v(id, name)");
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse/data"))) {
            Path parquet = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(parquet, bucket.resolve("tables/z.parquet"));
        }
        assertThat(rows("SELECT id, name FROM TABLE(read_csv('s3://bucket/tables/**/*.csv')) AS t "
                        + "UNION ALL SELECT id, name FROM TABLE(read_json('s3://bucket/tables/x.jsonl')) AS t "
                        + "UNION ALL SELECT id, name FROM TABLE(read_csv('s3://bucket/tables/y.csv.gz')) AS t "
                        + "UNION ALL SELECT id, name FROM TABLE(read_parquet('s3://bucket/tables/*.parquet')) AS t "
                        + "ORDER BY id"))
                .containsExactly(
                        "1 | one", "2 | two, too", "3 | three", "4 | null", "5 | five", "6 | six", "7 | seven");
    }

    private static byte[] gzip(String text) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void depositsRememberTheBucket() throws Exception {
        put("deposit/a.txt", "1");
        put("deposit/data.csv", "x\n1\n");
        deposit("CREATE DATASET listed AS SELECT t.file FROM TABLE(list_storage('s3://bucket/deposit/*')) AS t");
        deposit("CREATE DATASET loaded AS SELECT * FROM TABLE(read_csv('s3://bucket/deposit/data.csv')) AS t");
        assertThat(rows("SELECT uri FROM registry.dependencies WHERE kind = 'STORAGE' AND name = 'loaded'"))
                .containsExactly("s3://bucket/deposit/data.csv");
        assertThat(rows("SELECT listing.uri FROM registry.dependencies AS d JOIN registry.dependencies AS listing "
                        + "ON listing.namespace = d.parent_namespace AND listing.name = d.parent_name "
                        + "WHERE d.name = 'listed' AND listing.kind = 'STORAGE'"))
                .containsExactly("s3://bucket/deposit/*");
        assertThat(rows("SELECT t.file.path FROM listed AS t ORDER BY 1"))
                .containsExactly("deposit/a.txt", "deposit/data.csv");
        assertThat(rows("SELECT file_text(t.file) FROM listed AS t WHERE t.file.path = 'deposit/a.txt'"))
                .containsExactly("1");
    }

    @Test
    void listingIsNewOnlyIfTheBucketChanged() throws Exception {
        String listings = "SELECT count(*) FROM registry.versions WHERE namespace = 'system'";
        String list =
                "CREATE OR REPLACE DATASET l AS SELECT t.file FROM TABLE(list_storage('s3://bucket/cached/*')) AS t";
        put("cached/a.txt", "1");
        deposit(list);
        assertThat(rows(listings)).containsExactly("1");
        deposit(list);
        assertThat(rows(listings)).as("unchanged").containsExactly("1");
        put("cached/b.txt", "2");
        deposit(list);
        assertThat(rows(listings)).as("an object more").containsExactly("2");
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        assertFails(
                "58P01", "s3://bucket/none", () -> rows("SELECT * FROM TABLE(list_storage('s3://bucket/none')) AS t"));
        assertFails(
                "58P01",
                "there is no such bucket",
                () -> rows("SELECT * FROM TABLE(read_csv('s3://no-such-bucket/x.csv')) AS t"));
        put("bad/x.parquet", "this is no Parquet file, whatever its name says");
        assertFails(
                "22000",
                "s3://bucket/bad/x.parquet",
                () -> rows("SELECT * FROM TABLE(read_parquet('s3://bucket/bad/x.parquet')) AS t"));
        assertFails("0A000", "gcs-connector", () -> rows("SELECT * FROM TABLE(list_storage('gs://b/*')) AS t"));
        assertFails("0A000", "http", () -> rows("SELECT * FROM TABLE(read_csv('http://127.0.0.1:1/x.csv')) AS t"));
    }

    @Test
    void cancelEndsTheWaitForAFrozenEndpoint() throws Exception {
        put("frozen/a.txt", "1");
        deposit("CREATE DATASET frozen AS SELECT t.file FROM TABLE(list_storage('s3://bucket/frozen/*')) AS t");
        String sql = "SELECT file_text(t.file) FROM frozen AS t";
        assertThat(rows(sql)).containsExactly("1");
        Instant start = Instant.now();
        endpoint.freeze();
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> assertFails("57014", "cancelled", () -> {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    rows.next();
                }
            }));
            // A wish that comes before the statement runs is not meant for it.
            while (!reader.isDone()) {
                statement.cancel();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            reader.get();
        } finally {
            endpoint.thaw();
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(150));
        assertThat(rows(sql)).as("the connection goes on").containsExactly("1");
    }

    @Test
    void warehouseInABucketIsRefused() {
        assertFails(
                "0A000",
                "s3://bucket/warehouse",
                () -> DriverManager.getConnection("jdbc:datasetdb:s3://bucket/warehouse")
                        .close());
        assertThat(Path.of("s3:")).doesNotExist();
    }

    @Test
    void warehouseMayBeWrittenAsAUri() throws Exception {
        Path place = folder.resolve("by uri");
        DriverManager.getConnection("jdbc:datasetdb:file://" + place).close();
        assertThat(place.resolve("WAREHOUSE")).exists();
    }
}
