// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Makes types of the {@link DatasetTypeSystem} whose characters are Unicode. */
public final class DatasetTypeFactory extends JavaTypeFactoryImpl {
    public DatasetTypeFactory() {
        super(new DatasetTypeSystem());
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
