// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store over local files that only reads, counts what is open, and knows Parquet files by hearsay. */
public final class LocalFiles implements DatasetStore, Storage {
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Schema> parquet = new LinkedHashMap<>();
    private final List<String> entered = new ArrayList<>();
    private List<String> scanned = List.of();

    /** Declares what {@link #schema} says of a location. */
    public void declareParquet(String location, Schema schema) {
        parquet.put(location, schema);
    }

    /** How many inputs are open. */
    public int open() {
        return open.get();
    }

    /** The locations of the last scan. */
    public List<String> scanned() {
        return scanned;
    }

    @Override
    public Storage storage() {
        return this;
    }

    @Override
    public String uri(String location) {
        return "file://" + location;
    }

    @Override
    public Schema schema(String location) {
        return parquet.get(location);
    }

    @Override
    public long rowCount(String location) {
        return 10;
    }

    @Override
    public Scan scan(List<String> locations, Schema schema, ScanRequest request) {
        scanned = locations;
        return new io.datasetdb.udf.internal.scan.FileScan(schema, List.of(), part -> {
            throw new UnsupportedOperationException();
        });
    }

    @Override
    public DatasetWriter writer(String folder, Schema schema, WriteOptions options) {
        throw new UnsupportedOperationException(folder);
    }

    @Override
    public DatasetWriter fileWriter(String location, Schema schema, WriteOptions options, boolean replace) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public Output create(String location) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public Output publish(String location, boolean replace) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public Input open(String location) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(location));
            open.incrementAndGet();
            return new Bytes(bytes, location);
        } catch (IOException e) {
            throw new DatasetDbException(StoreError.FILE_NOT_FOUND, "Cannot open " + location + ": no file", e);
        }
    }

    /** The folders that the last listing entered, without a leading slash. */
    public List<String> entered() {
        return entered;
    }

    @Override
    public void list(String location, Predicate<String> enter, Consumer<StorageEntry> consumer) {
        entered.clear();
        Path start = Path.of(location);
        try (Stream<Path> folders = Files.walk(start)) {
            folders.filter(folder -> Files.isDirectory(folder) && !folder.equals(start))
                    .map(folder -> folder.toString().substring(1))
                    .filter(folder -> above(start, folder).allMatch(enter))
                    .forEach(entered::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        list(location, entry -> {
            Path parent = Path.of("/" + entry.path()).getParent();
            if (start.startsWith(parent) || entered.contains(parent.toString().substring(1))) {
                consumer.accept(entry);
            }
        });
    }

    /** A folder and all above it below {@code start}. */
    private static Stream<String> above(Path start, String folder) {
        return Stream.iterate(Path.of("/" + folder), path -> !path.equals(start), Path::getParent)
                .map(path -> path.toString().substring(1));
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        try (Stream<Path> files = Files.walk(Path.of(location))) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    consumer.accept(new StorageEntry(
                            "file://",
                            file.toString().substring(1),
                            attributes.size(),
                            "",
                            attributes.lastModifiedTime().toMillis() + "-" + attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String location) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public void sync(String location) {
        throw new UnsupportedOperationException(location);
    }

    @Override
    public void close() {}

    private final class Bytes implements Input {
        private final byte[] bytes;
        private final String location;
        private boolean closed;

        Bytes(byte[] bytes, String location) {
            this.bytes = bytes;
            this.location = location;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void readFully(long position, ByteBuffer target) {
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
