// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Makes a Parquet file with parquet-java's example writer. */
final class TestFile {
    private TestFile() {}

    /** The bytes of a file of {@code rows} rows, each filled by {@code filler} from its number. */
    static byte[] of(String schema, int rows, BiConsumer<Group, Integer> filler) {
        return of(schema, rows, filler, builder -> builder);
    }

    static byte[] of(
            String schema,
            int rows,
            BiConsumer<Group, Integer> filler,
            UnaryOperator<ExampleParquetWriter.Builder> settings) {
        MessageType type = MessageTypeParser.parseMessageType("message m {" + schema + "}");
        try {
            Path file = Files.createTempFile("test", ".parquet");
            Files.delete(file);
            ExampleParquetWriter.Builder builder =
                    ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(type);
            try (ParquetWriter<Group> writer = settings.apply(builder.withConf(new PlainParquetConfiguration()))
                    .build()) {
                for (int i = 0; i < rows; i++) {
                    Group group = new SimpleGroup(type);
                    filler.accept(group, i);
                    writer.write(group);
                }
            }
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
