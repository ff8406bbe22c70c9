// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.builtin.ArrayFunctions;
import io.datasetdb.udf.builtin.DistanceFunctions;
import io.datasetdb.udf.builtin.FileFunctions;
import io.datasetdb.udf.builtin.HashFunctions;
import io.datasetdb.udf.builtin.ListStorage;
import io.datasetdb.udf.builtin.NumberFunctions;
import io.datasetdb.udf.builtin.PathFunctions;
import io.datasetdb.udf.builtin.ReadCsv;
import io.datasetdb.udf.builtin.ReadJson;
import io.datasetdb.udf.builtin.ReadParquet;
import io.datasetdb.udf.builtin.RegexpFunctions;
import io.datasetdb.udf.builtin.StringFunctions;
import io.datasetdb.udf.builtin.TimeFunctions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names and their functions; immutable. Names match without regard to case. */
public final class FunctionLibrary {
    private final Map<String, List<ScalarFunction>> scalars;
    private final Map<String, TableFunction> tables;
    private final Map<String, String> hashes;
    private final Map<String, UserFunction> users;

    private FunctionLibrary(
            List<ScalarFunction> scalars,
            List<TableFunction> tables,
            Map<String, String> hashes,
            Map<String, UserFunction> users) {
        this.users = users;
        this.hashes = Map.copyOf(hashes);
        Map<String, List<ScalarFunction>> byName = new TreeMap<>();
        for (ScalarFunction function : scalars) {
            byName.computeIfAbsent(key(function.name()), name -> new ArrayList<>())
                    .add(function);
        }
        byName.replaceAll((name, overloads) -> List.copyOf(overloads));
        this.scalars = byName;
        Map<String, TableFunction> tablesByName = new LinkedHashMap<>();
        tables.stream()
                .sorted(Comparator.comparing(table -> key(table.name())))
                .forEach(table -> tablesByName.put(key(table.name()), table));
        this.tables = tablesByName;
    }

    /** All built-in functions that need no store: everything but {@code file_text} and {@code file_bytes}. */
    public static FunctionLibrary builtin() {
        return new FunctionLibrary(
                pureScalars().toList(),
                List.of(new ListStorage(), new ReadParquet(), new ReadCsv(), new ReadJson()),
                Map.of(),
                Map.of());
    }

    /** All built-in functions; those that read files read them through {@code store}, which must outlive the library. */
    public static FunctionLibrary builtin(DatasetStore store) {
        return builtin().with(FunctionLoader.loadInstance(new FileFunctions(store)));
    }

    private static Stream<ScalarFunction> pureScalars() {
        return Stream.of(
                        PathFunctions.class,
                        StringFunctions.class,
                        RegexpFunctions.class,
                        NumberFunctions.class,
                        TimeFunctions.class,
                        HashFunctions.class,
                        ArrayFunctions.class,
                        DistanceFunctions.class)
                .flatMap(family -> FunctionLoader.load(family).stream());
    }

    /** This library and more functions; one with the name and parameter types of another takes its place. */
    public FunctionLibrary with(List<ScalarFunction> more) {
        List<ScalarFunction> all = new ArrayList<>();
        for (ScalarFunction function : ownScalars()) {
            if (more.stream().noneMatch(other -> sameSignature(function, other))) {
                all.add(function);
            }
        }
        all.addAll(more);
        return new FunctionLibrary(all, ownTables(), hashes, users);
    }

    /** This library and the functions of a program, which take the place of others of their name. */
    public FunctionLibrary with(ProgramFunctions program) {
        FunctionLibrary extended = with(program.scalars());
        List<TableFunction> allTables = new ArrayList<>(ownTables());
        program.tables().forEach(table -> {
            allTables.removeIf(other -> key(other.name()).equals(key(table.name())));
            allTables.add(table);
        });
        Map<String, String> allHashes = new HashMap<>(hashes);
        program.hashes().forEach((name, hash) -> allHashes.put(key(name), hash));
        return new FunctionLibrary(extended.ownScalars(), allTables, allHashes, users);
    }

    /** This library and functions of users, of names that it does not have. */
    public FunctionLibrary with(Collection<UserFunction> functions) {
        Map<String, UserFunction> all = new TreeMap<>(users);
        functions.forEach(function -> all.put(key(function.name()), function));
        return new FunctionLibrary(ownScalars(), ownTables(), hashes, all);
    }

    /** What deposits record of a function of this name, so that a changed one is noticed; empty for those built in. */
    public Optional<String> hash(String name) {
        UserFunction user = users.get(key(name));
        return Optional.ofNullable(hashes.get(key(name)))
                .or(() -> Optional.ofNullable(user).map(UserFunction::hash));
    }

    private static boolean sameSignature(ScalarFunction left, ScalarFunction right) {
        return key(left.name()).equals(key(right.name()))
                && left.parameters().stream()
                        .map(field -> field.type())
                        .toList()
                        .equals(right.parameters().stream()
                                .map(field -> field.type())
                                .toList());
    }

    /** The overloads of a name; empty if there are none. */
    public List<ScalarFunction> scalars(String name) {
        List<ScalarFunction> own = scalars.get(key(name));
        return own != null ? own : user(name).map(UserFunctionSet::scalars).orElse(List.of());
    }

    /** The overloads of an aggregate function that a user brought; empty if there are none. */
    public List<AggregateFunction> aggregates(String name) {
        return scalars.containsKey(key(name))
                ? List.of()
                : user(name).map(UserFunctionSet::aggregates).orElse(List.of());
    }

    /** The table function of this name. */
    public Optional<TableFunction> table(String name) {
        return Optional.ofNullable(tables.get(key(name)))
                .or(() -> user(name)
                        .flatMap(functions -> functions.tables().stream().findFirst()));
    }

    private Optional<UserFunctionSet> user(String name) {
        return Optional.ofNullable(users.get(key(name))).map(UserFunction::functions);
    }

    /** Everything that can be loaded, sorted by name. */
    public List<ScalarFunction> allScalars() {
        return Stream.concat(ownScalars().stream(), ofUsers(UserFunctionSet::scalars))
                .sorted(Comparator.comparing(function -> key(function.name())))
                .toList();
    }

    /** Everything that can be loaded, sorted by name. */
    public List<AggregateFunction> allAggregates() {
        return ofUsers(UserFunctionSet::aggregates).toList();
    }

    /** Everything that can be loaded, sorted by name. */
    public List<TableFunction> allTables() {
        return Stream.concat(ownTables().stream(), ofUsers(UserFunctionSet::tables))
                .sorted(Comparator.comparing(function -> key(function.name())))
                .toList();
    }

    /** How all functions of users are called, also of those that cannot be loaded. */
    public List<String> userNames() {
        return users.values().stream().map(UserFunction::name).toList();
    }

    private <T> Stream<T> ofUsers(Function<UserFunctionSet, List<T>> kind) {
        return users.values().stream().flatMap(user -> kind.apply(user.functionsIfAny()).stream());
    }

    private List<ScalarFunction> ownScalars() {
        return scalars.values().stream().flatMap(List::stream).toList();
    }

    private List<TableFunction> ownTables() {
        return List.copyOf(tables.values());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
