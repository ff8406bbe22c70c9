// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.RowFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.SerializedLambda;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether a function is the one that ran before: by its name, by all the code that lies where its class does (the jar,
 * the folder of classes, the source file that was started), and by what it captured.
 */
final class FunctionIdentity {
    private FunctionIdentity() {}

    /** The identity; empty if the code cannot be seen, as that of a Java shell. */
    static Optional<String> of(RowFunction<?, ?> function) {
        try {
            return Optional.of(text(function));
        } catch (IOException | URISyntaxException | ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static String text(RowFunction<?, ?> function)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        SerializedLambda lambda = FunctionOrigin.lambda(function);
        if (lambda == null) {
            return code(function.getClass()) + CapturedValues.text(function);
        }
        Class<?> owner =
                Class.forName(lambda.getImplClass().replace('/', '.'), false, ClassHash.loader(function.getClass()));
        StringBuilder text = new StringBuilder(code(owner))
                .append(owner.getName())
                .append("::")
                .append(lambda.getImplMethodName())
                .append(lambda.getImplMethodSignature())
                .append(lambda.getInstantiatedMethodType());
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            text.append(',').append(CapturedValues.text(lambda.getCapturedArg(i)));
        }
        return text.toString();
    }

    private static String code(Class<?> type) throws IOException, URISyntaxException, ClassNotFoundException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null && type.getClassLoader() == null) {
            return "Java " + Runtime.version();
        }
        if (source != null
                && source.getLocation() != null
                && source.getLocation().getProtocol().equals("file")) {
            Path place = Path.of(source.getLocation().toURI());
            if (Files.isRegularFile(place)) {
                try (InputStream file = Files.newInputStream(place)) {
                    return ClassHash.sha256(file);
                }
            }
            if (Files.isDirectory(place)) {
                return folder(place);
            }
        }
        String hash = ClassHash.of(type);
        if (hash.equals(ClassHash.UNKNOWN)) {
            throw new ClassNotFoundException(type.getName());
        }
        return hash;
    }

    private static String folder(Path folder) throws IOException {
        List<Path> classes;
        try (Stream<Path> below = Files.walk(folder)) {
            classes = below.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        StringBuilder hashes = new StringBuilder();
        for (Path file : classes) {
            try (InputStream in = Files.newInputStream(file)) {
                hashes.append(folder.relativize(file)).append(ClassHash.sha256(in));
            }
        }
        return ClassHash.sha256(new ByteArrayInputStream(hashes.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
