// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.validate.SqlNameMatchers;

/** Resolves {@code x}, {@code project.x} and {@code namespace.project.x} against a statement's catalog. */
public final class DatasetCatalogReader extends CalciteCatalogReader {
    public DatasetCatalogReader(
            StatementCatalog catalog, String namespace, String project, RelDataTypeFactory typeFactory) {
        super(
                // Nothing may be cached beyond the statement: names not listed would be hidden, new versions not seen.
                CalciteSchema.createRootSchema(false, false, "", CatalogSchemas.root(catalog)),
                SqlNameMatchers.withCaseSensitive(false),
                List.of(List.of(namespace, project), List.of(namespace), List.of()),
                typeFactory,
                config());
    }

    private static CalciteConnectionConfigImpl config() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteConnectionConfigImpl(properties);
    }
}
