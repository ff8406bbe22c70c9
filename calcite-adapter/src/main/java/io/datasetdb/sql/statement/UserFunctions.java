// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.registry.FunctionJars;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.SqlError;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.FunctionLoader;
import io.datasetdb.udf.JavaValues;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.UserFunction;
import io.datasetdb.udf.UserFunctionSet;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that users created, as those of the registry are now, beside the built-in ones. A jar is kept in the
 * warehouse under its hash, so that a function goes on meaning what it meant; each jar has a class loader of its own.
 */
public final class UserFunctions {
    private final Registry registry;
    private final FunctionLibrary builtin;
    private final JavaValues values;
    private final FunctionJars jarsKept;
    private final Map<String, ClassLoader> jars = new HashMap<>();
    private List<FunctionDefinition> known = List.of();
    private Map<FunctionDefinition, UserFunction> loaded = Map.of();
    private FunctionLibrary library;

    /**
     * The functions of a registry.
     *
     * @param builtin the functions that are always there, which nobody can replace
     * @param values what Java types other than those of columns mean
     */
    public UserFunctions(Registry registry, FunctionLibrary builtin, JavaValues values) {
        this.values = values;
        this.jarsKept = new FunctionJars(registry.root());
        this.registry = registry;
        this.builtin = builtin;
        this.library = builtin;
    }

    JavaValues values() {
        return values;
    }

    FunctionLibrary builtin() {
        return builtin;
    }

    /** All functions; the same library for as long as nobody creates or drops one. */
    public synchronized FunctionLibrary current() {
        List<FunctionDefinition> now = registry.functions();
        if (!now.equals(known)) {
            library = load(now);
            known = now;
        }
        return library;
    }

    /** What is as it was need not be loaded again. */
    private FunctionLibrary load(List<FunctionDefinition> definitions) {
        Map<FunctionDefinition, UserFunction> now = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (FunctionDefinition definition : definitions) {
            // The forms of one function come from one class.
            if (names.add(definition.name().toLowerCase(Locale.ROOT))) {
                UserFunction before = loaded.get(definition);
                now.put(
                        definition,
                        before != null
                                ? before
                                : new UserFunction(definition.name(), definition.hash(), () -> load(definition)));
            }
        }
        loaded = now;
        return builtin.with(now.values());
    }

    private UserFunctionSet load(FunctionDefinition definition) {
        String source = definition.source();
        String className = definition.className();
        String sha256 = definition.jarSha256();
        if (source != null) {
            return JavaFunctionText.load(definition, source, values);
        }
        if (className == null || sha256 == null) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load function: the registry knows neither class nor source (" + definition.name() + ")");
        }
        return load(className, sha256, definition.name());
    }

    /** Keeps a jar in the warehouse, also in the place of a damaged one; answers its hash. */
    String keep(Path jar) {
        try {
            byte[] bytes = Files.readAllBytes(jar);
            String sha256 = FunctionJars.sha256(bytes);
            jarsKept.keep(sha256, bytes);
            return sha256;
        } catch (IOException e) {
            throw failed("the jar cannot be read or kept", jar, e);
        }
    }

    private static DatasetDbException failed(String reason, Path jar, IOException cause) {
        return new DatasetDbException(
                SqlError.INVALID_ARGUMENT, "Cannot create function: " + reason + " (" + jar + ")", cause);
    }

    /** The functions of a class, or of one method of a class, in a jar that is kept. */
    synchronized UserFunctionSet load(String className, String sha256, String name) {
        ClassLoader loader = jars.get(sha256);
        if (loader == null) {
            loader = loader(sha256, name);
            jars.put(sha256, loader);
        }
        int dot = Math.max(className.lastIndexOf('#'), className.lastIndexOf('.'));
        try {
            return FunctionLoader.load(loader.loadClass(className), name, name, values);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            if (dot < 0) {
                throw bad(name, "its jar has no such class", className, e);
            }
        } catch (LinkageError e) {
            throw bad(name, "its class does not fit this Java", className + ": " + e.getMessage(), e);
        }
        try {
            return FunctionLoader.load(
                    loader.loadClass(className.substring(0, dot)), className.substring(dot + 1), name, values);
        } catch (ClassNotFoundException | LinkageError e) {
            throw bad(name, "its jar has no such class", className, e);
        }
    }

    private static DatasetDbException bad(String name, String reason, String value, @Nullable Throwable cause) {
        return new DatasetDbException(
                UdfError.BAD_FUNCTION, "Cannot load function " + name + ": " + reason + " (" + value + ")", cause);
    }

    private ClassLoader loader(String sha256, String name) {
        Path jar = registry.root().resolve(jarsKept.path(sha256));
        Optional<String> problem = jarsKept.problem(sha256);
        if (problem.isPresent()) {
            throw bad(name, "its jar " + problem.get(), jar.toString(), null);
        }
        try {
            return new URLClassLoader(new URL[] {jar.toUri().toURL()}, UserFunctions.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw bad(name, "its jar has no URL", jar.toString(), e);
        }
    }
}
