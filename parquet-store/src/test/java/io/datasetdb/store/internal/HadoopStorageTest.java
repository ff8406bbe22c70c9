// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a Hadoop file system of local files under a scheme of its own. */
class HadoopStorageTest extends StorageContract {
    @TempDir
    Path folder;

    @Override
    Storage open() {
        Configuration configuration = new Configuration();
        configuration.setClass("fs.alias.impl", AliasFileSystem.class, FileSystem.class);
        return new HadoopStorage(configuration);
    }

    @Override
    String at(String name) {
        return "alias://host" + folder.resolve(name);
    }

    @Override
    boolean createsExclusively() {
        return false;
    }

    @Test
    void entryNamesTheBucketItWasListedBy() {
        write("list/file", "12345");
        StorageEntry entry = list("list").get(0);
        assertThat(entry.source()).isEqualTo("alias://host");
        assertThat("/" + entry.path()).isEqualTo(folder.resolve("list/file").toString());
    }

    @Test
    void unknownSchemeIsNamed() {
        try (Storage storage = open()) {
            assertFails(StoreError.UNSUPPORTED_SCHEME, "nonesuch", () -> storage.open("nonesuch://bucket/key"));
            assertFails(StoreError.UNSUPPORTED_SCHEME, "gcs-connector", () -> storage.open("gs://bucket/key"));
            assertFails(StoreError.UNSUPPORTED_SCHEME, "hadoop-azure", () -> storage.open("abfss://c@host/key"));
        }
    }

    @Test
    void websAreNoStorages() {
        try (Storage storage = open()) {
            for (String location : List.of("http://127.0.0.1:1/x", "https://127.0.0.1:1/x", "ftp://127.0.0.1/x")) {
                assertFails(StoreError.UNSUPPORTED_SCHEME, location, () -> storage.open(location));
            }
        }
    }

    @Test
    void warehouseSendsRemoteLocationsHere() {
        try (WarehouseStorage storage = WarehouseStorage.at("nonesuch://bucket/root")) {
            assertThat(storage.uri("a/b")).isEqualTo("nonesuch://bucket/root/a/b");
            assertThat(storage.uri("s3://other/key")).isEqualTo("s3://other/key");
            assertThat(storage.uri("/tmp/x")).isEqualTo("file:///tmp/x");
            assertFails(StoreError.UNSUPPORTED_SCHEME, "nonesuch://bucket/root/a/b", () -> storage.open("a/b"));
        }
    }

    /** Local files as {@code alias://host/absolute/path}. */
    public static final class AliasFileSystem extends RawLocalFileSystem {
        private static final URI ROOT = URI.create("alias://host/");

        @Override
        public URI getUri() {
            return ROOT;
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            FileStatus[] result = super.listStatus(path);
            Arrays.setAll(result, i -> plain(result[i]));
            return result;
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            return plain(super.getFileStatus(path));
        }

        /** Hadoop's own status asks the operating system about owners and only knows the scheme {@code file}. */
        private static FileStatus plain(FileStatus status) {
            return new FileStatus(
                    status.getLen(), status.isDirectory(), 1, 1 << 20, status.getModificationTime(), status.getPath());
        }
    }
}
