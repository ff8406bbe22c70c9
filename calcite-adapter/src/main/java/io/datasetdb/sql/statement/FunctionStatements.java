// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlCreateFunction;
import io.datasetdb.sql.parse.SqlDropFunction;
import io.datasetdb.sql.plan.FunctionTables;
import io.datasetdb.udf.UserFunctionSet;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** CREATE FUNCTION and DROP FUNCTION. A function that cannot be loaded is not created. */
public final class FunctionStatements {
    private final StatementContext context;
    private final UserFunctions functions;

    public FunctionStatements(StatementContext context, UserFunctions functions) {
        this.context = context;
        this.functions = functions;
    }

    /** The command of a node; empty if the node is no such statement. */
    public Optional<Command> of(Object node, String sql) {
        if (node instanceof SqlCreateFunction create) {
            return Optional.of(new Command(sql, context.running(), true, () -> create(create)));
        }
        if (node instanceof SqlDropFunction drop) {
            return Optional.of(new Command(sql, context.running(), true, () -> drop(drop)));
        }
        return Optional.empty();
    }

    private String create(SqlCreateFunction node) {
        String name = name(node.name());
        if (!functions.builtin().scalars(name).isEmpty()
                || functions.builtin().table(name).isPresent()
                || FunctionTables.isStandard(name)) {
            throw refused(name, "there is a built-in function of this name", name);
        }
        String jar = node.jar();
        List<FunctionDefinition> forms = jar == null ? source(node, name) : jar(node, name, jar);
        context.registry().createFunctions(forms, node.replace());
        return "Created function " + name
                + forms.stream().map(FunctionDefinition::signature).collect(Collectors.joining(", "));
    }

    private List<FunctionDefinition> source(SqlCreateFunction node, String name) {
        String language = node.language();
        if (language == null || !language.equalsIgnoreCase("JAVA")) {
            throw refused(name, "it is neither a class USING JAR nor source LANGUAGE JAVA", String.valueOf(language));
        }
        String signature = JavaFunctionText.signature(node);
        JavaFunctionText.load(node, name, functions.values());
        return List.of(definition(name, signature, JavaFunctionText.kind(node), null, null, null, node.body()));
    }

    private List<FunctionDefinition> jar(SqlCreateFunction node, String name, String jar) {
        Path path = Path.of(jar).toAbsolutePath();
        String sha256 = functions.keep(path);
        UserFunctionSet loaded = functions.load(node.body(), sha256, name);
        List<FunctionDefinition> forms = new ArrayList<>();
        BiConsumer<FunctionDefinition.Kind, String> add = (kind, signature) ->
                forms.add(definition(name, signature, kind, node.body(), path.toString(), sha256, null));
        loaded.scalars()
                .forEach(function -> add.accept(
                        FunctionDefinition.Kind.SCALAR, signature(function.parameters(), function.returnType())));
        loaded.aggregates()
                .forEach(function -> add.accept(
                        FunctionDefinition.Kind.AGGREGATE, signature(function.parameters(), function.returnType())));
        loaded.tables()
                .forEach(table -> add.accept(
                        FunctionDefinition.Kind.TABLE,
                        table.parameters().stream()
                                .map(parameter -> parameter.type().sql())
                                .collect(Collectors.joining(", ", "(", ") TABLE"))));
        return forms;
    }

    private static String signature(List<Field> parameters, DataType returnType) {
        return parameters.stream()
                .map(parameter -> parameter.type().sql())
                .collect(Collectors.joining(", ", "(", ") " + returnType.sql()));
    }

    private FunctionDefinition definition(
            String name,
            String signature,
            FunctionDefinition.Kind kind,
            @Nullable String className,
            @Nullable String jar,
            @Nullable String sha256,
            @Nullable String source) {
        return new FunctionDefinition(
                name,
                signature,
                kind,
                className,
                jar,
                sha256,
                source,
                context.options().author(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private String drop(SqlDropFunction node) {
        String name = name(node.name());
        boolean exists = context.registry().functions().stream()
                .anyMatch(known -> known.name().equalsIgnoreCase(name));
        if (node.ifExists() && !exists) {
            return "There is no function " + name;
        }
        context.registry().dropFunction(name);
        return "Dropped function " + name;
    }

    private static String name(SqlIdentifier name) {
        if (!name.isSimple()) {
            throw refused(name.toString(), "functions belong to no project", name.toString());
        }
        DatasetName.checkPart("function", name.getSimple());
        return name.getSimple();
    }

    private static DatasetDbException refused(String name, String reason, String value) {
        return new DatasetDbException(
                SqlError.INVALID_DEFINITION, "Cannot create function " + name + ": " + reason + " (" + value + ")");
    }
}
