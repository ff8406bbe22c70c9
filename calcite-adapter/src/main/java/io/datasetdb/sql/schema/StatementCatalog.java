// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Param;
import io.datasetdb.registry.Project;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.SystemTables;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.registry.View;
import io.datasetdb.sql.system.RegistryFunctions;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.ListingTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * What the names of one statement mean, each asked once: the first answer holds to the statement's end, whatever others
 * deposit meanwhile. One instance a statement; not safe for threads.
 */
public final class StatementCatalog {
    /** The project under which system tables are found, from everywhere. */
    public static final String SYSTEM_PROJECT = DatasetName.REGISTRY_PROJECT;

    /** The namespace that metadata shows for system tables. */
    public static final String SYSTEM_NAMESPACE = DatasetName.SYSTEM_NAMESPACE;

    /** Stands between a name and the time as of which it is meant; nobody can type it, because a range never begins so. */
    public static final String AS_OF = "@as of ";

    /** Stands behind the name of a dataset whose rows are to be changed; its table numbers them. */
    public static final String TO_CHANGE = "@rows to change";

    /** Decides what stands for a listing: itself, or the version of a dataset that keeps it. */
    public interface ListingKeeper {
        BatchTable keep(String displayName, ListingTable listing);
    }

    /**
     * What a statement asked for.
     *
     * @param tables by {@code namespace.project.name} in lower case, perhaps with a version behind it, or by the call of a table
     *     function with its arguments
     * @param views those inside of views too
     */
    public record Found(Map<String, BatchTable> tables, List<View> views) {}

    private final Registry registry;
    private final DatasetStore store;
    private final FunctionLibrary functions;
    private final ListingKeeper listings;
    private final SessionObjects session;
    private final String defaultNamespace;
    private final String defaultProject;
    private final Meanings meanings;

    /** The names of the columns of queries whose text was met, which it takes a validation to find out. */
    private final Map<String, List<String>> columns = new HashMap<>();

    /** What was asked so far. */
    private static final class Meanings {
        final Map<String, Optional<BatchTable>> tables = new HashMap<>();
        final Map<DatasetName, View> views = new LinkedHashMap<>();
        final Map<String, BatchTable> calls = new HashMap<>();

        /** What names and calls mean, should they be asked for. */
        final Map<String, Supplier<BatchTable>> fixed = new HashMap<>();

        /** By the dataset's name what it means as of the one time at which it is read. */
        final Map<String, Optional<Supplier<BatchTable>>> fixedTimes = new HashMap<>();

        final Map<DatasetName, Schema> targets = new HashMap<>();
        final Map<String, Param> params = new LinkedHashMap<>();
        boolean momentary;
    }

    private StatementCatalog(
            Registry registry,
            DatasetStore store,
            FunctionLibrary functions,
            ListingKeeper listings,
            SessionObjects session,
            String defaultNamespace,
            String defaultProject,
            Meanings meanings) {
        this.registry = registry;
        this.store = store;
        this.functions = functions;
        this.listings = listings;
        this.session = session;
        this.defaultNamespace = defaultNamespace;
        this.defaultProject = defaultProject;
        this.meanings = meanings;
    }

    /** The catalog of a new statement. */
    public StatementCatalog(
            Registry registry,
            DatasetStore store,
            FunctionLibrary functions,
            ListingKeeper listings,
            SessionObjects session,
            String defaultNamespace,
            String defaultProject) {
        this(registry, store, functions, listings, session, defaultNamespace, defaultProject, new Meanings());
    }

    /** The same catalog as the query of a view sees it: what is unqualified leads to where the view was created. */
    public StatementCatalog of(View view) {
        return new StatementCatalog(
                registry,
                store,
                functions,
                listings,
                session.withoutTemporaries(),
                view.defaultNamespace(),
                view.defaultProject(),
                meanings);
    }

    /** The names of the columns of a query inside of the statement, found out but once. */
    public List<String> columns(String query, Supplier<List<String>> validation) {
        List<String> known = columns.get(query);
        if (known == null) {
            known = validation.get();
            columns.put(query, known);
        }
        return known;
    }

    public String defaultNamespace() {
        return defaultNamespace;
    }

    public String defaultProject() {
        return defaultProject;
    }

    public FunctionLibrary functions() {
        return functions;
    }

    /** The namespace of this name, as it is written in the registry. */
    Optional<String> namespace(String name) {
        return registry.namespaces().stream().filter(name::equalsIgnoreCase).findFirst();
    }

    /** The project of this name, as it is written in the registry. */
    Optional<String> project(String namespace, String name) {
        return registry.projects().stream()
                .filter(project -> project.namespace().equalsIgnoreCase(namespace)
                        && project.name().equalsIgnoreCase(name))
                .map(Project::name)
                .findFirst();
    }

    /** The table function of this name, of the library or, as {@code registry.name}, of the registry. */
    public Optional<TableFunction> tableFunction(List<String> name) {
        int last = name.size() - 1;
        if (last == 0) {
            return functions.table(name.get(0));
        }
        boolean isRegistry = name.get(last - 1).equalsIgnoreCase(SYSTEM_PROJECT)
                && (last == 1 || last == 2 && name.get(0).equalsIgnoreCase(SYSTEM_NAMESPACE));
        return isRegistry
                ? new RegistryFunctions(registry, versions(), functions).find(name.get(last))
                : Optional.empty();
    }

    private RegistryFunctions.Versions versions() {
        return new RegistryFunctions.Versions() {
            @Override
            public DatasetVersion named(String text) {
                return registry.known(name(text), selectorOf(text));
            }

            @Override
            public Scan rows(DatasetVersion version) {
                List<ColumnPath> columns = version.schema().fields().stream()
                        .map(field -> ColumnPath.of(field.name()))
                        .toList();
                return new DatasetTable(version, store, Numbering.NONE).scan(ScanRequest.of(columns));
            }
        };
    }

    /**
     * A dataset that a text names.
     *
     * @param display how people call it
     * @param sql how a statement names it
     */
    public record Named(String display, String sql, Schema schema) {}

    /** The version that a text names, perhaps with {@code @} and a version or a range, pinned. */
    public Named named(String text) {
        DatasetName name = name(text);
        int at = text.indexOf('@');
        String last = name.name() + (at < 0 ? "" : text.substring(at));
        BatchTable table = dataset(name.namespace(), name.project(), last)
                .orElseGet(() -> new DatasetTable(registry.resolve(name, selectorOf(text)), store, Numbering.NONE));
        String sql = Stream.of(name.namespace(), name.project(), last)
                .map(part -> "\"" + part.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining("."));
        return new Named(table.displayName(), sql, table.schema());
    }

    private DatasetName name(String text) {
        int at = text.indexOf('@');
        return DatasetName.parse(at < 0 ? text : text.substring(0, at), defaultNamespace, defaultProject);
    }

    private static VersionSelector selectorOf(String text) {
        int at = text.indexOf('@');
        return at < 0 ? VersionSelector.LATEST : selector(text.substring(at));
    }

    /** A system table. */
    Optional<BatchTable> system(String name) {
        return SystemTables.find(name).map(table -> new SystemBatchTable(table, registry));
    }

    /**
     * A version of a dataset.
     *
     * @param name the dataset's name, perhaps with {@code @} and a version, a range or a time
     * @return empty if there is no such dataset; a version that it does not have is an error
     */
    Optional<BatchTable> dataset(String namespace, String project, String name) {
        String key = DatasetName.key(namespace + "." + project + "." + name);
        Optional<BatchTable> known = meanings.tables.get(key);
        if (known == null) {
            known = fixed(key);
            if (known.isEmpty()) {
                known = resolve(namespace, project, name)
                        .map(version -> new DatasetTable(version, store, numbering(name)));
            }
            meanings.tables.put(key, known);
        }
        return known;
    }

    private Optional<BatchTable> fixed(String key) {
        Supplier<BatchTable> fixed = meanings.fixed.get(key);
        if (fixed == null && key.contains(AS_OF)) {
            fixed = meanings.fixedTimes
                    .getOrDefault(key.substring(0, key.indexOf(AS_OF)), Optional.empty())
                    .orElse(null);
        }
        return Optional.ofNullable(fixed).map(Supplier::get);
    }

    /** The columns of a dataset that the statement adds rows to; they are all that it depends on. */
    public Schema target(DatasetName name) {
        return meanings.targets.computeIfAbsent(
                name, key -> registry.resolve(key, VersionSelector.LATEST).schema());
    }

    /**
     * A view.
     *
     * @param name the view's name; with a version, which no view has, it is an error
     */
    Optional<View> view(String namespace, String project, String name) {
        int at = name.indexOf('@');
        if (at == 0 || name.indexOf('.') >= 0 && (at < 0 || name.indexOf('.') < at)) {
            return Optional.empty();
        }
        DatasetName plain = new DatasetName(namespace, project, at < 0 ? name : name.substring(0, at));
        View known = meanings.views.get(plain);
        Optional<View> found = known == null ? registry.view(plain) : Optional.of(known);
        if (found.isPresent() && at >= 0) {
            throw new DatasetDbException(
                    RegistryError.WRONG_OBJECT,
                    "Cannot read a version of " + plain + ": it is a view, which has no versions (" + name + ")");
        }
        found.ifPresent(view -> meanings.views.put(plain, view));
        return found;
    }

    /** The views that were asked for so far, those inside of views too. */
    public Set<DatasetName> views() {
        return Set.copyOf(meanings.views.keySet());
    }

    /** A temporary dataset of the session, which only an unqualified name means. */
    Optional<BatchTable> temporary(String name) {
        return name.endsWith(TO_CHANGE)
                ? session.temporary(name.substring(0, name.length() - TO_CHANGE.length()))
                        .map(TemporaryTable::toChange)
                : session.temporary(name).map(BatchTable.class::cast);
    }

    /**
     * The value that {@code PARAM('name')} has in this session, as an expression, and notes that the statement uses it.
     *
     * @return empty if it is not set
     */
    public Optional<String> param(String name) {
        Optional<SessionObjects.Value> value = session.param(name);
        value.ifPresent(set -> use(new Param(set.name(), set.text(), Param.Origin.SET)));
        return value.map(SessionObjects.Value::sql);
    }

    /** Notes that the statement uses the default of a parameter that is not set. */
    public void useDefault(String name, @Nullable String text) {
        use(new Param(name, text, Param.Origin.DEFAULT));
    }

    private void use(Param param) {
        meanings.params.putIfAbsent(DatasetName.key(param.name()) + " = " + param.value(), param);
    }

    /** The parameter that is set and whose name is most like this one. */
    public Optional<String> nearestParam(String name) {
        return session.nearestParam(name);
    }

    /** The parameters that the statement uses, each value once. */
    public List<Param> params() {
        return List.copyOf(meanings.params.values());
    }

    /** The version of a dataset whose rows the statement changes, under the name that ends in {@link #TO_CHANGE}. */
    public DatasetVersion toChange(DatasetName name) {
        return dataset(name.namespace(), name.project(), name.name() + TO_CHANGE)
                .flatMap(BatchTable::version)
                .orElseGet(() -> registry.resolve(name, VersionSelector.LATEST));
    }

    private Optional<DatasetVersion> resolve(String namespace, String project, String name) {
        int at = name.indexOf('@');
        if (at == 0 || name.indexOf('.') >= 0 && (at < 0 || name.indexOf('.') < at)) {
            return Optional.empty();
        }
        DatasetName plain = new DatasetName(namespace, project, at < 0 ? name : name.substring(0, at));
        VersionSelector selector = at < 0 ? VersionSelector.LATEST : selector(name.substring(at));
        Optional<DatasetVersion> found = registry.find(plain, selector);
        if (found.isPresent() || at < 0 || registry.dataset(plain).isEmpty()) {
            return found;
        }
        // There is such a dataset, but no such version; the registry says which there are.
        return Optional.of(registry.resolve(plain, selector));
    }

    private static VersionSelector selector(String suffix) {
        if (suffix.equalsIgnoreCase(TO_CHANGE)) {
            return VersionSelector.LATEST;
        }
        if (suffix.startsWith(AS_OF)) {
            LocalDateTime time =
                    LocalDateTime.parse(suffix.substring(AS_OF.length()).replace(' ', 'T'));
            return new VersionSelector.AsOf(time.toInstant(ZoneOffset.UTC));
        }
        return VersionSelector.parse(suffix.substring(1));
    }

    /** A table function called with constants; the same call means the same table throughout the statement. */
    BatchTable call(TableFunction function, List<@Nullable Object> arguments) {
        String display = displayName(function, arguments);
        BatchTable known = meanings.calls.get(display);
        if (known == null) {
            known = fixed(display).orElseGet(() -> bind(function, arguments, display));
            meanings.calls.put(display, known);
        }
        return known;
    }

    private BatchTable bind(TableFunction function, List<@Nullable Object> arguments, String display) {
        BoundTable bound = function.bind(arguments, store);
        return bound instanceof ListingTable listing
                ? listings.keep(display, listing)
                : new FunctionTable(display, function.name(), bound);
    }

    private static String displayName(TableFunction function, List<@Nullable Object> arguments) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            if (argument != null) {
                TableFunction.Parameter parameter = function.parameters().get(i);
                String value = argument instanceof String text ? "'" + text.replace("'", "''") + "'" : "" + argument;
                parts.add(parameter.required() ? value : parameter.name() + " => " + value);
            }
        }
        return function.name() + "(" + String.join(", ", parts) + ")";
    }

    /** What was asked for so far and is there. */
    public Found found() {
        Map<String, BatchTable> tables = new TreeMap<>(meanings.calls);
        meanings.tables.forEach((key, table) -> table.ifPresent(known -> tables.put(key, known)));
        return new Found(tables, List.copyOf(meanings.views.values()));
    }

    /**
     * Says beforehand what something means to this statement, whatever it means to others.
     *
     * @param name as in {@link Found#tables()}
     * @param version asked for if the statement reads that, and may fail then
     */
    public void fix(String name, Supplier<DatasetVersion> version) {
        fixTable(name, () -> new DatasetTable(version.get(), store, numbering(name)));
    }

    /** Says beforehand to which columns the statement adds rows. */
    public void fixTarget(DatasetName name, Schema schema) {
        meanings.targets.put(name, schema);
        meanings.momentary = true;
    }

    private static Numbering numbering(String name) {
        return name.endsWith(TO_CHANGE) ? Numbering.ROWS : Numbering.NONE;
    }

    /** As {@link #fix(String, Supplier)}. */
    public void fix(String name, BatchTable table) {
        fixTable(name, () -> table);
    }

    private void fixTable(String name, Supplier<BatchTable> table) {
        meanings.fixed.put(name, table);
        if (name.contains(AS_OF)) {
            // The time was computed, perhaps from the clock, and comes out as another one.
            String dataset = name.substring(0, name.indexOf(AS_OF));
            meanings.fixedTimes.merge(dataset, Optional.of(table), (one, another) -> Optional.empty());
        }
        meanings.momentary = true;
    }

    /** Whether every name still means what it meant when this catalog was asked; of files outside, nothing is known. */
    public boolean isCurrent() {
        return meanings.tables.entrySet().stream().allMatch(entry -> isCurrent(entry.getKey(), entry.getValue()))
                && meanings.views.entrySet().stream()
                        .allMatch(entry -> registry.view(entry.getKey()).equals(Optional.of(entry.getValue())))
                && meanings.targets.entrySet().stream()
                        .allMatch(entry -> registry.find(entry.getKey(), VersionSelector.LATEST)
                                .filter(version -> version.schema().equals(entry.getValue()))
                                .isPresent());
    }

    private boolean isCurrent(String key, Optional<BatchTable> table) {
        String[] parts = key.split("\\.", 3);
        Optional<DatasetVersion> before = table.flatMap(BatchTable::version);
        Optional<DatasetVersion> now = resolve(parts[0], parts[1], parts[2]);
        return now.isPresent() == before.isPresent()
                && now.filter(version -> !version.isStill(before.orElseThrow())).isEmpty();
    }

    /** Notes that what a name means depends on the moment, or on the values of the statement's parameters. */
    public void markMomentary() {
        meanings.momentary = true;
    }

    /** Whether the plan of the statement is good for one execution only. */
    public boolean isMomentary() {
        return meanings.momentary;
    }

    /** Whether the statement reads files outside the warehouse. */
    public boolean readsFiles() {
        return !meanings.calls.isEmpty();
    }

    /** Why a name leads to no dataset: one to three parts, as written; {@code position} ends the sentence. */
    public DatasetDbException unknownDataset(List<String> parts, String position, Throwable cause) {
        return new UnknownName(this, registry, parts).error(position, cause);
    }

    /** The existing dataset whose name is most like this one. */
    public Optional<String> nearestDataset(String name) {
        List<String> candidates = new ArrayList<>();
        SystemTables.all().forEach(table -> candidates.add(SYSTEM_PROJECT + "." + table.name()));
        registry.datasets().forEach(dataset -> candidates.add(display(dataset.name())));
        registry.views().forEach(view -> candidates.add(display(view.name())));
        candidates.addAll(session.temporaryNames());
        return NearestName.of(name, candidates);
    }

    private String display(DatasetName dataset) {
        boolean isDefault = dataset.namespace().equalsIgnoreCase(defaultNamespace)
                && dataset.project().equalsIgnoreCase(defaultProject);
        return isDefault ? dataset.name() : dataset.toString();
    }

    /** The column of the tables asked for so far whose name is most like this one. */
    public Optional<String> nearestColumn(String name) {
        List<String> candidates = new ArrayList<>();
        List<BatchTable> tables = new ArrayList<>(meanings.calls.values());
        meanings.tables.values().forEach(table -> table.ifPresent(tables::add));
        tables.forEach(
                table -> table.schema().fields().stream().map(Field::name).forEach(candidates::add));
        return NearestName.of(name, candidates);
    }

    /** The function whose name is most like the one of this call. */
    public Optional<String> nearestFunction(String signature) {
        int end = signature.indexOf('(');
        List<String> candidates = new ArrayList<>();
        candidates.addAll(functions.userNames());
        functions.allScalars().forEach(function -> candidates.add(function.name()));
        functions.allTables().forEach(function -> candidates.add(function.name()));
        SqlStdOperatorTable.instance().getOperatorList().stream()
                .filter(operator -> operator.getSyntax() == SqlSyntax.FUNCTION)
                .forEach(operator -> candidates.add(operator.getName().toLowerCase(Locale.ROOT)));
        return NearestName.of(end < 0 ? signature : signature.substring(0, end), candidates);
    }
}
