// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.View;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** The three levels of names as Calcite schemas that ask the {@link StatementCatalog} and keep nothing. */
final class CatalogSchemas {
    /** The schema of temporary datasets; nobody can name it, because no part of a name holds an @. */
    static final String TEMPORARY = "@temporary";

    private final StatementCatalog catalog;
    private final Function<View, Table> views;

    private CatalogSchemas(StatementCatalog catalog, Function<View, Table> views) {
        this.catalog = catalog;
        this.views = views;
    }

    /**
     * The root: one schema a namespace, the system schema, and that of temporary datasets.
     *
     * @param views how a view becomes a table
     */
    static Schema root(StatementCatalog catalog, Function<View, Table> views) {
        CatalogSchemas schemas = new CatalogSchemas(catalog, views);
        return new CatalogSchema(named(schemas::top), none());
    }

    private @Nullable Schema top(String name) {
        if (name.equals(TEMPORARY)) {
            return tables(catalog::temporary);
        }
        return name.equalsIgnoreCase(StatementCatalog.SYSTEM_PROJECT)
                ? tables(catalog::system)
                : catalog.namespace(name).map(this::namespace).orElse(null);
    }

    private Schema namespace(String namespace) {
        return new CatalogSchema(
                named(name -> namespace.equalsIgnoreCase(StatementCatalog.SYSTEM_NAMESPACE)
                                && name.equalsIgnoreCase(StatementCatalog.SYSTEM_PROJECT)
                        ? tables(catalog::system)
                        : catalog.project(namespace, name)
                                .map(found -> project(namespace, found))
                                .orElse(null)),
                none());
    }

    private Schema project(String namespace, String project) {
        return new CatalogSchema(
                none(),
                named(name -> catalog.dataset(namespace, project, name)
                        .<Table>map(CatalogTable::new)
                        .or(() -> catalog.view(namespace, project, name).map(views))
                        .orElse(null)));
    }

    private static Schema tables(Function<String, Optional<BatchTable>> find) {
        return new CatalogSchema(
                none(), named(name -> find.apply(name).map(CatalogTable::new).orElse(null)));
    }

    private static <T> Lookup<T> named(Function<String, @Nullable T> find) {
        return new CatalogLookup<>(find);
    }

    private static <T> Lookup<T> none() {
        return new CatalogLookup<>(name -> null);
    }

    /** Finds by name without regard to case, in one step; lists nothing, because nothing that plans a statement needs it. */
    private record CatalogLookup<T>(Function<String, @Nullable T> find) implements Lookup<T> {
        @Override
        public @Nullable T get(String name) {
            return find.apply(name);
        }

        @Override
        public @Nullable Named<T> getIgnoreCase(String name) {
            T found = find.apply(name);
            return found == null ? null : new Named<>(name, found);
        }

        @Override
        public Set<String> getNames(LikePattern pattern) {
            return Set.of();
        }
    }

    private static final class CatalogSchema extends AbstractSchema {
        private final Lookup<Schema> schemas;
        private final Lookup<Table> tables;

        CatalogSchema(Lookup<Schema> schemas, Lookup<? extends Table> tables) {
            this.schemas = schemas;
            this.tables = tables.map((table, name) -> table);
        }

        @Override
        public Lookup<Table> tables() {
            return tables;
        }

        @Override
        public Lookup<? extends Schema> subSchemas() {
            return schemas;
        }

        @Override
        protected Map<String, Table> getTableMap() {
            return new TreeMap<>();
        }
    }
}
