// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.VectorBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local files are written, listed and read without a single class of Hadoop. */
class HadoopAbsenceTest {
    @TempDir
    Path folder;

    @Test
    void localFilesNeedNoHadoop() throws Exception {
        HadoopFreeLoader loader = new HadoopFreeLoader(HadoopAbsenceTest.class.getClassLoader());
        @SuppressWarnings("unchecked")
        Function<String, String> roundTrip = (Function<String, String>)
                loader.loadClass(RoundTrip.class.getName()).getConstructor().newInstance();
        assertThat(roundTrip.getClass()).isNotEqualTo(RoundTrip.class);
        assertThat(roundTrip.apply(folder.toString())).isEqualTo("[2, two]");
        assertThat(loader.refused()).isEmpty();
    }

    /** What an embedded warehouse does, in the other loader's classes. */
    public static final class RoundTrip implements Function<String, String> {
        @Override
        public String apply(String root) {
            Schema schema = Schema.of(Field.of("id", DataType.INTEGER), Field.of("name", DataType.VARCHAR));
            try (DatasetStore store = DatasetStore.open(root)) {
                DataFile file;
                try (DatasetWriter writer = store.writer("d", schema, WriteOptions.DEFAULT)) {
                    writer.write(Batch.of(
                            List.of(
                                    VectorBuilder.vector(DataType.INTEGER, 1, 2),
                                    VectorBuilder.vector(DataType.VARCHAR, "one", "two")),
                            2));
                    file = writer.finish().get(0);
                }
                List<String> listed = new ArrayList<>();
                store.storage().list("d", entry -> listed.add(entry.path()));
                if (listed.size() != 1
                        || !store.schema(file.path()).equals(schema)
                        || store.rowCount(file.path()) != 2) {
                    throw new IllegalStateException(listed.toString());
                }
                return second(store, file, schema);
            }
        }

        private static String second(DatasetStore store, DataFile file, Schema schema) {
            ScanRequest request = new ScanRequest(
                    List.of(ColumnPath.of("id"), ColumnPath.of("name")),
                    new Predicate.Comparison(ColumnPath.of("id"), Predicate.Operator.EQUAL, 2));
            Scan scan = store.scan(List.of(file.path()), schema, request);
            try (BatchSource source = scan.open(scan.splits().get(0))) {
                Batch batch = source.next();
                int row = batch.selection().position(batch.size() - 1);
                return List.of(batch.column(0).getObject(row), batch.column(1).getObject(row))
                        .toString();
            }
        }
    }

    /** Defines all classes anew from the test's class path, and refuses those of Hadoop. */
    private static final class HadoopFreeLoader extends ClassLoader {
        private final ClassLoader classPath;
        private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

        HadoopFreeLoader(ClassLoader classPath) {
            super(ClassLoader.getPlatformClassLoader());
            this.classPath = classPath;
        }

        List<String> refused() {
            return refused;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.hadoop.")) {
                refused.add(name);
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("org.xerial.snappy.") || name.startsWith("com.github.luben.")) {
                // Native libraries belong to one loader.
                return classPath.loadClass(name);
            }
            try (InputStream stream = classPath.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (stream == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = stream.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        protected URL findResource(String name) {
            return classPath.getResource(name);
        }
    }
}
