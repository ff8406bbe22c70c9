// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.View;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.validate.SqlNameMatchers;

/**
 * Resolves {@code x}, {@code project.x} and {@code namespace.project.x} against a statement's catalog; {@code x} is a
 * temporary dataset first.
 */
public final class DatasetCatalogReader extends CalciteCatalogReader {
    /** @param views how a view becomes a table */
    public DatasetCatalogReader(StatementCatalog catalog, Function<View, Table> views, RelDataTypeFactory typeFactory) {
        super(
                // Nothing may be cached beyond the statement: names not listed would be hidden, new versions not seen.
                CalciteSchema.createRootSchema(false, false, "", CatalogSchemas.root(catalog, views)),
                SqlNameMatchers.withCaseSensitive(false),
                List.of(
                        List.of(CatalogSchemas.TEMPORARY),
                        List.of(catalog.defaultNamespace(), catalog.defaultProject()),
                        List.of(catalog.defaultNamespace()),
                        List.of()),
                typeFactory,
                config());
    }

    private static CalciteConnectionConfigImpl config() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteConnectionConfigImpl(properties);
    }
}
