// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.SqlError;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.FunctionLoader;
import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.UdfError;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The functions that users created, as those of the registry are now, beside the built-in ones. A jar is kept in the
 * warehouse under its hash, so that a function goes on meaning what it meant; each jar has a class loader of its own.
 */
public final class UserFunctions {
    private static final String FOLDER = "functions";

    private final Registry registry;
    private final FunctionLibrary builtin;
    private final Map<String, ClassLoader> jars = new HashMap<>();
    private List<FunctionDefinition> known = List.of();
    private FunctionLibrary library;

    /** @param builtin the functions that are always there, which nobody can replace */
    public UserFunctions(Registry registry, FunctionLibrary builtin) {
        this.registry = registry;
        this.builtin = builtin;
        this.library = builtin;
    }

    FunctionLibrary builtin() {
        return builtin;
    }

    /** All functions; the same library for as long as nobody creates or drops one. */
    public synchronized FunctionLibrary current() {
        List<FunctionDefinition> now = registry.functions();
        if (!now.equals(known)) {
            library = builtin.with(load(now));
            known = now;
        }
        return library;
    }

    private ProgramFunctions load(List<FunctionDefinition> definitions) {
        ProgramFunctions result = ProgramFunctions.NONE;
        Set<String> loaded = new LinkedHashSet<>();
        for (FunctionDefinition definition : definitions) {
            // The forms of one function come from one class.
            if (loaded.add(definition.name())) {
                try {
                    String hash = hash(definition);
                    for (ScalarFunction function : load(definition)) {
                        result = result.with(function, hash);
                    }
                } catch (DatasetDbException e) {
                    System.getLogger(UserFunctions.class.getName())
                            .log(System.Logger.Level.WARNING, "function " + definition.name() + ": " + e.getMessage());
                }
            }
        }
        return result;
    }

    private List<ScalarFunction> load(FunctionDefinition definition) {
        String source = definition.source();
        String className = definition.className();
        String sha256 = definition.jarSha256();
        if (source != null) {
            return JavaFunctionText.load(definition, source);
        }
        if (className == null || sha256 == null) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load function: the registry knows neither class nor source (" + definition.name() + ")");
        }
        return load(className, sha256, definition.name());
    }

    private static String hash(FunctionDefinition definition) {
        String sha256 = definition.jarSha256();
        return sha256 != null
                ? sha256
                : sha256((definition.signature() + definition.source()).getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps a jar in the warehouse; answers its hash. */
    String keep(Path jar) {
        try {
            byte[] bytes = Files.readAllBytes(jar);
            String sha256 = sha256(bytes);
            Path kept = kept(sha256);
            if (!Files.exists(kept)) {
                Files.createDirectories(kept.getParent());
                Path written = kept.resolveSibling(sha256 + "." + UUID.randomUUID() + ".tmp");
                Files.write(written, bytes);
                Files.move(written, kept, StandardCopyOption.ATOMIC_MOVE);
            }
            return sha256;
        } catch (IOException e) {
            throw failed("the jar cannot be read or kept", jar, e);
        }
    }

    private static DatasetDbException failed(String reason, Path jar, IOException cause) {
        return new DatasetDbException(
                SqlError.INVALID_ARGUMENT, "Cannot create function: " + reason + " (" + jar + ")", cause);
    }

    private Path kept(String sha256) {
        return registry.root().resolve(FOLDER).resolve(sha256 + ".jar");
    }

    /** The functions of a class, or of one method of a class, in a jar that is kept. */
    synchronized List<ScalarFunction> load(String className, String sha256, String name) {
        ClassLoader loader = jars.computeIfAbsent(sha256, this::loader);
        int dot = Math.max(className.lastIndexOf('#'), className.lastIndexOf('.'));
        try {
            return FunctionLoader.load(loader.loadClass(className), name, name);
        } catch (ClassNotFoundException | LinkageError e) {
            if (dot < 0) {
                throw undefined(className, e);
            }
        }
        try {
            return FunctionLoader.load(
                    loader.loadClass(className.substring(0, dot)), className.substring(dot + 1), name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw undefined(className, e);
        }
    }

    private static DatasetDbException undefined(String className, Throwable cause) {
        return new DatasetDbException(
                UdfError.BAD_FUNCTION, "Cannot load function: the jar has no such class (" + className + ")", cause);
    }

    private ClassLoader loader(String sha256) {
        Path jar = kept(sha256);
        if (!Files.isReadable(jar)) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION, "Cannot load function: its jar is no longer in the warehouse (" + jar + ")");
        }
        try {
            return new URLClassLoader(new URL[] {jar.toUri().toURL()}, UserFunctions.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new DatasetDbException(UdfError.BAD_FUNCTION, "Cannot load function: not a jar (" + jar + ")", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
